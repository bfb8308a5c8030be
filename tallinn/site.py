"""The public site as files: the newest release at addresses that always lead to the newest, and each release at its own."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tallinn import static_summary
from tallinn.audience import PUBLIC
from tallinn.document import Document, document
from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tallinn.languages import SOURCE, language
from tallinn.open_data import FOLDER, folder_of, newest_documents, release_documents
from tallinn.releases import Release, named, published, releases
from tallinn.store import Store, open_store
from tallinn.wording import _

OURS = ".written-by-publish-site"
"""Stands in each folder that may be replaced."""


def documents(lake: Lake, release_id: str | None = None) -> Iterator[Document]:
    """Every file of the public site, or only those of one release. Raises Refused for a release that is not public."""
    in_force, public = published(lake), releases(lake)
    for release in [named(lake, release_id)] if release_id else public:
        yield from _of_release(open_store(lake, PUBLIC, release), release, public, in_force=release == in_force)


def _of_release(store: Store, release: Release, public: Sequence[Release], *, in_force: bool) -> list[Document]:
    """Files are the same whoever makes them, so they are in English, but for the summary, of which there is one in each language."""
    with language.spoken(SOURCE):
        files = release_documents(store)
        always = [*newest(store, files, public), *static_summary.documents(store, public)] if in_force else []
        return [*always, *_under(folder_of(release), files)]


def newest(store: Store, files: Sequence[Document], public: Sequence[Release]) -> list[Document]:
    """What stands at the addresses that always lead to the newest release, made of the files of that release."""
    beside = newest_documents(store, files, public)
    replaced = {each.path for each in beside}
    return list(_under(FOLDER, [*(each for each in files if each.path not in replaced), *beside]))


def _under(folder: str, files: Iterable[Document]) -> Iterator[Document]:
    return (replace(each, path=f"{folder}/{each.path}") for each in files)


def write(files: Iterable[Document], folder: Path) -> int:
    """Write the files below a folder and say how many.

    Each of our folders in it is written beside the one that is there and then takes its place, so that nobody reads half a release and
    nothing stale stays. Raises Refused where a folder of that name is somebody else's, OSError where nothing can be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".publish-site-", dir=folder) as beside:
        written = sum(_write_one(each, Path(beside)) for each in files)
        for made in sorted(Path(beside).iterdir()):
            (made / OURS).touch()
            _replace(folder / made.name, made, Path(beside) / f"{made.name}.before")
    return written


def _write_one(file: Document, folder: Path) -> int:
    path = folder / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.content)
    return 1


def _replace(there: Path, made: Path, before: Path) -> None:
    if there.exists():
        if not (there / OURS).exists():
            raise Refused(_("{folder} is there already and was not written by publish-site. Name another folder.").format(folder=there))
        there.rename(before)
    made.rename(there)


def read(folder: Path) -> list[Document]:
    """The files that were written below a folder."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != OURS)
    return [document(path.relative_to(folder).as_posix(), path.read_bytes()) for path in files]
