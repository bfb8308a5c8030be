"""What holds for all tests: how many examples generated ones try, and where files are read."""

import csv
import json
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from tallinn.ingest import read as reading
from tallinn.ingest.progress import Progress
from tallinn.ingest.reader.kinds import sheets_of
from tallinn.ingest.reader.main import reason
from tallinn.ingest.sheets import Sheet

# Few examples in every run, many with `--hypothesis-profile=deep`.
settings.register_profile("quick", deadline=None, max_examples=100)
settings.register_profile("deep", deadline=None, max_examples=5_000)
settings.load_profile("quick")


def _parsed_here(content: bytes, suffix: str, _progress: Progress) -> tuple[dict[str, Any], tuple[Sheet, ...]]:
    """What the child would say and hand over."""
    cells_of_others = csv.field_size_limit()
    try:
        notes, sheets = sheets_of(content, suffix)
    except Exception as error:  # noqa: BLE001 - whatever a broken file does, as in the child
        return reason(error), ()
    finally:
        csv.field_size_limit(cells_of_others)
    with tempfile.TemporaryFile() as handed_over:
        for sheet in sheets:
            sheet.write(handed_over)
        handed_over.flush()
        described = [sheet.described() for sheet in sheets]
        return json.loads(json.dumps({"notes": notes})), tuple(reading._sheets(described, handed_over))


PARSED_BY_A_CHILD = reading._parse


@pytest.fixture(scope="session", autouse=True)
def _read_here() -> Iterator[None]:
    """Files that tests make themselves need no process of their own, which takes longer than reading them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "_parse", _parsed_here)
        yield


@pytest.fixture(autouse=True)
def _read_by_a_child(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.node.get_closest_marker("child"):
        monkeypatch.setattr(reading, "_parse", PARSED_BY_A_CHILD)
