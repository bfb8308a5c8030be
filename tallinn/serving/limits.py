"""How much may be asked for at once, so that nobody keeps the others out (OWASP API4:2023, unrestricted resource consumption)."""

import ipaddress
import time
from collections import Counter, OrderedDict

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tallinn.settings import MOST_SESSIONS, REQUESTS_A_MINUTE, SESSIONS_PER_ADDRESS
from tallinn.wording import _

MOST_BODY = 2**20
"""Bytes of a request that is no upload; uploads have a limit of their own."""
UPLOADS = "/_stcore/upload_file/"
MOST_ADDRESSES = 50_000
TOO_MANY, TOO_LARGE = 429, 413


class Limits:
    """ASGI middleware: visits in all and by address, requests a minute by address, bytes of a request. This machine is not held back.

    The address is the one that the server sees; a proxy whose word counts is named by FORWARDED_ALLOW_IPS (uvicorn).
    """

    def __init__(
        self,
        app: ASGIApp,
        sessions: int = MOST_SESSIONS,
        per_address: int = SESSIONS_PER_ADDRESS,
        a_minute: int = REQUESTS_A_MINUTE,
    ) -> None:
        self._app = app
        self._sessions, self._per_address, self._a_minute = sessions, per_address, a_minute
        self._open: Counter[str] = Counter()
        self._asked: OrderedDict[str, tuple[float, float]] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        address = (scope.get("client") or ("", 0))[0]
        if scope["type"] == "websocket":
            await self._visit(address, scope, receive, send)
        elif scope["type"] == "http":
            await self._request(address, scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _visit(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        full = self._open.total() >= self._sessions
        if full or (self._open[address] >= self._per_address and not is_here(address)):
            await receive()
            await _refuse(send, "websocket.http.response", TOO_MANY, _("Too many visits at once. Please come back in a minute."))
            return
        self._open[address] += 1
        try:
            await self._app(scope, receive, send)
        finally:
            self._open[address] -= 1
            self._open += Counter()

    async def _request(self, address: str, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._may_ask(address):
            await _refuse(send, "http.response", TOO_MANY, _("Too many requests. Please wait a minute."))
            return
        if scope["path"].startswith(UPLOADS):
            await self._app(scope, receive, send)
            return
        length = Headers(scope=scope).get("content-length", "0")
        if not length.isdecimal() or int(length) > MOST_BODY:
            await _refuse(send, "http.response", TOO_LARGE, _("The request is too large."))
            return
        await self._app(scope, Counted(receive), send)

    def _may_ask(self, address: str) -> bool:
        """A bucket for each address, which fills again within a minute."""
        if is_here(address):
            return True
        now = time.monotonic()
        left, last = self._asked.pop(address, (float(self._a_minute), now))
        left = min(self._a_minute, left + (now - last) * self._a_minute / 60)
        self._asked[address] = (max(left - 1, 0), now)
        if len(self._asked) > MOST_ADDRESSES:
            self._asked.popitem(last=False)
        return left >= 1


class Counted:
    """Hands on a request's body, and ends it as a broken connection would when it is longer than it may be."""

    def __init__(self, receive: Receive) -> None:
        self._receive = receive
        self._bytes = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._bytes += len(message.get("body", b""))
        return message if self._bytes <= MOST_BODY else {"type": "http.disconnect"}


async def _refuse(send: Send, kind: str, status: int, text: str) -> None:
    content = f"{text}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(content)).encode()), (b"retry-after", b"60")]
    await send({"type": f"{kind}.start", "status": status, "headers": headers})
    await send({"type": f"{kind}.body", "body": content})


def is_here(address: str) -> bool:
    """Whether the request comes from this machine."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
