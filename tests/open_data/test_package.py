"""The data package describes the CSV files as they are, and the standard's own validator accepts them."""

import hashlib
import json
from decimal import Decimal
from pathlib import Path

import frictionless
import pytest

from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.open_data import release_documents
from tallinn.releases import published
from tallinn.store import open_store
from tests.published import by_path, files


def validated(made: dict[str, bytes], folder: Path) -> frictionless.Report:
    for path, content in made.items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_bytes(content)
    return frictionless.validate(folder / "datapackage.json")


def test_the_validator_accepts_the_default_data(founded_lake, tmp_path):
    made = by_path(release_documents(open_store(founded_lake, Audience("public"), published(founded_lake))))
    report = validated(made, tmp_path)
    assert report.valid, report.flatten(["title", "message"])
    assert report.stats["tasks"] > len(datasets())


def test_the_validator_accepts_awkward_rows_and_none(tmp_path):
    awkward = files(
        contributions=[{"amount": Decimal("-1.5"), "purpose": '=1+1, "x"\n', "in_kind": False}, {"amount": None, "value_date": None}],
        projects=[{"status": None, "description": "\r\n"}],
        incident_counts=[{"count": 0}],
    )
    assert validated(awkward, tmp_path).valid
    assert validated(files(), tmp_path).valid


def test_the_validator_would_notice_another_file(tmp_path):
    made = files(needs=[{}])
    made["needs.csv"] += b"x\r\n"
    assert not validated(made, tmp_path).valid


def test_it_says_which_release_it_is_under_which_licence_from_whom():
    made = files(needs=[{"source_publisher": "A ministry"}, {"source_publisher": "A newspaper"}])
    described = json.loads(made["datapackage.json"])
    assert described["version"] == "test" and described["created"] == "2025-07-02T00:00:00Z"
    assert described["licenses"] == [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}]
    assert described["sources"] == [{"title": "A ministry"}, {"title": "A newspaper"}]
    assert described["citation"] in made["citation.txt"].decode()


@pytest.mark.parametrize("name", datasets())
def test_each_dataset_is_described_field_by_field(name):
    made = files()
    (resource,) = [each for each in json.loads(made["datapackage.json"])["resources"] if each["path"] == f"{name}.csv"]
    assert [field["name"] for field in resource["schema"]["fields"]] == datasets()[name].names
    assert resource["bytes"] == len(made[f"{name}.csv"])
    assert resource["hash"] == "sha256:" + hashlib.sha256(made[f"{name}.csv"]).hexdigest()
