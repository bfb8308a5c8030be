"""A large text is read by another reader than a small one: where it reads at all, its cells are the same."""

import csv
from collections.abc import Sequence

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.ingest.reader import text
from tallinn.ingest.reader.made import Made, NotReadable, made_of

CELLS = ["", "a", '"a"', '"a,b"', '"a\nb"', '"a\n\nb"', '"a""b"', '""', '"', " ", " a", '"  "', "\u00a0", 'a"', '"a"b', "é", "\r"]
lines = st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=3).map(",".join), min_size=1, max_size=5)
tables = st.builds(lambda rows, end, last: end.join(rows) + last, lines, st.sampled_from(["\n", "\r\n", "\r"]), st.sampled_from(["", "\n"]))
anything = st.text('a,\n\r" é\t', max_size=14)


def columns(sheet: Made) -> list[list[str | None]]:
    return [pa.chunked_array([column] if isinstance(column, pa.Array) else column.chunks).to_pylist() for column in sheet.columns]


def slowly(content: str) -> Sequence[Sequence[str | None]] | None:
    """The cells as Python's reader has them; None where it refuses."""
    try:
        return columns(made_of("", text._rows(content, ",")))
    except (csv.Error, NotReadable):
        return None


@pytest.fixture(autouse=True, scope="module")
def _every_text_is_large():
    limit = csv.field_size_limit()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(text, "SMALL", 0)
        # So small that lines end at its ends, too.
        patch.setattr(text, "BLOCK_BYTES", 16)
        yield
    csv.field_size_limit(limit)


@settings(max_examples=200, deadline=None)
@given(content=st.one_of(tables, anything))
def test_both_readers_agree_on_every_cell(content):
    fast = text._fast(content.encode(), ",")
    assert fast is None or columns(fast) == slowly(content)


@pytest.mark.parametrize("content", ['a,b\n"open,1\n', 'a,b\n"x"y,1\n', 'a,b\nx"y,1\n', "a,b\n1\n", "\na,b\n"])
def test_what_is_not_in_order_is_left_to_the_strict_reader(content):
    assert text._fast(content.encode(), ",") is None


def test_a_text_in_order_is_read_fast():
    assert columns(text._fast(b'a,"b ""c"", d"\r\n1,"x\r\ny"\r\n', ",")) == [["a", "1"], ['b "c", d', "x\r\ny"]]
