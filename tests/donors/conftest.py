"""The lakes that these tests use."""

from tests.lakes import _quickly_opened, directory, empty_directory, empty_lake, founded_directory, founded_lake, lake  # noqa: F401
from tests.office.conftest import own_lake  # noqa: F401
from tests.pages.conftest import _pages_in_their_frame, default_lake  # noqa: F401
