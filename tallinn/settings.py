"""Where this installation keeps things, and its limits; each that may differ has one environment variable."""

import os
import sys
from pathlib import Path

TITLE = "Tallinn Mechanism transparency dashboard"
"""What this is called, wherever it speaks of itself."""

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

# Counts of rows that the public may not see are told in steps of so many; fewer are not told at all.
SMALL_COUNT = whole_number("TALLINN_SMALL_COUNT", 3)

# How much may be asked for at once: visits in all, visits and requests a minute from one address (an office may have one for all).
MOST_SESSIONS = whole_number("TALLINN_MOST_SESSIONS", 500)
SESSIONS_PER_ADDRESS = whole_number("TALLINN_SESSIONS_PER_ADDRESS", 100)
REQUESTS_A_MINUTE = whole_number("TALLINN_REQUESTS_A_MINUTE", 1200)

# Set to 1, nothing but the public side is served, and nothing is written: the lake is opened for reading, or, where TALLINN_SITE names a
# folder that publish-site wrote, not at all.
PUBLIC_ONLY = os.environ.get("PUBLIC_ONLY", "").strip() == "1"
SITE = Path(os.environ["TALLINN_SITE"]) if PUBLIC_ONLY and os.environ.get("TALLINN_SITE") else None

# Where the public reaches the dashboard, without a stroke at the end: https://dashboard.example.org; empty where nobody has said so.
ADDRESS = os.environ.get("TALLINN_ADDRESS", "").strip().rstrip("/")
# Where readers report an error: an address of the web or of a mailbox; empty where nobody has said so.
CONTACT = os.environ.get("TALLINN_CONTACT", "").strip()
# Who may show our pages in a frame, as the Content-Security-Policy names them: https://www.example.org, several by spaces.
FRAME_ANCESTORS = os.environ.get("TALLINN_FRAME_ANCESTORS", "").strip() or "'none'"

# What everybody may do with the published data: an identifier of SPDX or the Open Definition, and where it is spelled out.
LICENCE = os.environ.get("TALLINN_LICENCE", "").strip() or "CC-BY-4.0"
LICENCE_URL = os.environ.get("TALLINN_LICENCE_URL", "").strip() or "https://creativecommons.org/licenses/by/4.0/"
# Under which identifier this installation reports to IATI. The default is in no register; one from org-id.guide takes its place.
IATI_REPORTER = os.environ.get("TALLINN_IATI_REPORTER", "").strip() or "TALLINN-MECHANISM"


def lake_dir() -> Path:
    """The lake of this installation: $TALLINN_LAKE, else data/lake."""
    return Path(os.environ.get("TALLINN_LAKE") or DEFAULT_LAKE)


def config_file() -> Path:
    """Where [auth] and [roles] stand: $TALLINN_CONFIG, else the file that Streamlit itself reads."""
    return Path(os.environ.get("TALLINN_CONFIG") or ROOT / ".streamlit" / "secrets.toml")


def default_files() -> list[Path]:
    """The files that a new lake is filled from: donors' workbooks first, then the office's exports."""
    return [*sorted((DATA / "donors").glob("*.xlsx")), *sorted((DATA / "exports").glob("*.csv"))]
