"""What files say stays text, and what is restricted is not there."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn.datasets import code_lists, datasets
from tallinn.static_summary import documents
from tests.audience.test_who_sees_what import KINDS, OWNERS, marked, planted, rows_of_every_kind
from tests.samples import store
from tests.static_summary.conftest import PUBLIC, made

LABELS = [None, *(row["code"] for row in code_lists()["tlp"].rows if row["accepted"] == "yes")]
HOSTILE = [
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title></svg><img src=x onerror=alert(1)>",
    '" onmouseover="alert(1)',
    "' onload='alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "&lt;b&gt; &amp; %{name} ]]> <!-- -->",
    "\u202egnihtemos\u202c \u200f\u200e \u0000\u0007\u001b[31m \ufffe",
    "line\nbreak\ttab\u2028",
    "W" * 400,
    "\U0001f600 \ud7ff Україна",
]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_of_a_file_stays_text_wherever_it_is_shown(words: str):
    link = f"javascript:alert('{words}')"
    source = {"source_url": link, "source_publisher": words}
    page = made(
        store(
            PUBLIC,
            contributions=[{"donor_id": "EST", "value_date": "2024-01-05", **source}],
            organisations=[{"organisation_id": "EST", "name": words, **source}],
            milestones=[{"date": "2024-02-01", "title": words, **source}],
            incident_counts=[{"count": 7, "period": "2025", **source}],
            reported_totals=[{"as_of": "2024-12-20", **source}],
            projects=[{"title": words, "status": words, **source}],
        )
    )
    assert not page.all("script") and not page.all("img")
    assert not any(name.startswith("on") for each in page.tree.iter() for name in each.attrib)
    assert all(each.get("href").startswith(("/", "#", "https:")) for each in page.all("a"))
    assert "49" not in page.words
    assert not set("\u202e\u200f\u0000\u001b") & set(page.source)
    assert words.split(maxsplit=1)[0][:20].strip("\u202e\u202c") in page.words.replace("\ufffd", "")


def test_what_is_restricted_is_in_no_document():
    found = documents(seen := store(PUBLIC, **rows_of_every_kind(LABELS, OWNERS)), [seen.release])
    everything = b" ".join(each.content for each in found).decode(errors="ignore")
    for label in LABELS:
        for owner in OWNERS:
            assert label == "TLP:CLEAR" or planted(label, owner) not in everything
    assert planted("TLP:CLEAR", OWNERS[0]) in everything


@given(st.lists(KINDS, max_size=25))
@settings(max_examples=6, deadline=None)
def test_nothing_restricted_is_in_a_document_whatever_the_labels(kinds):
    rows: dict[str, list[dict[str, Any]]] = {}
    for number, (dataset, label, owner) in enumerate(kinds):
        text = {
            field.name: f"UNIQUE{number}UNIQUE"
            for field in datasets()[dataset].fields
            if field.name in ("title", "name", "source_publisher", "note")
        }
        rows.setdefault(dataset, []).append({**marked(dataset, label, owner), **text})
    source = documents(seen := store(PUBLIC, **rows), [seen.release])[0].content.decode()
    for number, (_dataset, label, _owner) in enumerate(kinds):
        assert label == "TLP:CLEAR" or f"UNIQUE{number}UNIQUE" not in source
