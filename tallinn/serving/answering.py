"""Answers requests for the public's files before the dashboard sees them: no session, no cookie, nothing compressed anew (RFC 9110)."""

import logging
import re
from email.utils import parsedate_to_datetime

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tallinn import static_summary
from tallinn.languages import languages
from tallinn.open_data import FOLDER
from tallinn.serving.kept import File, Form, encoded
from tallinn.serving.kept import Headers as Encoded
from tallinn.serving.scripts import takes_gzip
from tallinn.serving.shelves import Shelves
from tallinn.serving.turns import Turns
from tallinn.wording import _

FOLDERS = (FOLDER, static_summary.FOLDER)
"""The first part of the addresses that are answered here."""
NAMES = {folder: f"{folder}/index.html" for folder in map(static_summary.folder, languages())}
"""Addresses that lead to a file of another name; its links must not depend on where it stands."""
PIECE = 1 << 18
"""Bytes of a file that are handed on at a time: a slow reader holds no more of it in memory."""
Answer = tuple[int, Encoded, memoryview]

_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_READING = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS"}
_PREFLIGHT = {**_READING, "Access-Control-Allow-Headers": "*", "Access-Control-Max-Age": "86400"}
_NOT_IN_304 = {b"content-length", b"content-encoding", b"content-disposition", b"content-type", b"accept-ranges"}

log = logging.getLogger(__name__)


class PublicFiles:
    """ASGI middleware: answers what is below the public's folders and hands on everything else."""

    def __init__(self, app: ASGIApp, shelves: Shelves) -> None:
        self._app = app
        self._shelves = shelves
        self._turns = Turns()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].removeprefix("/").partition("/")[0] not in FOLDERS:
            await self._app(scope, receive, send)
            return
        await self._turns.mine()
        status, headers, content = await self._answer(scope["method"], scope["path"], Headers(scope=scope))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        size = 0 if scope["method"] == "HEAD" else len(content)
        for at in range(0, size or 1, PIECE):
            await send({"type": "http.response.body", "body": bytes(content[at : min(at + PIECE, size)]), "more_body": at + PIECE < size})

    async def _answer(self, method: str, path: str, asked: Headers) -> Answer:
        if method == "OPTIONS":
            return 204, encoded(_PREFLIGHT), memoryview(b"")
        if method not in ("GET", "HEAD"):
            return _words(405, _("These files can only be read."), Allow="GET, HEAD, OPTIONS")
        name = path.removeprefix("/")
        try:
            found = await self._shelves.find(f"{name}index.html" if name.endswith("/") else NAMES.get(name, name))
            folder = None if found else await self._shelves.find(f"{name}/index.html")
        except Exception:
            log.exception("The open data cannot be made")
            return _words(503, _("The files cannot be made at the moment. Please try again in a minute."), **{"Retry-After": "60"})
        if folder:
            return _words(308, _("The page is at the same address with a stroke at its end."), Location=f"{name.rpartition('/')[2]}/")
        return _file(found, asked) if found else _words(404, _("There is no such file. What there is: /{folder}/").format(folder=FOLDER))


def _file(file: File, asked: Headers) -> Answer:
    """The file, a part of it, or word that the reader has it already."""
    form = _form(file, asked)
    if _has_it(file, form, asked):
        return 304, tuple(header for header in form.headers if header[0] not in _NOT_IN_304), memoryview(b"")
    if "range" in asked and asked.get("if-range", f'"{file.plain.tag}"') == f'"{file.plain.tag}"':
        return _part(file.plain, asked["range"])
    return 200, form.headers, form.content


def _form(file: File, asked: Headers) -> Form:
    """Compressed for whoever accepts gzip, unless a part is asked for."""
    return file.zipped if file.zipped and takes_gzip(asked) else file.plain


def _has_it(file: File, form: Form, asked: Headers) -> bool:
    """Tags decide; the date only where no tag is named. Any form of the same file counts, because a cache may have unpacked it."""
    if "if-none-match" in asked:
        tags = {tag.strip().removeprefix("W/").strip('"') for tag in asked["if-none-match"].split(",")}
        return bool(tags & {"*", form.tag, file.plain.tag})
    try:
        return parsedate_to_datetime(asked.get("if-modified-since", "")).timestamp() >= file.modified
    except ValueError:
        return False


def _part(form: Form, said: str) -> Answer:
    """One range of bytes, as readers of Parquet ask for it; the whole where several are asked for or none is understood."""
    match, size = _RANGE.fullmatch(said.strip()), len(form.content)
    if match is None or not (match[1] or match[2]):
        return 200, form.headers, form.content
    first = int(match[1]) if match[1] else max(0, size - int(match[2]))
    last = min(int(match[2]), size - 1) if match[1] and match[2] else size - 1
    if first >= size or (match[2] and match[1] and int(match[2]) < first) or (not match[1] and int(match[2]) == 0):
        return _words(416, _("The file has no such part."), **{"Content-Range": f"bytes */{size}"})
    length = {"Content-Length": str(last - first + 1), "Content-Range": f"bytes {first}-{last}/{size}"}
    kept = tuple(header for header in form.headers if header[0] != b"content-length")
    return 206, (*kept, *encoded(length)), form.content[first : last + 1]


def _words(status: int, text: str, **headers: str) -> Answer:
    content = f"{text}\n".encode()
    common = {"Content-Type": "text/plain; charset=utf-8", "Content-Length": str(len(content)), "Cache-Control": "no-cache"}
    return status, encoded({**common, **_READING, **headers}), memoryview(content)
