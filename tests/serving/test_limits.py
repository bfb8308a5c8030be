"""Nobody keeps the others out: visits, requests and their size have an end."""

import asyncio
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from tallinn.serving import limits
from tallinn.serving.limits import MOST_BODY, UPLOADS, Limits
from tests.coroutines import finished

AFAR, HERE = "203.0.113.7", "127.0.0.1"


async def dashboard(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads all that is sent, and says how much that was."""
    read = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        read += len(message.get("body", b""))
        if not message.get("more_body"):
            break
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(read).encode()})


async def asked(
    app: Limits, address: str = AFAR, *, path: str = "/", body: tuple[bytes, ...] = (b"",), length: str | None = None
) -> int | None:
    """The status of the answer; None where the connection is ended."""
    sent: list[Message] = []
    parts = [{"type": "http.request", "body": part, "more_body": part is not body[-1]} for part in body]

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    headers = [(b"content-length", length.encode())] if length else []
    await app({"type": "http", "path": path, "headers": headers, "client": (address, 1)}, receive, send)
    return sent[0]["status"] if sent else None


def test_one_address_asks_so_often_a_minute_and_this_machine_as_often_as_it_likes():
    async def statuses() -> list[list[int | None]]:
        app = Limits(dashboard, a_minute=3)
        return [[await asked(app, address) for _ in range(5)] for address in (AFAR, "203.0.113.8", HERE)]

    assert finished(statuses()) == [[200, 200, 200, 429, 429], [200, 200, 200, 429, 429], [200] * 5]


def test_whoever_waits_may_ask_again(monkeypatch: pytest.MonkeyPatch):
    now = [0.0]
    monkeypatch.setattr(limits.time, "monotonic", lambda: now[0])

    async def statuses() -> list[int | None]:
        app = Limits(dashboard, a_minute=2)
        before = [await asked(app) for _ in range(3)]
        now[0] += 31
        return [*before, await asked(app), await asked(app)]

    assert finished(statuses()) == [200, 200, 429, 200, 429]


@pytest.mark.parametrize(
    ("request_", "status"),
    [
        ({"length": str(MOST_BODY)}, 200),
        ({"length": str(MOST_BODY + 1)}, 413),
        ({"length": "-1"}, 413),
        ({"length": "a lot"}, 413),
        ({"body": (b"a" * MOST_BODY, b"b")}, None),
        ({"path": f"{UPLOADS}session/file", "length": str(MOST_BODY + 1)}, 200),
    ],
    ids=["just", "too long", "below nought", "no number", "longer than nothing said", "upload"],
)
def test_a_request_that_is_no_upload_is_no_longer_than_it_may_be(request_: dict[str, Any], status: int | None):
    assert finished(asked(Limits(dashboard), **request_)) == status


@pytest.mark.parametrize(("sessions", "per_address", "expected"), [(10, 2, ["open", "open", 429]), (1, 10, ["open", 429, 429])])
def test_visits_at_once_have_an_end_and_make_room_when_they_close(sessions: int, per_address: int, expected: list[Any]):
    async def visits() -> list[Any]:
        leave = asyncio.Event()

        async def stay(_scope: Scope, _receive: Receive, send: Send) -> None:
            await send({"type": "websocket.accept"})
            await leave.wait()

        app, tasks = Limits(stay, sessions=sessions, per_address=per_address), []
        seen = [await begun(app, tasks) for _ in range(3)]
        leave.set()
        await asyncio.gather(*tasks)
        return [*seen, await begun(app, tasks)]

    assert finished(visits()) == [*expected, "open"]


async def begun(app: Limits, tasks: list[Any]) -> Any:
    """Whether a visit was let in, or the status of the refusal."""
    answer: asyncio.Queue[Message] = asyncio.Queue()

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    tasks.append(asyncio.create_task(app({"type": "websocket", "path": "/_stcore/stream", "client": (AFAR, 1)}, receive, answer.put)))
    message = await answer.get()
    return "open" if message["type"] == "websocket.accept" else message["status"]
