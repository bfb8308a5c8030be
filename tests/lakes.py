"""Lakes for tests: an empty one to look into, a fresh one to write to, and one with the default data."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from unittest.mock import patch

import duckdb
import pytest

from tallinn import catalog
from tallinn.founding import found
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tests.samples import copied


@contextmanager
def quickly_opened() -> Iterator[None]:
    """Half a second of every opening goes into the signatures of 70 MB of extensions; only commands run by themselves verify them."""
    settings = {"autoinstall_known_extensions": "false", "allow_unsigned_extensions": "true", "threads": "1"}
    unverified = SimpleNamespace(**{**vars(duckdb), "connect": lambda **_options: duckdb.connect(config=settings)})
    with patch.object(catalog, "duckdb", unverified):
        yield


@pytest.fixture(scope="session", autouse=True)
def _quickly_opened() -> Iterator[None]:
    with quickly_opened():
        yield


def shared(factory: pytest.TempPathFactory, name: str) -> Path:
    """A directory that all workers of this run share."""
    base = factory.getbasetemp()
    return (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name


def founded_once(factory: pytest.TempPathFactory) -> Path:
    """A lake with the default data, published, not to be written to. Workers that found it at once wait for each other."""
    directory = shared(factory, "founded-lake")
    found(directory)
    return directory


@pytest.fixture(scope="session")
def empty_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty lake, not to be written to, that does not fill itself with the default data."""
    directory = tmp_path_factory.mktemp("lakes") / "empty"
    with Lake(directory) as lake:
        founded = Change("founding", None, [], records("founding", [{"founded_at": datetime(2025, 1, 1)}]))
        lake.commit([founded], author="tests", message="An empty lake", since=lake.snapshot())
    return directory


@pytest.fixture(scope="session")
def empty_lake(empty_directory: Path) -> Iterator[Lake]:
    """The empty lake, open: for whoever only looks."""
    with Lake(empty_directory) as lake:
        yield lake


@pytest.fixture
def directory(empty_directory: Path, tmp_path: Path) -> Path:
    """An empty lake of one's own, to write to."""
    return copied(empty_directory, tmp_path / "lake")


@pytest.fixture
def lake(directory: Path) -> Iterator[Lake]:
    """An empty lake of one's own, open."""
    with Lake(directory) as opened:
        yield opened


@pytest.fixture(scope="session")
def founded_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with the default data, published, not to be written to."""
    return founded_once(tmp_path_factory)


@pytest.fixture(scope="session")
def founded_lake(founded_directory: Path) -> Iterator[Lake]:
    """The lake with the default data, open: for whoever only looks."""
    with Lake(founded_directory) as lake:
        yield lake
