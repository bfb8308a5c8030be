"""The office's pages, on a lake of its own for each test, opened by the staff or by a stranger."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import _pages_in_their_frame, default_lake, open_page  # noqa: F401
from tests.people import configure, sign_in
from tests.samples import copied

Visit = Callable[..., AppTest]


@pytest.fixture
def own_lake(default_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:  # noqa: F811
    """The default data in a lake that this test may change."""
    directory = copied(default_lake, tmp_path / "lake")
    monkeypatch.setenv("TALLINN_LAKE", str(directory))
    return directory


@pytest.fixture
def role(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """`role("staff")` makes the visitor one of the staff, `role("public")` a stranger; others are in tests/people.py."""
    configure(monkeypatch, tmp_path)
    return partial(sign_in, monkeypatch)


@pytest.fixture
def visit(own_lake: Path, role: Callable[[str], None]) -> Visit:
    """Open a page as one of the staff."""
    role("staff")
    return open_page
