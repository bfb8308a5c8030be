"""Every answer tells the browser what our pages may do, and nothing else is allowed."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from server import SHELLS
from tallinn.serving import headers
from tallinn.serving.headers import SecureHeaders, policy


async def answer(scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
    await send({"type": "http.response.body", "body": b"here"})


def sent(scheme: str = "http", **named: str) -> dict[str, str]:
    """The headers of an answer to a request with these headers."""
    messages: list[Any] = []

    async def send(message: Any) -> None:
        messages.append(message)

    scope = {
        "type": "http",
        "scheme": scheme,
        "path": "/funding",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
    }
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, SecureHeaders(answer, policy(SHELLS.values()))(scope, None, send)).result()  # type: ignore[arg-type]
    assert messages[1]["body"] == b"here"
    return {name.decode().lower(): value.decode() for name, value in messages[0]["headers"]}


def rules(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (rule.split() for rule in text.split(";"))}


def test_an_answer_keeps_its_own_headers_and_gets_ours():
    found = sent()
    assert found["content-type"] == "text/html"
    assert found["x-content-type-options"] == "nosniff"
    assert found["referrer-policy"] == "strict-origin-when-cross-origin"


def test_only_scripts_of_this_server_and_those_written_in_the_page_run():
    sources = rules(sent()["content-security-policy"])["script-src"]
    assert "'unsafe-inline'" not in sources and "'unsafe-eval'" not in sources and "*" not in sources
    assert sum(source.startswith("'sha256-") for source in sources) == sum({shell.count("<script>") for shell in SHELLS.values()})


def test_nothing_is_fetched_from_another_host():
    for name, sources in rules(sent()["content-security-policy"]).items():
        assert not [source for source in sources if "://" in source or source == "*"], name


def test_nobody_frames_the_pages_unless_a_setting_says_who(monkeypatch: pytest.MonkeyPatch):
    assert rules(sent()["content-security-policy"])["frame-ancestors"] == ["'none'"]
    assert sent()["x-frame-options"] == "DENY"
    monkeypatch.setattr(headers, "FRAME_ANCESTORS", "https://www.example.org")
    assert rules(sent()["content-security-policy"])["frame-ancestors"] == ["https://www.example.org"]
    assert "x-frame-options" not in sent()


def test_a_browser_that_speaks_tls_is_told_to_go_on_so():
    assert "strict-transport-security" not in sent()
    assert "max-age=31536000" in sent("https")["strict-transport-security"]
    assert "max-age=31536000" in sent(x_forwarded_proto="https")["strict-transport-security"]
