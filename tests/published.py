"""Releases and open data for tests: published in one step, taken apart into their texts."""

import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pyarrow.parquet as pq

from tallinn.audience import Audience
from tallinn.document import Document
from tallinn.lake import Lake
from tallinn.open_data import release_documents
from tallinn.releases import Release, approve, named, prepare, publish
from tests.samples import store


def released(lake: Lake, **how: Any) -> Release:
    """The lake as it is now, prepared, approved and published."""
    note, at = how.pop("note", "Figures"), how.pop("at", None)
    name = approve(lake, prepare(lake, author="Mari", note=note, **how).id, author="Olena").id
    publish(lake, name, author="Mari", at=at)
    return named(lake, name, unpublished=True)


def files(**rows: Sequence[Mapping[str, Any]]) -> dict[str, bytes]:
    """The open data of these rows, by path."""
    return by_path(release_documents(store(Audience("public"), **rows)))


def by_path(documents: Iterable[Document]) -> dict[str, bytes]:
    return {document.path: document.content for document in documents}


def text_of(path: str, content: bytes) -> str:
    """All that a file says, what is compressed in it too."""
    if path.endswith(".xlsx"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return " ".join(book.read(name).decode() for name in book.namelist())
    if path.endswith(".parquet"):
        table = pq.read_table(io.BytesIO(content))
        return f"{table.to_pylist()} {table.schema.metadata} {[field.metadata for field in table.schema]}"
    return content.decode()
