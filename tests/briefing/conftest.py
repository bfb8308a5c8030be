"""The lakes that briefings are made of."""

from tests.demonstration.conftest import demonstration_directory  # noqa: F401
from tests.lakes import _quickly_opened, empty_directory, founded_directory  # noqa: F401
