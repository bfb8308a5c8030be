"""A visit before the first visitor: each page runs once, so that its questions are answered and its figures drawn when somebody comes."""

import asyncio
import logging
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Message
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from tallinn.languages import SOURCE, languages

SECONDS = 60
SCOPE = {
    "type": "websocket",
    "asgi": {"version": "3.0"},
    "http_version": "1.1",
    "scheme": "ws",
    "path": "/_stcore/stream",
    "raw_path": b"/_stcore/stream",
    "root_path": "",
    "query_string": b"",
    "headers": [(b"host", b"localhost"), (b"sec-websocket-protocol", b"streamlit")],
    "subprotocols": ["streamlit"],
    "client": ("127.0.0.1", 0),
    "server": ("127.0.0.1", 0),
}

log = logging.getLogger(__name__)


async def rehearse(app: ASGIApp) -> None:
    """Visit every page of the dashboard in memory. What goes wrong there is in the log, and no reason not to start."""
    visitor = Visitor()
    try:
        async with asyncio.timeout(SECONDS):
            await app(dict(SCOPE), visitor.receive, visitor.send)
    except TimeoutError:
        log.warning("The rehearsal of the pages took longer than %s s and was given up", SECONDS)


@dataclass
class Visitor:
    """A browser without a window, on its side of the websocket: the start page, then each that the navigation names, in each language."""

    to_come: list[tuple[str, str]] = field(default_factory=lambda: [("", "")])
    seen: set[str] = field(default_factory=set)
    connected: bool = False
    finished: asyncio.Event = field(default_factory=asyncio.Event)

    async def receive(self) -> Message:
        """What the browser says next, once the page before is complete."""
        if not self.connected:
            self.connected = True
            self.finished.set()
            return {"type": "websocket.connect"}
        await self.finished.wait()
        self.finished.clear()
        if not self.to_come:
            return {"type": "websocket.disconnect", "code": 1000}
        request = BackMsg()
        request.rerun_script.page_script_hash, request.rerun_script.query_string = self.to_come.pop(0)
        return {"type": "websocket.receive", "bytes": request.SerializeToString()}

    async def send(self, message: Message) -> None:
        """What the server says: the list of pages, and when a page is complete."""
        if message["type"] != "websocket.send":
            return
        answer = ForwardMsg.FromString(message["bytes"])
        kind = answer.WhichOneof("type")
        if kind == "navigation" and not self.seen:
            self.seen = {page.page_script_hash for page in answer.navigation.app_pages}
            pages = answer.navigation.app_pages
            self.to_come = [(page.page_script_hash, f"lang={code}") for code in languages() for page in pages]
            self.to_come.remove((next(page.page_script_hash for page in pages if page.is_default), f"lang={SOURCE}"))
        elif kind == "script_finished":
            self.finished.set()
