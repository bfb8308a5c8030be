"""The static summary: one page that is made when a release is published, and reads well without a script or a server."""

from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

from tallinn.ask import Answer, ask
from tallinn.audience import PUBLIC
from tallinn.document import Document, document
from tallinn.languages import language, languages
from tallinn.releases import Release
from tallinn.settings import ADDRESS, CONTACT
from tallinn.static_summary.card import card
from tallinn.static_summary.links import FOLDER, folder, web_address
from tallinn.static_summary.page import page
from tallinn.store import Store
from tallinn.told import told

__all__ = ["FOLDER", "documents", "folder"]


def documents(store: Store, releases: Sequence[Release], *, address: str = ADDRESS, contact: str = CONTACT) -> list[Document]:
    """The page and its picture for social media in each language, made of what the public may see of one release.

    `releases` are those that the public may read, the newest first. The same release gives the same bytes.
    Raises ValueError for a store of anybody but the public, and for a release that the public may not read.
    """
    if store.audience != PUBLIC:
        raise ValueError("a summary is made of what the public may see")
    if store.release not in releases or not all(each.is_published for each in releases):
        raise ValueError(f"a summary is made of published releases; {store.release.id} or one beside it is none")
    return [each for code in languages() for each in _in(code, store, releases, web_address(address), contact)]


def _in(code: str, store: Store, releases: Sequence[Release], address: str, contact: str) -> list[Document]:
    asked = lru_cache(partial(_told, store))
    with language.spoken(code):
        html = page(asked, releases, address=address, contact=contact)
        return [document(f"{folder(code)}/index.html", html.encode()), document(f"{folder(code)}/card.png", card(asked))]


def _told(store: Store, name: str, **parameters: Any) -> Answer:
    return told(ask(store, name, **parameters))
