"""A file that is published: where it stands below the site's address, what kind of file it is, and what is in it."""

from dataclasses import dataclass
from pathlib import PurePosixPath

MEDIA_TYPES = {
    ".atom": "application/atom+xml",
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xml": "application/xml",
}


@dataclass(frozen=True)
class Document:
    """A published file. `path` is relative to the site, such as open-data/contributions.csv; `media_type` as of RFC 6838."""

    path: str
    media_type: str
    content: bytes


def document(path: str, content: bytes) -> Document:
    """A file whose name says of which kind it is. Raises KeyError for a name that says none of those which are published."""
    return Document(path, MEDIA_TYPES[PurePosixPath(path).suffix], content)
