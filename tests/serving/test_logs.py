"""The log is for machines to read and says nothing of anybody."""

import asyncio
import json
import logging
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from starlette.types import Message, Receive, Scope, Send

from tallinn.serving.logs import TOLD, JsonLines, Logged


def line(record: logging.LogRecord) -> dict[str, Any]:
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def logged(path: str, status: int | None, caplog: pytest.LogCaptureFixture, **scope: Any) -> dict[str, Any]:
    """The line about a request that is answered so; None: the dashboard breaks."""

    async def dashboard(_scope: Scope, _receive: Receive, send: Send) -> None:
        if status is None:
            raise RuntimeError
        await send({"type": "http.response.start", "status": status, "headers": []})

    async def nothing(_message: Message | None = None) -> None:
        return None

    asked = {"type": "http", "method": "GET", "path": path, "query_string": b"who=anna@example.org", "client": ("203.0.113.7", 1), **scope}
    with caplog.at_level(logging.INFO, TOLD.name), ThreadPoolExecutor(1) as thread:
        try:
            thread.submit(asyncio.run, Logged(dashboard)(asked, nothing, nothing)).result()  # type: ignore[arg-type]
        except RuntimeError:
            assert status is None
    found = line(caplog.records[-1])
    assert not {"203.0.113.7", "anna@example.org", "secret"} & set(json.dumps(found).replace('"', " ").split())
    return found


def test_an_answer_is_one_line_with_what_was_asked_and_how_long_it_took(caplog: pytest.LogCaptureFixture):
    found = logged("/funding", 200, caplog, headers=[(b"cookie", b"_streamlit_user=secret")])
    assert (found["message"], found["method"], found["path"], found["status"]) == ("request", "GET", "/funding", 200)
    assert found["ms"] >= 0 and found["level"] == "info" and found["time"].endswith("+00:00")


def test_what_breaks_is_told_as_such(caplog: pytest.LogCaptureFixture):
    assert logged("/", None, caplog)["status"] == 500


@pytest.mark.parametrize("path", ["/_stcore/upload_file/secret/secret", "/media/secret.csv", "/oauth2callback/secret"])
def test_what_belongs_to_one_visitor_is_not_in_the_path(path: str, caplog: pytest.LogCaptureFixture):
    assert "secret" not in logged(path, 200, caplog)["path"]


def test_an_exception_tells_where_it_happened_and_not_what_it_says(caplog: pytest.LogCaptureFixture):
    try:
        int("a cell that nobody may read")
    except ValueError:
        logging.getLogger("tallinn.test").exception("A page could not be shown")
    found = line(caplog.records[-1])
    assert found["exception"] == "ValueError" and "test_logs.py" in found["at"][-1]
    assert "nobody may read" not in json.dumps(found)
