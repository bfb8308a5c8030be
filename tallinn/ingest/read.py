"""Step 1, read: the bytes of a file become sheets of raw cells that know their address. The parsing happens in a child process."""

import hashlib
import json
import mmap
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, Any

import pyarrow as pa

from tallinn.ingest.findings import Refused, printable
from tallinn.ingest.progress import Progress, unheard
from tallinn.ingest.sheets import Published, Sheet
from tallinn.settings import MAX_FILE_BYTES, READER_MEMORY_BYTES, READER_SECONDS, ROOT
from tallinn.wording import _, count, later

FORMATS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".xml")
TICK = 0.2
"""Seconds between two looks at the child that reads."""
BYTES_A_SECOND = 20 * 2**20
"""About as fast as files are read; nobody hears how far a reader has come, so its progress is told by the clock."""
# What the limit on memory counts are addresses, of which every further arena of the allocator reserves many. Large files are read into
# large pages, because the kernel takes as long to hand out small ones as the reader to fill them.
_ENVIRONMENT = {**os.environ, "MALLOC_ARENA_MAX": "1", "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1"}
_CHILD = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tallinn.ingest.reader.main import main; main(*sys.argv[1:])"


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


def read_path(path: Path, progress: Progress = unheard) -> SentFile:
    """The file at `path`, read. Raises Refused if it cannot be opened or read."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        raise Refused(_("{file} was not read: {reason}.").format(file=printable(path.name), reason=error.strerror or str(error))) from None
    return read(path.name, content, progress)


def read(name: str, content: bytes, progress: Progress = unheard) -> SentFile:
    """The sheets of a file called `name`. Raises Refused with one sentence if it cannot be read within the limits.

    What `progress` raises stops the reader, and nothing of it is left.
    """
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
    answer, sheets = _parse(content, suffix, progress)
    if "refused" in answer:
        raise Refused(_("{file} was not read: {reason}.").format(file=name, reason=_reason(**answer)))
    if len({sheet.name for sheet in sheets}) < len(sheets):
        raise Refused(_("{file} was not read: two of its sheets have the same name.").format(file=name))
    progress(1.0)
    return SentFile(name, content, sheets, tuple(map(_note, answer["notes"])))


def _reason(refused: str, facts: Mapping[str, Any] | None = None) -> str:
    """The child's sentence in the reader's language."""
    words = {name: count(fact) if isinstance(fact, int) else printable(str(fact)) for name, fact in (facts or {}).items()}
    return _(refused).format(**words)


def _note(told: Mapping[str, Any]) -> Note:
    facts = {name: printable(fact) if isinstance(fact, str) else fact for name, fact in told["facts"].items()}
    return Note(told["rule"], told["sheet"], facts)


def _parse(content: bytes, suffix: str, progress: Progress) -> tuple[dict[str, Any], tuple[Sheet, ...]]:
    """What the child says, and the sheets that it hands over."""
    # Files hand a hundred megabytes over faster than pipes do. They have no name, so nobody has to remove them.
    with tempfile.TemporaryFile() as sent, tempfile.TemporaryFile() as handed_over:
        sent.write(content)
        sent.seek(0)
        limits = [str(READER_MEMORY_BYTES + 8 * len(content)), str(READER_SECONDS)]
        command = [sys.executable, "-I", "-c", _CHILD, suffix, *limits, str(handed_over.fileno())]
        with subprocess.Popen(  # noqa: S603 - our own script, no shell
            command,
            stdin=sent,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=[handed_over.fileno()],
            env=_ENVIRONMENT,
        ) as child:
            try:
                said = _heard(child, len(content), progress)
            finally:
                child.kill()
        if said is None:
            return {"refused": later("reading it took longer than {seconds} seconds"), "facts": {"seconds": READER_SECONDS}}, ()
        if child.returncode or not said:
            return {"refused": later("reading it used more memory or time than one file may, or it is damaged")}, ()
        answer: dict[str, Any] = json.loads(said)
        return answer, tuple(_sheets(answer.get("sheets", []), handed_over))


def _heard(child: "subprocess.Popen[bytes]", size: int, progress: Progress) -> bytes | None:
    """All that the child says until it ends; None if that takes longer than it may."""
    started, expected = time.monotonic(), 0.5 + size / BYTES_A_SECOND
    while (elapsed := time.monotonic() - started) < READER_SECONDS:
        try:
            return child.communicate(timeout=min(TICK, READER_SECONDS - elapsed))[0]
        except subprocess.TimeoutExpired:
            progress(elapsed / (elapsed + expected))
    return None


def _sheets(described: list[dict[str, Any]], handed_over: IO[bytes]) -> Iterator[Sheet]:
    """The sheets, their columns mapped into memory from the file in which they are handed over."""
    if not described:
        return
    source = pa.BufferReader(pa.py_buffer(mmap.mmap(handed_over.fileno(), 0, access=mmap.ACCESS_READ)))
    for each in described:
        with pa.ipc.open_stream(source) as stream:
            (batch,) = stream
        yield Sheet(
            name=printable(each["name"]),
            hidden=each["hidden"],
            columns=tuple(batch.columns),
            tagged=tuple(each["tagged"]),
            merged=tuple((first, left, last, right) for first, left, last, right in each["merged"]),
            hidden_columns=frozenset(each["hidden_columns"]),
            hidden_rows=each["hidden_rows"],
            published=Published(each["published"]["by"], frozenset(each["published"]["activities"])) if each["published"] else None,
        )
