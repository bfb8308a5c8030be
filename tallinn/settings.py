"""Where this installation keeps things, and its limits; each that may differ has one environment variable."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "data"
SCHEMAS = DATA / "schemas"
REFERENCE = DATA / "reference"
QUERIES = ROOT / "queries"
VIEWS = Path(__file__).resolve().parent / "views"
DEFAULT_LAKE = DATA / "lake"
DEMONSTRATION_LAKE = DATA / "demo-lake"


def whole_number(name: str, otherwise: int) -> int:
    """The whole number above 0 that an environment variable says; ends the program with a sentence where it says anything else."""
    said = os.environ.get(name, "").strip()
    if not said:
        return otherwise
    if not said.isascii() or not said.isdecimal() or int(said) == 0:
        sys.stderr.write(f"{name} is “{said}”, which is no whole number above 0. Write one, such as {otherwise}, or remove the setting.\n")
        raise SystemExit(2)
    return int(said)


# The limits within which a stranger's file may be read (design: files are hostile until read).
MAX_FILE_BYTES = whole_number("TALLINN_MAX_FILE_MIB", 50) * 2**20
READER_MEMORY_BYTES = 2**30
READER_SECONDS = 60


def lake_dir() -> Path:
    """The lake of this installation: $TALLINN_LAKE, else data/lake."""
    return Path(os.environ.get("TALLINN_LAKE") or DEFAULT_LAKE)


def default_files() -> list[Path]:
    """The files that a new lake is filled from: donors' workbooks first, then the office's exports."""
    return [*sorted((DATA / "donors").glob("*.xlsx")), *sorted((DATA / "exports").glob("*.csv"))]
