"""The lakes and visitors that these tests use."""

from tests.office.conftest import own_lake, role, visit  # noqa: F401
from tests.pages.conftest import _pages_in_their_frame, default_lake  # noqa: F401
