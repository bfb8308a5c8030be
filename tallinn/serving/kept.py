"""A file as it is kept for answers: whole, compressed once, with the headers that go with it (RFC 9110); a large one on the disk."""

import gzip
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from mmap import ACCESS_READ, mmap
from pathlib import PurePosixPath
from tempfile import TemporaryFile

from tallinn.document import Document
from tallinn.releases import Release
from tallinn.settings import LICENCE_URL

Headers = tuple[tuple[bytes, bytes], ...]
NEWEST, NAMED = "public, max-age=60", "public, max-age=86400"
"""How long a copy may be used unasked: what leads to the newest release a minute, what names a release a day, because newer
software may still add to its files."""
MOST_IN_MEMORY = 1 << 20
"""Bytes; the system keeps of a larger file in memory what is asked for."""
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "application/atom+xml", "image/svg+xml")
_SHOWN = (".html", ".json", ".txt", ".atom", ".xml", ".png", ".svg")
"""What a browser shows; the rest it saves."""


@dataclass(frozen=True)
class Form:
    """One way to send a file: its bytes, its tag and its headers, the length among them."""

    content: memoryview
    tag: str
    headers: Headers


@dataclass(frozen=True)
class File:
    """A file with its forms; `zipped` is None where compression gains nothing. `modified`: when its release was published, in seconds."""

    plain: Form
    zipped: Form | None
    modified: int


def keep(files: Iterable[Document], release: Release, caching: str) -> dict[str, File]:
    """The files of a release by path."""
    return {each.path: _file(each, release, caching) for each in files}


def _file(document: Document, release: Release, caching: str) -> File:
    moment = release.published_at or datetime.combine(release.date, datetime.min.time())
    modified = moment.replace(tzinfo=UTC, microsecond=0)
    tag = hashlib.sha256(document.content).hexdigest()[:32]
    headers = {
        "Content-Type": _content_type(document.media_type),
        "Content-Disposition": _disposition(document.path, release),
        "Last-Modified": format_datetime(modified, usegmt=True),
        "Cache-Control": caching,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Expose-Headers": "ETag, Content-Disposition, Content-Range, Link",
        "Link": f'<{LICENCE_URL}>; rel="license"',
    }
    plain = _form(document.content, tag, {**headers, "Accept-Ranges": "bytes"})
    return File(plain, _zipped(document, tag, headers), int(modified.timestamp()))


def _zipped(document: Document, tag: str, headers: dict[str, str]) -> Form | None:
    """Compressed without a time, so that the same file is the same bytes; its tag is another one, because its bytes are."""
    if not document.media_type.startswith(_COMPRESSIBLE):
        return None
    content = gzip.compress(document.content, 9, mtime=0)
    return _form(content, f"{tag}-gzip", {**headers, "Content-Encoding": "gzip"}) if len(content) < len(document.content) else None


def _form(content: bytes, tag: str, headers: dict[str, str]) -> Form:
    everything = {**headers, "ETag": f'"{tag}"', "Content-Length": str(len(content))}
    return Form(_on_disk(content) if len(content) > MOST_IN_MEMORY else memoryview(content), tag, encoded(everything))


def _on_disk(content: bytes) -> memoryview:
    """The same bytes from a file without a name, which the disk gives back when nobody reads it any more."""
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


def encoded(headers: dict[str, str]) -> Headers:
    """Headers as ASGI wants them."""
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers.items())


def _content_type(media_type: str) -> str:
    return f"{media_type}; charset=utf-8" if media_type.startswith(_COMPRESSIBLE) else media_type


def _disposition(path: str, release: Release) -> str:
    """A saved file says in its name which release it is of."""
    name = PurePosixPath(path)
    kind = "inline" if name.suffix in _SHOWN else "attachment"
    return f'{kind}; filename="{name.stem}_{release.id}{name.suffix}"'
