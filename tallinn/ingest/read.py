"""Step 1, read: the bytes of a file become sheets of raw cells that know their address. The parsing happens in a child process."""

import hashlib
import json
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tallinn.ingest.findings import Refused, printable
from tallinn.settings import MAX_FILE_BYTES, READER_MEMORY_BYTES, READER_SECONDS
from tallinn.wording import _

FORMATS = (".xlsx", ".csv", ".tsv")
_READER = Path(__file__).with_name("reader.py")


@dataclass(frozen=True)
class Duration:
    """A length of time: no date, whatever the cell's format says."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Failed:
    """A formula without a result: `error` as the cell shows it, empty if the file was saved before anything had calculated it."""

    error: str

    def __str__(self) -> str:
        return self.error


Cell = str | int | float | bool | date | datetime | Duration | Failed | None


@dataclass(frozen=True)
class Sheet:
    """One sheet: `rows[r][c]` is the cell in row r + 1 and column c + 1; rows may differ in length."""

    name: str
    hidden: bool
    rows: list[list[Cell]]


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent, with its sheets read."""

    name: str
    content: bytes
    sheets: tuple[Sheet, ...]

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def read_path(path: Path) -> SentFile:
    """The file at `path`, read. Raises Refused if it cannot be opened or read."""
    try:
        with path.open("rb") as file:
            return read(path.name, file.read(MAX_FILE_BYTES + 1))
    except OSError as error:
        raise Refused(_("{file} was not read: {reason}.").format(file=printable(path.name), reason=error.strerror or str(error))) from None


def read(name: str, content: bytes) -> SentFile:
    """The sheets of a file called `name`. Raises Refused with one sentence if it cannot be read within the limits."""
    name = printable(name.replace("\\", "/").rpartition("/")[2])
    suffix = Path(name).suffix.lower()
    if suffix not in FORMATS:
        raise Refused(_("{file} was not read: only xlsx and csv files are taken.").format(file=name))
    if len(content) > MAX_FILE_BYTES:
        raise Refused(_("{file} was not read: it is larger than {limit} MiB.").format(file=name, limit=MAX_FILE_BYTES // 2**20))
    answer = _parse(content, suffix)
    if "refused" in answer:
        raise Refused(_("{file} was not read: {reason}.").format(file=name, reason=answer["refused"]))
    sheets = tuple(_sheet(sheet) for sheet in answer["sheets"])
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise Refused(_("{file} was not read: two of its sheets have the same name.").format(file=name))
    return SentFile(name, content, sheets)


def column_letters(index: int) -> str:
    """The letters of the column with this index, counted from 0: A, B, … Z, AA."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters, index = chr(65 + rest) + letters, index - 1
    return letters


def _parse(content: bytes, suffix: str) -> dict[str, Any]:
    command = [sys.executable, "-I", str(_READER), suffix, str(READER_MEMORY_BYTES), str(READER_SECONDS)]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=READER_SECONDS, check=False)  # noqa: S603 - our own script, no shell
    except subprocess.TimeoutExpired:
        return {"refused": _("reading it took longer than {seconds} seconds").format(seconds=READER_SECONDS)}
    if child.returncode or not child.stdout:
        return {"refused": _("reading it used more memory or time than one file may, or it is damaged")}
    answer: dict[str, Any] = json.loads(child.stdout)
    return answer


def _sheet(sheet: dict[str, Any]) -> Sheet:
    return Sheet(printable(sheet["name"]), sheet["hidden"], [[_cell(value) for value in row] for row in sheet["rows"]])


def _cell(value: Any) -> Cell:
    if not isinstance(value, dict):
        return value  # type: ignore[no-any-return]
    if "duration" in value:
        return Duration(value["duration"])
    if "failed" in value:
        return Failed(value["failed"])
    text: str = value["date"]
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)
