"""The demonstration's lake: its files are taken in one after the other, each as its own commit, by the ingest that takes all files."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from tallinn.demonstration.files import Sent, files
from tallinn.demonstration.invent import invent
from tallinn.ingest.accept import bring_in
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import MARK
from tallinn.ingest.read import SentFile, read
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.releases import FIRST_NOTE, approve, prepare, publish
from tallinn.settings import DEFAULT_LAKE
from tallinn.wording import _

AUTHOR, SECOND = "Demonstration", "Olena"
LATEST = 8
"""Files that come after the first release."""
Tell = Callable[[str], None]


def fill(directory: Path, *, tell: Tell, scale: float = 1.0) -> None:
    """Fill a new lake with invented data, unless that was done before; what was cut short goes on where it stopped.

    `tell` gets a line for each file. Raises Refused for a lake with other data, and for the place of the default lake.
    """
    if directory.resolve() == DEFAULT_LAKE.resolve():
        raise Refused(_("{directory} is for real data. Name another folder for the demonstration.").format(directory=directory))
    with Lake(directory) as lake, lake.founding():
        if not lake.is_demonstration():
            if lake.founded() or not lake.is_empty("submissions"):
                raise Refused(_("The lake in {directory} holds real data. Name another folder.").format(directory=directory))
            _mark(lake, "A lake for invented data", {"demonstration": True})
        if not lake.founded():
            sent = files(invent(scale))
            _take_in(lake, sent[: max(1, len(sent) - LATEST)], tell)
            if lake.is_empty("release_steps"):
                _publish(lake, FIRST_NOTE)
            _take_in(lake, sent, tell)
            _mark(lake, "The demonstration is complete", {"demonstration": True, "founded_at": datetime.now(UTC).replace(tzinfo=None)})
            _publish(lake, MARK)


def _publish(lake: Lake, note: str) -> None:
    prepared = prepare(lake, author=AUTHOR, note=note)
    publish(lake, approve(lake, prepared.id, author=SECOND).id, author=AUTHOR)


def write_files(directory: Path, *, scale: float = 1.0) -> list[Path]:
    """The same files, to be taken in by hand; their paths in the order in which they arrive."""
    directory.mkdir(parents=True, exist_ok=True)
    paths = []
    for number, sent in enumerate(files(invent(scale)), start=1):
        paths.append(directory / f"{number:02} {sent.name}")
        paths[-1].write_bytes(sent.content)
    return paths


def _mark(lake: Lake, message: str, row: dict[str, object]) -> None:
    lake.commit([Change("founding", None, [], records("founding", [row]))], author=AUTHOR, message=message, since=lake.snapshot())


def _take_in(lake: Lake, sent: list[Sent], tell: Tell) -> None:
    for number, (each, file) in enumerate(_read_ahead(sent), start=1):
        if lake.knows(file.sha256):
            continue
        receipt = bring_in(file, lake, author=AUTHOR, message=_message(each), mode=each.mode, decisions=each.decisions, donor=each.donor)
        words = {"number": number, "files": len(sent), "name": each.name, "taken": receipt.submission.rows_accepted}
        told = _("{number} of {files}: {name}, {taken} rows taken, {held} held")
        tell(told.format(held=receipt.submission.rows_held, **words))


def _read_ahead(sent: list[Sent]) -> Iterator[tuple[Sent, SentFile]]:
    """Each file with its sheets; the next one is read in its child process while this one is understood."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(read, sent[0].name, sent[0].content)
        for each, following in zip(sent, [*sent[1:], None], strict=True):
            file = coming.result()
            if following:
                coming = reader.submit(read, following.name, following.content)
            yield each, file


def _message(sent: Sent) -> str:
    return f"Invented: {sent.donor or 'the office'} to {sent.until}"
