"""The public's files over HTTP: what is published and nothing else, unchanged files not sent twice, a new release without a pause."""

import asyncio
import gzip
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from tallinn import site
from tallinn.document import Document, document
from tallinn.lake import Lake
from tallinn.open_data import folder_of
from tallinn.releases import Release, now, prepare, published
from tallinn.serving import PublicFiles, Shelves, kept, shelves
from tallinn.serving.shelves import OLD_RELEASES, made
from tests.published import by_path, released
from tests.samples import taken, workbook


@dataclass
class Reply:
    status: int
    headers: dict[str, str]
    content: bytes


@dataclass
class Visitor:
    """Asks our middleware as a server would; what is not ours is answered by “the dashboard”. One event loop in a thread of its own."""

    app: PublicFiles
    thread: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        return self.thread.submit(lambda: self.runner.run(self._get(path, method, headers))).result(60)

    async def _get(self, path: str, method: str, headers: dict[str, str]) -> Reply:
        messages: list[Any] = []

        async def send(message: Any) -> None:
            messages.append(message)

        named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        await self.app({"type": "http", "method": method, "path": path, "headers": named}, None, send)  # type: ignore[arg-type]
        start, *pieces = messages
        assert [bool(piece.get("more_body")) for piece in pieces] == [True] * (len(pieces) - 1) + [False]
        content = b"".join(piece["body"] for piece in pieces)
        return Reply(start["status"], {name.decode(): value.decode() for name, value in start["headers"]}, content)

    def close(self) -> None:
        self.thread.submit(self.runner.close).result(60)


def made_large(directory: Path, release_id: str) -> list[Document]:
    """Files larger than what is kept in memory."""
    with Lake(directory) as lake:
        release = published(lake)
    rows = b"".join(b"%d,a row of many\n" % number for number in range(200_000))
    return [document(f"{folder}/{name}", rows) for folder in (folder_of(release), "open-data") for name in ("needs.csv", "needs.xlsx")]


async def dashboard(_scope: Scope, _receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 418, "headers": []})
    await send({"type": "http.response.body", "body": b"the dashboard"})


def made_here(directory: Path, release_id: str) -> list[Document]:
    """The files of a release, without a process of their own."""
    with Lake(directory) as lake:
        return list(site.documents(lake, release_id))


def made_small(directory: Path, release_id: str) -> list[Document]:
    """One file in place of all, which says of which release it is."""
    with Lake(directory) as lake:
        release, newest = next(each for each in shelves.releases(lake) if each.id == release_id), published(lake)
    folders = [folder_of(release), *(["open-data"] if release == newest else [])]
    return [document(f"{folder}/needs.csv", release_id.encode()) for folder in folders]


@pytest.fixture
def visiting() -> Iterator[Callable[..., Visitor]]:
    """`visiting(directory)` opens the site of a lake; `make` stands for how its files are made."""
    opened: list[Visitor] = []

    def visit(directory: Path, make: Any = made_small) -> Visitor:
        opened.append(Visitor(PublicFiles(dashboard, Shelves(directory, make))))
        return opened[-1]

    yield visit
    for visitor in opened:
        visitor.close()


@pytest.fixture(scope="module")
def everything(founded_directory: Path) -> Iterator[Visitor]:
    """The site of the default data."""
    visitor = Visitor(PublicFiles(dashboard, Shelves(founded_directory, made_here)))
    yield visitor
    visitor.close()


def until(holds: Callable[[], bool]) -> None:
    deadline = monotonic() + 30
    while not holds():
        assert monotonic() < deadline, "it does not come true"
        sleep(0.02)


def test_every_file_of_the_site_is_sent_whole_and_compressed(everything, founded_lake):
    for each in site.documents(founded_lake):
        plain, zipped = everything.get(f"/{each.path}"), everything.get(f"/{each.path}", accept_encoding="br, gzip")
        assert (plain.status, plain.content) == (200, each.content), each.path
        assert plain.headers["content-type"].split(";")[0] == each.media_type and "content-encoding" not in plain.headers
        compressed = "content-encoding" in zipped.headers
        assert (gzip.decompress(zipped.content) if compressed else zipped.content) == each.content
        assert compressed == (not each.path.endswith((".parquet", ".xlsx")) and len(zipped.content) < len(each.content))
        for reply in (plain, zipped):
            assert int(reply.headers["content-length"]) == len(reply.content)
            assert reply.headers["access-control-allow-origin"] == "*" and "license" in reply.headers["link"]
            assert reply.headers["vary"] == "Accept-Encoding"


def test_every_address_that_is_described_is_there(everything):
    described = json.loads(everything.get("/open-data/openapi.json").content)
    release = json.loads(everything.get("/open-data/releases.json").content)["releases"][0]["id"]
    assert described["openapi"].startswith("3.1") and len(described["paths"]) > 100
    for path, said in described["paths"].items():
        reply = everything.get(path.format(release=release))
        assert reply.status == 200
        assert list(said["get"]["responses"]["200"]["content"]) == [reply.headers["content-type"].split(";")[0]]
    identifiers = [said["get"]["operationId"] for said in described["paths"].values()]
    assert len(set(identifiers)) == len(identifiers)


def test_what_a_reader_has_already_is_not_sent_again(everything):
    first = everything.get("/open-data/headline.json", accept_encoding="gzip")
    for known in (
        {"if_none_match": first.headers["etag"]},
        {"if_none_match": f'"other", W/{first.headers["etag"]}'},
        {"if_none_match": "*"},
        {"if_modified_since": first.headers["last-modified"]},
    ):
        again = everything.get("/open-data/headline.json", accept_encoding="gzip", **known)
        assert (again.status, again.content, again.headers["etag"]) == (304, b"", first.headers["etag"])
    for unknown in (
        {"if_none_match": '"other"', "if_modified_since": first.headers["last-modified"]},
        {"if_modified_since": "Wed, 01 Jan 2020 00:00:00 GMT"},
        {"if_modified_since": "yesterday"},
    ):
        assert everything.get("/open-data/headline.json", **unknown).status == 200


def test_head_says_what_get_would_send(everything):
    sent, asked = (everything.get("/open-data/needs.csv", method) for method in ("GET", "HEAD"))
    assert (asked.status, asked.content, asked.headers) == (200, b"", sent.headers)


def test_scripts_of_other_sites_may_ask_first_and_nobody_may_write(everything):
    preflight = everything.get("/open-data/headline.json", "OPTIONS", origin="https://example.org")
    assert preflight.status == 204 and preflight.headers["access-control-allow-origin"] == "*"
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert everything.get("/open-data/headline.json", method).status == 405


@pytest.mark.parametrize(
    ("asked", "status", "part"),
    [
        ("bytes=0-3", 206, slice(0, 4)),
        ("bytes=-8", 206, slice(-8, None)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=0-99999999", 206, slice(0, None)),
        ("bytes=99999999-", 416, None),
        ("bytes=5-2", 416, None),
        ("bytes=-0", 416, None),
        ("bytes=0-1,5-6", 200, slice(0, None)),
        ("rows=1-2", 200, slice(0, None)),
    ],
)
def test_a_reader_of_parquet_gets_the_part_that_it_asks_for(everything, asked, status, part):
    whole = everything.get("/open-data/needs.parquet")
    reply = everything.get("/open-data/needs.parquet", range=asked, accept_encoding="gzip")
    assert reply.status == status
    if part:
        assert reply.content == whole.content[part] and int(reply.headers["content-length"]) == len(reply.content)
    changed = everything.get("/open-data/needs.parquet", range="bytes=0-3", if_range='"of an older file"')
    assert (changed.status, changed.content) == (200, whole.content)


def test_the_static_summary_has_a_short_address(everything):
    short, whole = everything.get("/summary"), everything.get("/summary/")
    assert short.status == 200 and short.content == whole.content and b"civilian cyber support" in short.content


def test_folders_are_pages(everything):
    moved = everything.get("/open-data")
    assert (moved.status, moved.headers["location"]) == (308, "open-data/")
    page = everything.get("/open-data/")
    assert page.status == 200 and page.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/open-data/nothing.csv", "/open-data/../server.py", "/open-data/releases/", "/open-data//", "/open-data/\x00"]
)
def test_what_is_not_published_is_not_found(everything, path):
    reply = everything.get(path)
    assert reply.status == 404 and b"There is no such file" in reply.content


@pytest.mark.parametrize("path", ["/", "/summary-other", "/open-data-other", "/healthz", "", "/_stcore/health"])
def test_everything_else_is_the_dashboard_s(everything, path):
    assert everything.get(path).content == b"the dashboard"


def test_whoever_refuses_gzip_gets_the_file_as_it_is(everything):
    for refusal in ("gzip;q=0", "gzip; q=0.0, identity", "identity", ""):
        assert "content-encoding" not in everything.get("/open-data/headline.json", accept_encoding=refusal).headers


def test_nothing_is_compressed_or_made_for_a_request(visiting, lake, directory, monkeypatch):
    released(lake)
    visitor = visiting(directory, made_here)
    visitor.get("/open-data/headline.json")
    monkeypatch.setattr(kept.gzip, "compress", None)
    monkeypatch.setattr(shelves, "Lake", None)
    for path in ("headline.json", "needs.csv", "index.html", "releases.json"):
        assert visitor.get(f"/open-data/{path}", accept_encoding="gzip").status == 200


def test_what_is_not_public_is_not_found_by_its_name(visiting, lake, directory):
    public = released(lake)
    waiting = released(lake, at=now() + timedelta(days=1))
    prepared = prepare(lake, author="Mari", note="")
    visitor = visiting(directory)
    assert visitor.get(f"/open-data/releases/{public.id}/needs.csv").status == 200
    for name in (waiting.id, prepared.id, "1999-01", "working", "..", "%"):
        assert visitor.get(f"/open-data/releases/{name}/needs.csv").status == 404


def test_readers_go_on_with_the_old_release_while_the_new_one_is_made(visiting, lake, directory):
    first = released(lake)
    go_on = Event()

    def make(place: Path, release_id: str) -> list[Document]:
        assert release_id == first.id or go_on.wait(30)
        return made_small(place, release_id)

    visitor = visiting(directory, make)
    before = visitor.get("/open-data/needs.csv")
    second = released(lake)
    for _ in range(3):
        assert visitor.get("/open-data/needs.csv").content == first.id.encode()
        assert visitor.get(f"/open-data/releases/{second.id}/needs.csv").status == 404
    go_on.set()
    until(lambda: visitor.get("/open-data/needs.csv").content == second.id.encode())
    assert visitor.get(f"/open-data/releases/{first.id}/needs.csv").content == first.id.encode()
    assert visitor.get("/open-data/needs.csv", if_none_match=before.headers["etag"]).status == 200


def test_a_release_whose_hour_comes_is_there_by_itself(visiting, lake, directory):
    first = released(lake)
    second = released(lake, at=now() + timedelta(seconds=3))
    visitor = visiting(directory)
    assert visitor.get("/open-data/needs.csv").content == first.id.encode()
    until(lambda: visitor.get("/open-data/needs.csv").content == second.id.encode())


def test_what_the_staff_takes_in_makes_nothing_anew(visiting, lake, directory):
    released(lake)
    asked: list[str] = []
    visitor = visiting(directory, lambda place, name: asked.append(name) or made_small(place, name))
    visitor.get("/open-data/needs.csv")
    taken(workbook(needs=[{"need": "Not public yet"}]), lake)
    for _ in range(5):
        visitor.get("/open-data/needs.csv")
        sleep(0.05)
    assert len(asked) == 1


def test_of_old_releases_only_a_few_are_kept(visiting, lake, directory):
    public: list[Release] = [released(lake) for _ in range(OLD_RELEASES + 2)]
    asked: list[str] = []
    visitor = visiting(directory, lambda place, name: asked.append(name) or made_small(place, name))
    for release in [*public, *public, public[-1]]:
        assert visitor.get(f"/open-data/releases/{release.id}/needs.csv").content == release.id.encode()
    assert asked == [public[-1].id, *[release.id for release in public[:-1]] * 2]
    assert len(visitor.app._shelves._old) == OLD_RELEASES


def test_a_failure_is_told_and_mended_and_never_takes_away_what_is_there(visiting, lake, directory, monkeypatch):
    first = released(lake)
    broken = Event()
    broken.set()

    def make(place: Path, release_id: str) -> list[Document]:
        if broken.is_set():
            raise RuntimeError("no room on the disk")
        return made_small(place, release_id)

    visitor = visiting(directory, make)
    reply = visitor.get("/open-data/needs.csv")
    assert reply.status == 503 and b"try again" in reply.content and b"disk" not in reply.content
    broken.clear()
    assert visitor.get("/open-data/needs.csv").content == first.id.encode()
    broken.set()
    monkeypatch.setattr(shelves, "AGAIN_AFTER", timedelta(seconds=1))
    second = released(lake)
    for _ in range(5):
        assert visitor.get("/open-data/needs.csv").content == first.id.encode()
        sleep(0.05)
    broken.clear()
    until(lambda: visitor.get("/open-data/needs.csv").content == second.id.encode())


def test_a_process_of_its_own_makes_the_same_files(founded_directory, founded_lake):
    release = published(founded_lake)
    assert by_path(made(founded_directory, release.id)) == by_path(site.documents(founded_lake))
    with pytest.raises(RuntimeError, match="no published release"):
        made(founded_directory, "1999-01")


def test_a_large_file_is_sent_in_pieces_and_whole(directory: Path, visiting):
    with Lake(directory) as lake:
        released(lake)
    visitor, content = visiting(directory, made_large), made_large(directory, "")[0].content
    assert len(content) > 2 * kept.MOST_IN_MEMORY
    for name in ("needs.csv", "needs.xlsx"):
        assert visitor.get(f"/open-data/{name}").content == content
    assert gzip.decompress(visitor.get("/open-data/needs.csv", accept_encoding="gzip").content) == content
    assert visitor.get("/open-data/needs.xlsx", range="bytes=1000000-2000000").content == content[1_000_000:2_000_001]
    assert visitor.get("/open-data/needs.csv", "HEAD").content == b""
