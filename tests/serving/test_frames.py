"""One chart in a frame: what the public reads, in the language of its address, for pages of other people."""

import re
from pathlib import Path

import html5lib
import pytest
from starlette.requests import Request
from starlette.responses import Response

import server
from tallinn.frames import FOLDER, FRAMES
from tallinn.serving.headers import SecureHeaders
from tests.coroutines import finished
from tests.pages.conftest import default_lake, in_default_lake  # noqa: F401


def asked(name: str, query: str = "") -> Response:
    scope = {"type": "http", "method": "GET", "path": f"/{FOLDER}/{name}", "query_string": query.encode(), "headers": []}
    return finished(server.chart(Request({**scope, "path_params": {"name": name}})))


@pytest.mark.parametrize("code", ["en", "uk"])
@pytest.mark.parametrize("name", FRAMES)
def test_every_chart_stands_alone_without_a_script(name: str, code: str, in_default_lake: Path):  # noqa: F811
    answer = asked(name, f"lang={code}&donors=SWE&donors=EST")
    html = bytes(answer.body).decode()
    tree = html5lib.HTMLParser(strict=True).parse(html)
    assert answer.status_code == 200 and tree is not None
    assert f'<html lang="{code}">' in html and "<script" not in html and re.search(r"20\d\d-\d\d", html) and "CC-BY-4.0" in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids)) and set(re.findall(r"url\(#([^)]+)\)", html)) <= set(ids)
    assert len(html) < 150_000


def test_it_asks_with_the_values_of_its_address(in_default_lake: Path):  # noqa: F811
    assert "Estonia" not in bytes(asked("donor_ladder", "donors=SWE").body).decode()
    assert "Estonia" in bytes((asked("donor_ladder")).body).decode()


@pytest.mark.parametrize(
    ("name", "query"),
    [("nothing", ""), ("donor_ladder", "release=2031-07"), ("donor_ladder", f"donors={'x' * 101}"), ("donor_ladder", "donors=x&" * 21)],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(name: str, query: str, in_default_lake: Path):  # noqa: F811
    answer = asked(name, query)
    assert answer.status_code == 404 and bytes(answer.body).decode().rstrip().endswith(".") and "Traceback" not in str(answer.body)


def test_what_nobody_asks_for_is_left_out(in_default_lake: Path):  # noqa: F811
    assert (asked("donor_ladder", "colour=red&scope=mechanism")).status_code == 200


def test_hostile_values_are_only_read(in_default_lake: Path):  # noqa: F811
    html = bytes((asked("donor_ladder", "donors=%3Cscript%3Ealert(1)%3C/script%3E")).body).decode()
    assert "<script" not in html


@pytest.mark.parametrize(("path", "allowed"), [(f"/{FOLDER}/donor_ladder", "frame-ancestors *"), ("/funding", "frame-ancestors 'none'")])
def test_only_a_chart_alone_may_stand_in_other_people_s_pages(path: str, allowed: str):
    sent = []

    async def send(message: dict) -> None:
        sent.append(message)

    async def app(_scope, _receive, send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})

    scope = {"type": "http", "path": path, "scheme": "http", "headers": []}
    finished(SecureHeaders(app, "frame-ancestors 'none'")(scope, None, send))
    headers = dict(sent[0]["headers"])
    assert allowed in headers[b"content-security-policy"].decode()
    assert (b"x-frame-options" in headers) == (path == "/funding")
