"""The page for people at /open-data/: what there is, in which form, how large, and how to use and cite it. No script, no other host."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from tallinn.ask import question
from tallinn.datasets import datasets
from tallinn.document import Document
from tallinn.open_data.answers import QUESTIONS
from tallinn.open_data.stamp import FOLDER, Stamp
from tallinn.releases import Release
from tallinn.settings import ADDRESS, LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _, count, day, decimal

TABLE_FORMS = {"csv": "CSV", "parquet": "Parquet", "xlsx": "Excel"}


@dataclass(frozen=True)
class Link:
    """A file to take away: what it is called, where it stands, how large it is."""

    name: str
    path: str
    size: str


@dataclass(frozen=True)
class Offer:
    """What is in some files, and the files."""

    title: str
    description: str
    links: tuple[Link, ...]


def index(stamp: Stamp, files: Sequence[Document], releases: Sequence[Release] = ()) -> bytes:
    """The page about these files, in HTML. With all `releases` it is the page of the newest, else that of one which stays as it is."""
    found = {document.path: document for document in files}
    page = _PAGES.get_template("index.html").render(
        title=TITLE,
        stamp=stamp,
        datasets=list(_datasets(found)),
        answers=[Offer(question(name).question, "", _links(found, {f"{name}.json": "JSON"})) for name in QUESTIONS],
        codes=[Offer(_name(path), "", _links(found, {path: "CSV", _json(path): "JSON"})) for path in found if _is_code_list(path)],
        iati=_links(found, {"iati-activities.xml": "iati-activities.xml"}),
        releases=releases,
        licence=(LICENCE, LICENCE_URL),
        base=(f"{ADDRESS}/{FOLDER}/" if ADDRESS else "") if releases else stamp.address if ADDRESS else "",
        to_site="../" if releases else "../../../",
    )
    return page.encode()


def _datasets(found: dict[str, Document]) -> Iterator[Offer]:
    for name, dataset in datasets().items():
        yield Offer(dataset.title, dataset.description, _links(found, {f"{name}.{end}": form for end, form in TABLE_FORMS.items()}))


def _links(found: dict[str, Document], names: dict[str, str]) -> tuple[Link, ...]:
    return tuple(Link(name, path, _size(len(found[path].content))) for path, name in names.items() if path in found)


def _size(size: int) -> str:
    """A number of bytes as people say it."""
    if size < 1000:
        return _("{n} bytes").format(n=count(size))
    return _("{n} MB").format(n=decimal(size / 1e6)) if size >= 999_500 else _("{n} kB").format(n=count(size / 1000))


def _is_code_list(path: str) -> bool:
    return path.startswith("codes/") and path.endswith(".csv")


def _json(path: str) -> str:
    return path.removesuffix("csv") + "json"


def _name(path: str) -> str:
    return Path(path).stem.replace("_", " ").capitalize()


_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
_PAGES.globals.update(_=_, day=day)
