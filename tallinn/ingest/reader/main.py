"""A stranger's file, read within limits of memory and time, because a spreadsheet can exhaust its reader or abort the process.

Called with SUFFIX MEMORY_BYTES SECONDS and the file on standard input. Prints one line of JSON, {"refused": "reason"} or
{"notes": [...], "sheets": [...]}, and then for each sheet its columns as an Arrow stream.
"""

import csv
import json
import os
import resource
import sys
import zipfile
import zlib
from typing import Any
from xml.etree.ElementTree import ParseError
from xml.parsers import expat

# Read when Arrow is loaded: its own allocators reserve more addresses than the limit allows.
os.environ["ARROW_DEFAULT_MEMORY_POOL"] = "system"
os.environ["OMP_NUM_THREADS"] = "1"

from tallinn.ingest.reader.kinds import sheets_of
from tallinn.ingest.reader.made import Made, NotReadable


def main(suffix: str, memory: str, seconds: str) -> int:
    """Read the file and print it. Whatever happens, the parent gets a line, or a process that has ended."""
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sheets: list[Made] = []
    try:
        notes, sheets = sheets_of(sys.stdin.buffer.read(), suffix)
        answer: dict[str, Any] = {"notes": notes, "sheets": [sheet.described() for sheet in sheets]}
    except BaseException as error:  # noqa: BLE001 - a Rust panic arrives as a BaseException; the parent only needs the sentence
        answer = {"refused": _reason(error)}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")
    for sheet in sheets:
        sheet.write(sys.stdout.buffer)
    sys.stdout.buffer.flush()
    return 0


def _reason(error: BaseException) -> str:
    """Why a file cannot be read, to stand after "it was not read: "."""
    if isinstance(error, NotReadable):
        return str(error)
    if isinstance(error, csv.Error):
        return f"the CSV is damaged: {error}"
    if isinstance(error, MemoryError):
        return "it needs more memory than one file may use"
    if "assword" in str(error):
        return "it is password-protected"
    if isinstance(error, (ParseError, expat.ExpatError, zipfile.BadZipFile, zlib.error, KeyError)):
        return "it is damaged"
    return "it is damaged or no workbook"
