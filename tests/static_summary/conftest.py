"""The static summary of the default data and of the demonstration, made once; and the page as a reader of HTML sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tallinn.audience import Audience
from tallinn.document import Document
from tallinn.lake import Lake
from tallinn.releases import Release, releases
from tallinn.static_summary import documents
from tallinn.store import Store, open_store
from tests.demonstration.conftest import demonstration, demonstration_directory  # noqa: F401
from tests.lakes import _quickly_opened, directory, empty_directory, empty_lake, founded_directory, founded_lake, lake  # noqa: F401

PUBLIC = Audience("public")


@dataclass(frozen=True)
class Page:
    """A page: its source, and its tree after the strict rules of HTML 5."""

    source: str
    tree: Element

    def all(self, tag: str, within: str = "") -> list[Element]:
        """Elements by tag, on the whole page or in the element with this id."""
        root = self.tree if not within else next(each for each in self.tree.iter() if each.get("id") == within)
        return [each for each in root.iter() if each.tag == tag]

    def table(self, within: str) -> list[list[str]]:
        """The cells of a section's table."""
        rows = [each for each in self.all("table", within)[0].iter() if each.tag == "tr"]
        return [[text(cell) for cell in row if cell.tag in ("th", "td")] for row in rows]

    @property
    def words(self) -> str:
        """All that is read on the page, spaces as one."""
        return text(self.all("body")[0])


def text(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def made(store: Store, public: Sequence[Release] = (), **options: str) -> Page:
    """The page of a store, read by the strict rules of HTML 5. Raises html5lib's ParseError for a page that breaks one."""
    return read(documents(store, public or [store.release], **options))


def read(found: Sequence[Document]) -> Page:
    source = next(each for each in found if each.path == "summary/index.html").content.decode()
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree = parser.parse(source)
    for element in tree.iter():
        if isinstance(element.tag, str):
            element.tag = element.tag.rpartition("}")[2]
    return Page(source, tree)


@pytest.fixture(scope="session")
def public(founded_lake: Lake) -> Store:  # noqa: F811
    """What the public may see of the default data."""
    return open_store(founded_lake, PUBLIC, releases(founded_lake)[0])


@pytest.fixture(scope="session")
def found(public: Store) -> list[Document]:
    """The documents of the default data."""
    return documents(public, [public.release], address="https://dashboard.example.org", contact="https://example.org/contact")


@pytest.fixture(scope="session")
def page(found: list[Document]) -> Page:
    return read(found)
