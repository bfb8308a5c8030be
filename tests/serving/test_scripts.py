"""Streamlit's scripts and styles: small for whoever unpacks them, as they are for everybody else, and no other file at all."""

import gzip
from pathlib import Path

import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from tallinn.serving import Scripts

TEXT = "const chart = 1;\n" * 1000


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    for name in ("static/js/chart.A1.js", "static/css/look.B2.css", "static/media/font.woff2", "index.html"):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(TEXT, encoding="utf-8")
    return TestClient(Scripts(PlainTextResponse("the dashboard"), tmp_path))


@pytest.mark.parametrize(
    ("path", "kind"), [("/static/js/chart.A1.js", "text/javascript"), ("/static/css/look.B2.css", "text/css")], ids=["script", "style"]
)
def test_a_script_is_sent_compressed_and_kept_for_ever(client: TestClient, path: str, kind: str):
    with client.stream("GET", path, headers={"Accept-Encoding": "gzip, br"}) as answer:
        raw = b"".join(answer.iter_raw())
    assert gzip.decompress(raw).decode() == TEXT and len(raw) < len(TEXT) / 10
    assert answer.headers["Content-Length"] == str(len(raw)) and answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == f"{kind}; charset=utf-8" and answer.headers["Vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "asked", [{"Accept-Encoding": "identity"}, {"Accept-Encoding": "gzip;q=0"}, {"Accept-Encoding": "gzip", "Range": "bytes=0-9"}], ids=str
)
def test_whoever_does_not_unpack_it_is_answered_by_the_dashboard(client: TestClient, asked: dict[str, str]):
    assert client.get("/static/js/chart.A1.js", headers=asked).text == "the dashboard"


@pytest.mark.parametrize(
    "path", ["/", "/index.html", "/static/media/font.woff2", "/static/js/none.js", "/static/js/../../index.html", "/static/js/%2e%2e/x.js"]
)
def test_nothing_else_is_sent(client: TestClient, path: str):
    assert client.get(path, headers={"Accept-Encoding": "gzip"}).text == "the dashboard"


def test_other_methods_are_handed_on(client: TestClient):
    assert client.post("/static/js/chart.A1.js", headers={"Accept-Encoding": "gzip"}).text == "the dashboard"
