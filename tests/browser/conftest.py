"""One server on a lake of its own and one Chromium for all browser tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial

import pytest
from playwright.sync_api import Browser, sync_playwright

from benchmarks.serving import served

from .visit import ROOT, Visit, chromium, launch, visiting

Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def lake(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return {"TALLINN_LAKE": str(tmp_path_factory.mktemp("lake") / "lake"), "TALLINN_LOCAL_STAFF": "1"}


@pytest.fixture(scope="session")
def address(lake: dict[str, str]) -> Iterator[str]:
    """Where server.py serves the dashboard from the data in the repository."""
    with served(ROOT / "server.py", environment=lake) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = chromium()
    if executable is None:
        pytest.skip("no Chromium on this machine; `make test` gets one")
    with sync_playwright() as playwright:
        browser = launch(playwright, executable)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, address: str) -> Visiting:
    """`with visit(width=…) as visitor:` opens a tab on the dashboard."""
    return partial(visiting, browser, address)


@pytest.fixture(scope="session")
def paths(browser: Browser, address: str) -> list[str]:
    """The pages, read from the navigation, so that a new page is tested by existing."""
    with visiting(browser, address) as visitor:
        return visitor.open().pages()
