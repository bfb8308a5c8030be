"""One server on a lake of its own and one Chromium for all browser tests."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect, sync_playwright

from benchmarks.serving import served
from tallinn.cli.local import configured, provider
from tests.lakes import _quickly_opened, founded_directory  # noqa: F401
from tests.samples import copied

from .visit import MILLISECONDS, ROOT, STAFF, Visit, chromium, launch, signed_in, visiting

expect.set_options(timeout=MILLISECONDS)

Visiting = Callable[..., AbstractContextManager[Visit]]


@pytest.fixture(scope="session")
def lake(founded_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:  # noqa: F811
    """The default data in a lake of this worker's own."""
    return {"TALLINN_LAKE": str(copied(founded_directory, tmp_path_factory.mktemp("lake") / "lake"))}


@pytest.fixture(scope="session")
def sign_in_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A provider that knows somebody of each role, and the setting that lets a server know it."""
    with provider() as issuer:
        file = tmp_path_factory.mktemp("configuration") / "config.toml"
        file.write_text(configured(issuer, "127.0.0.1"), encoding="utf-8")
        yield {"TALLINN_CONFIG": str(file)}


@pytest.fixture(scope="session")
def address(lake: dict[str, str], sign_in_at: dict[str, str]) -> Iterator[str]:
    """Where server.py serves the dashboard from the data in the repository."""
    with served(ROOT / "server.py", environment=lake | sign_in_at) as port:
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


@pytest.fixture(scope="session")
def staff(browser: Browser, address: str) -> StorageState:
    """The cookies of somebody of the staff who has signed in."""
    return signed_in(browser, address, STAFF)


@pytest.fixture
def visit(browser: Browser, address: str, staff: StorageState) -> Visiting:
    """`with visit(width=…) as visitor:` opens a tab of the staff on the dashboard."""
    return partial(visiting, browser, address, state=staff)


@pytest.fixture(scope="session")
def paths(browser: Browser, address: str, staff: StorageState) -> list[str]:
    """The pages, read from the navigation, so that a new page is tested by existing."""
    with visiting(browser, address, state=staff) as visitor:
        return visitor.open().pages()


@pytest.fixture(scope="module")
def directory(founded_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:  # noqa: F811
    """The default data in a lake for the tests of one file, which change it."""
    return copied(founded_directory, tmp_path_factory.mktemp("own") / "lake")


@pytest.fixture(scope="module")
def own_address(directory: Path, sign_in_at: dict[str, str]) -> Iterator[str]:
    with served(ROOT / "server.py", environment={"TALLINN_LAKE": str(directory)} | sign_in_at) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def own_staff(browser: Browser, own_address: str) -> StorageState:
    """The cookies of somebody of the staff who has signed in there."""
    return signed_in(browser, own_address, STAFF)
