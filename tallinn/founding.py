"""The first start: a new lake takes in the default data, file by file, each as its own commit."""

from datetime import UTC, datetime
from pathlib import Path

from tallinn.ingest.accept import bring_in
from tallinn.ingest.read import read_path
from tallinn.ingest.retry import again_if_moved
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.languages import SOURCE, language
from tallinn.later import later
from tallinn.releases import publish_first
from tallinn.settings import PUBLIC_ONLY, TITLE, default_files

MESSAGE = later("Default data of the first start: public facts")


def found(directory: Path) -> None:
    """Take in data/ unless that was done before, or the lake is for invented data or only read, and publish what it begins with.

    A start that was cut short goes on where it stopped; of two starts at once the second waits.
    """
    if PUBLIC_ONLY:
        return
    with Lake(directory) as lake:
        if lake.founded() and not lake.is_empty("release_steps"):
            return
        # What is said of the default files is kept with them, and is the same whoever starts first.
        with lake.founding(), language.spoken(SOURCE):
            _take_in_default_files(lake)
            again_if_moved(publish_first, lake, TITLE)


def _take_in_default_files(lake: Lake) -> None:
    if lake.founded() or lake.is_demonstration():
        return
    for path in default_files():
        bring_in(read_path(path), lake, author=TITLE, message=MESSAGE)
    marker = Change("founding", None, [], records("founding", [{"founded_at": datetime.now(UTC).replace(tzinfo=None)}]))
    lake.commit([marker], author=TITLE, message="The lake is founded", since=lake.snapshot())
