"""The log: one JSON object a line on standard error, without a word about whom it concerns.

No address of a visitor, no query, no name of an upload, no text of an exception, which may quote a cell; where it happened is enough.
"""

import json
import logging
import sys
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

PRIVATE = ("/_stcore/upload_file", "/media", "/component", "/auth", "/oauth2callback")
"""Addresses below which something stands that belongs to one visitor."""
PROGRAM = "/static/"
"""Where the browser fetches the program itself: hundreds of lines a visit that tell nothing, unless one fails."""
MOST_LETTERS = 200
TOLD = logging.getLogger("tallinn.requests")


class JsonLines(logging.Formatter):
    """A record as one line of JSON: when (UTC), how bad, by whom it was written, what it says, and what was added as `told`."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line: dict[str, Any] = {"time": moment, "level": record.levelname.lower(), "logger": record.name, "message": record.getMessage()}
        line.update(getattr(record, "told", {}))
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
            line["at"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(record.exc_info[2])]
        return json.dumps(line, ensure_ascii=False)


def begin() -> None:
    """Everything that is logged from now on goes through JsonLines, Streamlit's and the server's own lines too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers, root.level = [handler], logging.INFO
    for name in list(logging.root.manager.loggerDict):
        logger = logging.getLogger(name)
        if logger.handlers:
            logger.handlers, logger.propagate = [], True
    for chatty in ("httpx", "httpcore", "websockets", "watchdog"):
        logging.getLogger(chatty).setLevel(logging.WARNING)


class Logged:
    """ASGI middleware: a line for each answer, and one for each visit when its websocket closes."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        began, told = time.perf_counter(), {"status": 101 if scope["type"] == "websocket" else 500}

        async def sent(message: Message) -> None:
            if message["type"] in ("http.response.start", "websocket.http.response.start"):
                told["status"] = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            if told["status"] >= 400 or not scope["path"].startswith(PROGRAM):
                milliseconds = round((time.perf_counter() - began) * 1000, 1)
                asked = {"method": scope.get("method", "WEBSOCKET"), "path": shown(scope["path"])}
                TOLD.info("request", extra={"told": {**asked, **told, "ms": milliseconds}})


def shown(path: str) -> str:
    """A path without what belongs to one visitor."""
    for private in PRIVATE:
        if path.startswith(f"{private}/"):
            return f"{private}/…"
    return path[:MOST_LETTERS]
