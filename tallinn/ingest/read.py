"""Step 1, read: the bytes of a file become sheets of raw cells that know their address. The parsing happens in a child process."""

import hashlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from tallinn.ingest.findings import Refused, printable
from tallinn.ingest.sheets import Published, Sheet
from tallinn.settings import MAX_FILE_BYTES, READER_MEMORY_BYTES, READER_SECONDS, ROOT
from tallinn.wording import _

FORMATS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".xml")
# What the limit on memory counts are addresses, of which every further arena of the allocator reserves many.
_ENVIRONMENT = {**os.environ, "MALLOC_ARENA_MAX": "1"}
_CHILD = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tallinn.ingest.reader.main import main; sys.exit(main(*sys.argv[1:]))"


@dataclass(frozen=True)
class Note:
    """What the reader has to say about a file: a rule of data/reference/rules.csv, the sheet it concerns, the facts of its text."""

    rule: str
    sheet: str | None
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent, with its sheets read."""

    name: str
    content: bytes
    sheets: tuple[Sheet, ...]
    notes: tuple[Note, ...] = ()

    @cached_property
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
        raise Refused(
            _("{file} was not read: only spreadsheets (xlsx, xls, xlsb, ods), CSV files and IATI activity files (XML) are taken.").format(
                file=name
            )
        )
    if len(content) > MAX_FILE_BYTES:
        raise Refused(_("{file} was not read: it is larger than {limit} MiB.").format(file=name, limit=MAX_FILE_BYTES // 2**20))
    answer, body = _parse(content, suffix)
    if "refused" in answer:
        raise Refused(_("{file} was not read: {reason}.").format(file=name, reason=answer["refused"]))
    sheets = tuple(_sheets(answer["sheets"], body))
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise Refused(_("{file} was not read: two of its sheets have the same name.").format(file=name))
    return SentFile(name, content, sheets, tuple(map(_note, answer["notes"])))


def _note(told: Mapping[str, Any]) -> Note:
    facts = {name: printable(fact) if isinstance(fact, str) else fact for name, fact in told["facts"].items()}
    return Note(told["rule"], told["sheet"], facts)


def _parse(content: bytes, suffix: str) -> tuple[dict[str, Any], memoryview]:
    """What the child says: one line of JSON, and the columns of the sheets."""
    command = [sys.executable, "-I", "-c", _CHILD, suffix, str(READER_MEMORY_BYTES + 8 * len(content)), str(READER_SECONDS)]
    try:
        # A file hands a hundred megabytes over faster than a pipe.
        with tempfile.TemporaryFile() as handed_over:
            handed_over.write(content)
            handed_over.seek(0)
            child = subprocess.run(  # noqa: S603 - our own script, no shell
                command,
                stdin=handed_over,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=READER_SECONDS,
                check=False,
                env=_ENVIRONMENT,
            )
    except subprocess.TimeoutExpired:
        return {"refused": _("reading it took longer than {seconds} seconds").format(seconds=READER_SECONDS)}, memoryview(b"")
    if child.returncode or not child.stdout:
        return {"refused": _("reading it used more memory or time than one file may, or it is damaged")}, memoryview(b"")
    end = child.stdout.index(b"\n")
    answer: dict[str, Any] = json.loads(child.stdout[:end])
    return answer, memoryview(child.stdout)[end + 1 :]


def _sheets(described: list[dict[str, Any]], body: memoryview) -> Iterator[Sheet]:
    source = pa.BufferReader(pa.py_buffer(body))
    for each in described:
        with pa.ipc.open_stream(source) as stream:
            columns = stream.read_all().combine_chunks()
        yield Sheet(
            name=printable(each["name"]),
            hidden=each["hidden"],
            columns=tuple(column.chunk(0) if column.num_chunks else pa.array([], pa.string()) for column in columns.columns),
            tagged=tuple(each["tagged"]),
            merged=tuple((first, left, last, right) for first, left, last, right in each["merged"]),
            hidden_columns=frozenset(each["hidden_columns"]),
            hidden_rows=each["hidden_rows"],
            published=Published(each["published"]["by"], frozenset(each["published"]["activities"])) if each["published"] else None,
        )
