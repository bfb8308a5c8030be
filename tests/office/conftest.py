"""The office's pages, on a lake of its own for each test, opened by the staff or by a stranger."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn import access
from tests.pages.conftest import _pages_in_their_frame, default_lake, open_page  # noqa: F401
from tests.samples import copied

Visit = Callable[..., AppTest]


@pytest.fixture
def own_lake(default_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """The default data in a lake that this test may change."""
    directory = copied(default_lake, tmp_path / "lake")
    monkeypatch.setenv("TALLINN_LAKE", str(directory))
    return directory


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """`role(True)` makes the visitor one of the staff, `role(False)` a stranger; a visit in a test has no address."""

    def is_staff(staff: bool) -> None:
        monkeypatch.setattr(access, "is_staff", lambda _visit: staff)

    return is_staff


@pytest.fixture
def visit(own_lake: Path, role: Callable[[bool], None]) -> Visit:
    """Open a page as one of the staff."""
    role(True)
    return open_page
