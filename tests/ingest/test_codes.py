"""A code is known by itself, by its name and by synonyms, which are said; what is only similar is proposed."""

from typing import Any

import pytest

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.cells import Noted, Unclear, meanings
from tallinn.ingest.findings import finding
from tallinn.ingest.words import plain, words

USED = sorted({field.code_list for dataset in datasets().values() for field in dataset.fields if field.code_list})


def meaning(cell: Any, name: str) -> Any:
    """The meaning of a cell in some field of that code list."""
    field = next(field for dataset in datasets().values() for field in dataset.fields if field.code_list == name)
    return meanings([cell], field)[0]


@pytest.mark.parametrize("name", USED)
def test_a_code_is_known_by_itself_and_by_its_name_in_any_case(name):
    for row in code_lists()[name].rows:
        if row.get("accepted") != "no":
            for text in (row["code"], row["name"], row["name"].upper(), f" {row['name']} "):
                assert meaning(text, name) == row["code"]


def test_codes_of_iati_are_known_as_text_and_as_number():
    assert [meaning(cell, "stages") for cell in ("2", 2, 2.0, "12")] == ["commitment", "commitment", "commitment", "pledge"]
    assert meaning(4.0, "activity_status") == "4"


@pytest.mark.parametrize(
    ("name", "cell", "code"),
    [
        ("activity_status", "completed", "4"),
        ("activity_status", "ongoing", "2"),
        ("activity_status", "завершено", "4"),
        ("activity_status", "laufend", "2"),
        ("activity_status", "Käynnissä", "2"),
        ("activity_status", "en cours", "2"),
        ("stages", "paid", "disbursement"),
        ("stages", "Disbursed", "disbursement"),
        ("stages", "Ausgezahlt", "disbursement"),
        ("stages", "виплачено", "disbursement"),
        ("stages", "utbetald", "disbursement"),
        ("stages", "committed", "commitment"),
        ("stages", "zugesagt", "commitment"),
        ("stages", "схвалено", "commitment"),
        ("stages", "Pledged", "pledge"),
        ("tlp", "white", "TLP:CLEAR"),
        ("tlp", "TLP:WHITE", "TLP:CLEAR"),
    ],
)
def test_a_synonym_is_taken_and_said(name, cell, code):
    title = next(row["name"] for row in code_lists()[name].rows if row["code"] == code)
    assert meaning(cell, name) == Noted(code, "synonym", {"taken": title})


@pytest.mark.parametrize("cell", ["amber", "TLP AMBER", "tlp-amber", "TLP: Amber", "TLP:AMBER"])
def test_labels_are_known_in_every_spelling(cell):
    assert meaning(cell, "tlp") == "TLP:AMBER"
    assert meaning("amber+strict", "tlp") == meaning("TLP:AMBER+STRICT", "tlp") == "TLP:AMBER+STRICT"


@pytest.mark.parametrize("cell", ["TLP:RED", "red", "tlp red", "Rot", "червоний"])
def test_a_row_labelled_red_is_refused(cell):
    assert meaning(cell, "tlp").rule == "red-label"


@pytest.mark.parametrize(("name", "cell", "proposal"), [("stages", "Comitment", "Commitment"), ("categories", "Trainig", "Training")])
def test_a_near_miss_is_proposed_and_not_taken(name, cell, proposal):
    found = meaning(cell, name)
    assert isinstance(found, Unclear) and found.rule == "unknown-code" and found.facts["proposal"] == proposal
    message = finding(found.rule, column="Stage", value=cell, **found.facts).message
    assert message.endswith(f"Did you mean {proposal}?")


@pytest.mark.parametrize("cell", ["Promise", "x" * 500, 7, True, 1.5, "бла"])
def test_what_is_on_no_list_is_asked_back(cell):
    found = meaning(cell, "stages")
    assert (found.rule, found.facts["hint"]) == ("unknown-code", "")


def test_yes_and_no_of_a_spreadsheet_are_words_too():
    assert meaning(True, "within_mechanism") == "yes"
    assert meaning(False, "within_mechanism").rule == "unknown-code"


def test_every_synonym_leads_to_a_code_of_its_list_and_to_one_only():
    seen: dict[tuple[str, str], str] = {}
    for row in words("codes"):
        assert row["code"] in code_lists()[row["list"]].codes, row
        assert seen.setdefault((row["list"], plain(row["text"])), row["code"]) == row["code"], row


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("amounts", "text"),
        ("countries", "text"),
        ("truths", "text"),
        ("unknown", "text"),
        ("iati_donors", "identifier"),
        ("iati_transactions", "code"),
    ],
)
def test_no_word_stands_in_a_list_twice(name, key):
    texts = [row[key].casefold() for row in words(name)]
    assert len(texts) == len(set(texts))


@pytest.mark.parametrize(("code_list", "word", "code"), [("within_mechanism", "так", "yes"), ("categories", "обладнання", "equipment")])
def test_the_name_of_a_code_in_any_language_of_the_dashboard_is_taken_as_it_is(code_list, word, code):
    assert meaning(word, code_list) == code
