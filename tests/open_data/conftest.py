"""The lakes that these tests use."""

from tests.lakes import _quickly_opened, directory, empty_directory, empty_lake, founded_directory, founded_lake, lake  # noqa: F401
