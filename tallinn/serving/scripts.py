"""Streamlit's scripts and styles, compressed once: it sends seven megabytes to each first visitor as they are, two are enough."""

import asyncio
import gzip
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from tallinn.serving.kept import Headers as Encoded
from tallinn.serving.kept import encoded

TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}
LEVEL = 6
"""A tenth of a second for the largest; 9 takes five times as long for a hundredth less."""
FOR_EVER = "public, immutable, max-age=31536000"
"""Their names change with their content."""
REFUSES = re.compile(r"\bgzip\s*;\s*q=0(\.0*)?\s*(,|$)")


class Scripts:
    """ASGI middleware: sends the scripts and styles below a folder to whoever accepts gzip, and hands on everything else."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._files = {f"/{file.relative_to(folder).as_posix()}": file for file in folder.rglob("*") if file.suffix in TYPES}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        file = self._files.get(scope["path"]) if scope["type"] == "http" and scope["method"] == "GET" else None
        if file is None or not takes_gzip(Headers(scope=scope)):
            await self._app(scope, receive, send)
            return
        headers, content = await asyncio.to_thread(_packed, file)
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": content})


def takes_gzip(asked: Headers) -> bool:
    """Whether a reader wants it compressed: one who asks for a part of a file does not."""
    accepted = asked.get("accept-encoding", "")
    return "gzip" in accepted and "range" not in asked and not REFUSES.search(accepted)


@cache
def _packed(file: Path) -> tuple[Encoded, bytes]:
    content = gzip.compress(file.read_bytes(), LEVEL, mtime=0)
    headers = {
        "Content-Type": TYPES[file.suffix],
        "Content-Encoding": "gzip",
        "Content-Length": str(len(content)),
        "Vary": "Accept-Encoding",
        "Cache-Control": FOR_EVER,
    }
    return encoded(headers), content
