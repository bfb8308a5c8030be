"""What is read at once, because it is plain, means what it would mean if it were asked, and changes nothing for its neighbours."""

from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.datasets import Field, datasets
from tallinn.ingest import sheets
from tallinn.ingest.cells import Amount, meanings
from tallinn.ingest.plain import plain_values
from tallinn.ingest.sheets import Cell, Sheet, decoded
from tests.samples import csv_file, sent, understood, workbook

FIELDS = {
    "amount": datasets()["contributions"].field("amount"),
    "count": datasets()["incident_counts"].field("count"),
    "period": datasets()["incidents"].field("date"),
    "day": datasets()["incident_counts"].field("period_start"),
    "address": datasets()["incidents"].field("source_url"),
}
digits = st.text("0123456789", min_size=1, max_size=17)
numbers = st.builds(
    "{}{}{}{}".format, st.sampled_from(["", "-", "+", "€"]), digits, st.sampled_from(["", ".", ","]), st.text("0123456789", max_size=3)
)
days = st.builds(
    "{:04}-{:02}-{:02}{}".format,
    st.integers(1985, 2110),
    st.integers(0, 13),
    st.integers(0, 32),
    st.sampled_from(["", " 10:20", "T10:20:30Z", "T10:20:30.5+02:00", "x"]),
)
addresses = st.builds("http{}{}".format, st.sampled_from(["://", "s://", ""]), st.text('a/.:<>" \u00e9', max_size=8))
texts = st.one_of(numbers, days, addresses, st.sampled_from(["TBC", "3 May 2025", "1.234,5", "2,500", "02/03/2025", " 7 "]))
cells = st.one_of(texts, st.integers(-(10**16), 10**16), st.floats(-1e16, 1e16), st.booleans(), st.none())


def as_asked(given_cells: list[Cell], field: Field) -> list[Any]:
    """What each cell means in its column, as it is when every cell is asked; what cannot be told apart is left out."""
    return [meaning.value if isinstance(meaning, Amount) else meaning for meaning in meanings(given_cells, field)]


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("tagged", [False, True])
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_plain_cell_means_what_it_would_if_it_were_asked(name, tagged, data):
    column = Sheet.of([[cell] for cell in data.draw(st.lists(cells if tagged else texts, min_size=1, max_size=12))]).columns[0]
    is_tagged = tagged and any(text and text[0] in sheets.TAGS for text in column.to_pylist())
    field, asked = FIELDS[name], [decoded(text, tagged=is_tagged) for text in column.to_pylist()]
    filled = [cell for cell in asked if cell is not None]
    expected = dict(zip([place for place, cell in enumerate(asked) if cell is not None], as_asked(filled, field), strict=True))
    plain = plain_values(column, field, tagged=is_tagged, unit=1).to_pylist()
    for place, value in enumerate(plain):
        assert value is None or value == expected[place]


@pytest.mark.parametrize("name", FIELDS)
@settings(max_examples=200, deadline=None)
@given(written=st.lists(texts, min_size=1, max_size=12))
def test_what_is_left_to_be_asked_means_the_same_without_its_plain_neighbours(name, written):
    field = FIELDS[name]
    plain = plain_values(pa.array(written), field, tagged=False, unit=1)
    left = [text for text, value in zip(written, plain, strict=True) if not value.is_valid]
    among_all = dict(zip(written, map(repr, as_asked(list(written), field)), strict=True))
    assert list(map(repr, as_asked(list(left), field))) == [among_all[text] for text in left]


AWKWARD: list[dict[str, Any]] = [
    {"amount": "1.234,50", "value_date": "2 July 2025", "purpose": "Training\u200b", "note": "e\u0301quipe"},
    {"amount": "2.500", "value_date": "03/04/2025", "purpose": "  TBC ", "source_url": "www.example.org"},
    {"amount": "€7", "currency": None, "value_date": "2025-13-01", "purpose": "https://example.org/x", "note": " "},
    {"amount": None, "value_date": "13/04/2025", "purpose": None, "note": "#N/A"},
]


@pytest.mark.parametrize("kind", ["sent.csv", "sent.xlsx"])
def test_looking_at_each_different_text_or_at_each_cell_comes_to_the_same(kind, empty_lake, monkeypatch):
    content = csv_file("contributions", AWKWARD) if kind == "sent.csv" else workbook(contributions=AWKWARD)
    once = understood(content, empty_lake, name=kind)
    monkeypatch.setattr(sheets, "SAMPLE", 1)
    each = understood(content, empty_lake, name=kind)
    assert each.findings == once.findings
    assert [part.accepted.to_pylist() for part in each.checked] == [part.accepted.to_pylist() for part in once.checked]
    assert [part.held.to_pylist() for part in each.checked] == [part.held.to_pylist() for part in once.checked]
    assert sent(content, kind).sheets[0].height == 5
