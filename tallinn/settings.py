"""Where this installation keeps things; every place can be moved by one environment variable."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SCHEMAS = DATA / "schemas"
REFERENCE = DATA / "reference"
QUERIES = ROOT / "queries"
VIEWS = Path(__file__).resolve().parent / "views"
DEFAULT_LAKE = DATA / "lake"
DEMONSTRATION_LAKE = DATA / "demo-lake"

# The limits within which a stranger's file may be read (design: files are hostile until read).
MAX_FILE_BYTES = 50 * 2**20
READER_MEMORY_BYTES = 2**30
READER_SECONDS = 60


def lake_dir() -> Path:
    """The lake of this installation: $TALLINN_LAKE, else data/lake."""
    return Path(os.environ.get("TALLINN_LAKE") or DEFAULT_LAKE)


def default_files() -> list[Path]:
    """The files that a new lake is filled from: donors' workbooks first, then the office's exports."""
    return [*sorted((DATA / "donors").glob("*.xlsx")), *sorted((DATA / "exports").glob("*.csv"))]
