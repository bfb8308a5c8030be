"""Nothing restricted is in any file: not a text, not an amount, not the name of a file, compressed or not."""

import random
from typing import Any

import pytest

from tallinn import site
from tallinn.datasets import code_lists, datasets
from tallinn.lake import Lake
from tests.published import files, released, text_of
from tests.samples import taken, workbook

LABELS = [None, *(row["code"] for row in code_lists()["tlp"].rows if row["accepted"] == "yes")]
OPEN = "TLP:CLEAR"


def planted(dataset: str, number: int, label: str | None) -> dict[str, Any]:
    """A row whose every free column says whose it is: PLANTED for the public, SECRET for others."""
    word = ("PLANTED" if label == OPEN else "SECRET") + f"-{dataset}-{number}"
    row: dict[str, Any] = {datasets()[dataset].key: word, "tlp": label, "source_url": f"https://example.org/{word}"}
    for field in datasets()[dataset].fields:
        if field.type == "string" and field.kind in (None, "text", "list") and not (field.code_list or field.references or field.of):
            row.setdefault(field.name, f"{word} in {field.name}")
        elif field.type == "number":
            row[field.name] = (1_000_000 if label == OPEN else 7_777_000_000) + number
        elif field.type == "integer":
            row[field.name] = (1_000 if label == OPEN else 888_000_000) + number
    return row


def rows_with_labels(seed: int) -> dict[str, list[dict[str, Any]]]:
    dice = random.Random(seed)
    labels = {name: [OPEN, "TLP:AMBER", *(dice.choice(LABELS) for _ in range(8))] for name in datasets()}
    rows = {name: [planted(name, number, label) for number, label in enumerate(each)] for name, each in labels.items()}
    # What is not open may belong to what is, in every way that the data know.
    for row in rows["contributions"]:
        seen = [each for each in rows["projects"] if row["tlp"] != OPEN or each["tlp"] == OPEN]
        row.update(project_ids=dice.choice(seen)["project_id"], value_date="2025-01-02")
        if row["tlp"] != OPEN:
            row.update(realises=rows["contributions"][0]["contribution_id"], stage="disbursement")
    for row in rows["projects"]:
        row.update(status="2", start="2024")
    return rows


def secrets_in(text: str) -> list[str]:
    """What is restricted in a text: words, amounts, counts."""
    return [word for word in ("SECRET", "777700", "88800") if word in text]


@pytest.mark.parametrize("seed", range(3))
def test_no_file_holds_anything_restricted_whatever_the_labels(seed):
    made = files(**rows_with_labels(seed))
    for path, content in made.items():
        assert not secrets_in(text_of(path, content)), path
    for name in datasets():
        for end in ("csv", "parquet", "xlsx"):
            assert f"PLANTED-{name}-0" in text_of(f"{name}.{end}", made[f"{name}.{end}"])
    assert "PLANTED-projects-0" in made["iati-activities.xml"].decode()


def test_no_file_names_a_file_or_person_of_the_office(lake: Lake):
    taken(workbook(needs=[{"need_id": "open"}]), lake, name="open.xlsx", author="Secret Agent", message="SECRET reason")
    taken(workbook(needs=[{"need_id": "SECRET-1", "need": "SECRET", "tlp": "TLP:GREEN"}]), lake, name="SECRET.xlsx", author="Secret Agent")
    released(lake, note="Figures of May")
    for document in site.documents(lake):
        if document.media_type == "image/png":
            continue
        text = text_of(document.path, document.content)
        assert "SECRET" not in text and "Secret" not in text and "Olena" not in text and "Mari" not in text, document.path
