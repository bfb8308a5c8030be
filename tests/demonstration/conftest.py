"""The whole demonstration, filled once for all tests and workers; and what must be in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tallinn.demonstration.facts import Facts
from tallinn.demonstration.fill import fill
from tallinn.demonstration.invent import invent
from tallinn.lake import Lake
from tests.lakes import _quickly_opened, directory, empty_directory, founded_directory, founded_lake, lake, shared  # noqa: F401


@pytest.fixture(scope="session")
def facts() -> Facts:
    return invent()


@pytest.fixture(scope="session")
def demonstration_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be written to. Workers that fill it at once wait for each other."""
    filled = shared(tmp_path_factory, "demonstration-lake")
    fill(filled, tell=str.strip)
    return filled


@pytest.fixture(scope="session")
def demonstration(demonstration_directory: Path) -> Iterator[Lake]:
    with Lake(demonstration_directory) as opened:
        yield opened
