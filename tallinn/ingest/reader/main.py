"""A stranger's file, read within limits of memory and time, because a spreadsheet can exhaust its reader or abort the process.

Called with SUFFIX MEMORY_BYTES SECONDS DESCRIPTOR and the file on standard input. Prints JSON, {"refused": "reason", "facts": {...}} or
{"notes": [...], "sheets": [...]}; writes to the open file DESCRIPTOR for each sheet its columns as an Arrow stream.
"""

import csv
import json
import os
import resource
import sys
import zipfile
import zlib
from collections.abc import Sequence
from types import ModuleType
from typing import Any, NoReturn
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

# Read when Arrow is loaded: its own allocators reserve more addresses than the limit allows.
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
os.environ["OMP_NUM_THREADS"] = "1"

from tallinn.ingest.reader.kinds import sheets_of
from tallinn.ingest.reader.made import Made, NotReadable
from tallinn.later import later


def main(suffix: str, memory: str, seconds: str, descriptor: str) -> NoReturn:
    """Read the file, hand it over and end. Whatever happens, the parent gets an answer, or a process that has ended."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    # What is handed over has been in memory.
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.meta_path.insert(0, _WithoutPandas())
    sheets: list[Made] = []
    try:
        notes, sheets = sheets_of(sys.stdin.buffer.read(), suffix)
        answer: dict[str, Any] = {"notes": notes, "sheets": [sheet.described() for sheet in sheets]}
    except BaseException as error:  # noqa: BLE001 - a Rust panic arrives as a BaseException; the parent only needs the sentence
        answer = reason(error)
    with open(int(descriptor), "wb") as handed_over:  # noqa: PTH123 - it has no path
        for sheet in sheets:
            sheet.write(handed_over)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    # Arrow's threads may still be ending; tidying up after them now and then aborts a process whose work is done.
    os._exit(0)


class _WithoutPandas:
    """Arrow looks for pandas before it makes its first array; loading it takes longer than reading most files."""

    def find_spec(self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> None:
        if name == "pandas":
            raise ModuleNotFoundError(name=name)


def reason(error: BaseException) -> dict[str, Any]:
    """Why a file cannot be read, to stand after "it was not read: ", and the facts that fill it."""
    if isinstance(error, NotReadable):
        return {"refused": error.message, "facts": error.facts}
    if isinstance(error, csv.Error):
        return {"refused": later("the CSV is damaged: {error}"), "facts": {"error": str(error)}}
    if isinstance(error, MemoryError):
        return {"refused": later("it needs more memory than one file may use")}
    if "assword" in str(error):
        return {"refused": later("it is password-protected")}
    if isinstance(error, (ParseError, expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError)):
        return {"refused": later("it is damaged")}
    return {"refused": later("it is damaged or no workbook")}
