"""The dashboard on a lake with the default data, and on one that holds nothing. One of each serves all tests of a worker."""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

import tallinn.page  # noqa: F401 - leaves the pages to st.navigation
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.page import current
from tallinn.settings import ROOT
from tests.lakes import founded_once
from tests.people import configure, sign_in
from tests.samples import copied

Visit = Callable[..., AppTest]

# AppTest would look through all installed packages for components each time, which takes longer than a page; we have none.
patch("streamlit.components.v2.manifest_scanner.scan_component_manifests", return_value=[]).start()


class NavigatedPages(PagesManager):
    """AppTest would otherwise forget at each run that pages/ belongs to st.navigation, and run a page without its frame."""


@pytest.fixture(autouse=True)
def _pages_in_their_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app_test, "PagesManager", NavigatedPages)


@pytest.fixture(autouse=True)
def _visited_by_the_staff(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The pages of the project office are there too; who else may not see them is told in tests/office."""
    configure(monkeypatch, tmp_path)
    sign_in(monkeypatch, "staff")


@pytest.fixture(scope="session")
def default_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake with everything in data/."""
    return copied(founded_once(tmp_path_factory), tmp_path_factory.mktemp("default") / "lake")


@pytest.fixture(scope="session")
def empty_lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A lake that holds no row, and is not to be filled either."""
    directory = tmp_path_factory.mktemp("empty")
    with Lake(directory) as lake:
        founded = records("founding", [{"founded_at": datetime(2026, 1, 1)}])
        lake.commit([Change("founding", None, [], founded)], author="test", message="nothing", since=lake.snapshot())
    return directory


@pytest.fixture
def in_default_lake(default_lake: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What pages ask is the lake with the default data, also where a test before this one began a page's run and did not end it."""
    monkeypatch.setenv("TALLINN_LAKE", str(default_lake))
    monkeypatch.setattr(current, "_of_this_run", ContextVar("store", default=None))
    return default_lake


@pytest.fixture
def visit(in_default_lake: Path) -> Visit:
    """Open a page of the dashboard as the browser does."""
    return open_page


@pytest.fixture
def visit_empty(empty_lake: Path, monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Open a page when the lake holds nothing."""
    monkeypatch.setenv("TALLINN_LAKE", str(empty_lake))
    return open_page


def open_page(script: str, **query: str | list[str]) -> AppTest:
    """The page of a script in pages/, with these values in the URL."""
    dashboard = AppTest.from_file(str(ROOT / "dashboard.py"), default_timeout=60)
    dashboard.run()
    for name, value in query.items():
        dashboard.query_params[name] = value
    dashboard.switch_page(f"pages/{script}").run()
    return dashboard
