"""Signing in at a provider in a real browser, what each role then sees, and what does not sign anybody in."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Download, StorageState, expect

from benchmarks.serving import served
from tallinn.lake import Lake
from tallinn.releases import approve, prepare, publish
from tests.samples import copied, taken, workbook

from .visit import ROOT, STAFF, Visit, signed_in, visiting
from .wire import visited

pytestmark = pytest.mark.browser

OFFICE = {"/upload", "/submissions", "/templates", "/audit"}
DUTCH, SWEDISH = "nora@netherlands.example", "stina@sweden.example"
LABELS = ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT")


@pytest.fixture(scope="module")
def server(founded_directory: Path, sign_in_at: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A dashboard whose release holds rows of two donors under every label."""
    directory = copied(founded_directory, tmp_path_factory.mktemp("labelled") / "lake")
    rows = [
        {"contribution_id": f"{donor}-{label}", "donor_id": donor, "purpose": f"Purpose {donor} {label}", "tlp": f"TLP:{label}"}
        for donor in ("NLD", "SWE")
        for label in LABELS
    ]
    with Lake(directory) as opened:
        taken(workbook(contributions=rows), opened)
        name = prepare(opened, author="mari", note="").id
        approve(opened, name, author="olena")
        publish(opened, name, author="mari")
    with served(ROOT / "server.py", environment={"TALLINN_LAKE": str(directory)} | sign_in_at) as port:
        yield f"http://127.0.0.1:{port}"


def csv_file(visitor: Visit) -> Download:
    """The rows of the last panel of proof on Funding by donor: the list of contributions."""
    visitor.open("/funding")
    panel = visitor.tab.get_by_text("How this is made").last
    panel.evaluate("panel => panel.scrollIntoView({block: 'center'})")
    panel.click()
    expect(visitor.tab.get_by_test_id("stDownloadButton").last).to_be_visible()
    visitor.wait()
    with visitor.tab.expect_download() as download:
        visitor.tab.get_by_test_id("stDownloadButton").get_by_role("button").last.click()
    return download.value


def contributions(sent: bytes) -> set[str]:
    """The purposes of our rows in what was sent."""
    return {purpose.decode() for purpose in re.findall(rb"Purpose ((?:NLD|SWE) (?:CLEAR|GREEN|AMBER\+STRICT|AMBER))", sent)}


@pytest.mark.parametrize(
    ("person", "seen"),
    [
        (None, {"NLD CLEAR", "SWE CLEAR"}),
        ("paula@elsewhere.example", {"NLD CLEAR", "SWE CLEAR"}),
        ("milan@observer.example", {"NLD CLEAR", "SWE CLEAR", "NLD GREEN", "SWE GREEN"}),
        (DUTCH, {"NLD CLEAR", "SWE CLEAR", "NLD GREEN", "SWE GREEN", "NLD AMBER"}),
        (SWEDISH, {"NLD CLEAR", "SWE CLEAR", "NLD GREEN", "SWE GREEN", "SWE AMBER"}),
        (STAFF, {f"{donor} {label}" for donor in ("NLD", "SWE") for label in LABELS}),
    ],
    ids=["nobody", "unknown", "partner", "Dutch", "Swedish", "staff"],
)
def test_who_signs_in_sees_the_rows_of_that_role_and_no_others(person: str | None, seen: set[str], browser: Browser, server: str):
    heard = visited(server, "funding", signed_in(browser, server, person) if person else None)
    assert contributions(heard.content) == seen
    assert OFFICE & heard.pages == (OFFICE if person == STAFF else set())


def test_what_a_partner_takes_away_carries_the_label_of_its_most_closed_row(browser: Browser, server: str):
    with visiting(browser, server) as visitor:
        visitor.sign_in(DUTCH)
        expect(visitor.tab.get_by_text("these figures hold rows up to TLP:AMBER")).to_be_visible()
        download = csv_file(visitor)
        assert "TLP-AMBER" in download.suggested_filename
        rows = contributions(Path(download.path()).read_bytes())
        assert rows == {"NLD CLEAR", "SWE CLEAR", "NLD GREEN", "SWE GREEN", "NLD AMBER"}
        assert visitor.errors() == [] and visitor.complaints == []


def test_signing_out_in_one_tab_ends_the_session_in_the_others(browser: Browser, server: str):
    with visiting(browser, server, state=signed_in(browser, server, STAFF)) as visitor:
        visitor.open("/submissions")
        other = Visit(visitor.tab.context.new_page(), server)
        other.open("/account").tab.get_by_role("button", name="Sign out").click()
        other.tab.wait_for_url(re.compile("127.0.0.1"))
        visitor.tab.get_by_label("Why it is undone").fill("It was a mistake")
        visitor.tab.get_by_role("button", name="Undo this submission").click()
        visitor.wait()
        expect(visitor.tab.get_by_role("button", name="Undo this submission")).to_have_count(0)
        visitor.open("/audit")
        assert not OFFICE & set(visitor.pages())


def test_a_cookie_that_somebody_wrote_signs_nobody_in(browser: Browser, server: str):
    state = signed_in(browser, server, DUTCH)
    for cookie in state["cookies"]:
        if cookie["name"].startswith("_streamlit_user"):
            cookie["value"] = forged(cookie["value"], STAFF)
    heard = visited(server, "funding", state)
    assert not OFFICE & heard.pages
    assert contributions(heard.content) == {"NLD CLEAR", "SWE CLEAR"}


def forged(signed: str, person: str) -> str:
    """The cookie with another person in it under the same signature."""
    body = signed.split("|", maxsplit=1)[0].rpartition(".")
    claims = {"is_logged_in": True, "email": person, "sub": person, "iss": "http://127.0.0.1", "iat": 2_000_000_000}
    written = base64.urlsafe_b64encode(json.dumps(claims).encode()).decode()
    return f"{written}.{body[2] or signed}"


def test_a_code_that_was_used_signs_nobody_in_again(browser: Browser, server: str):
    with visiting(browser, server) as visitor:
        used: list[str] = []
        visitor.tab.on("request", lambda request: used.append(request.url) if "/oauth2callback" in request.url else None)
        visitor.sign_in(STAFF)
        (callback,) = used
    for state in (None, without_user(signed_in(browser, server, STAFF))):
        with visiting(browser, server, state=state) as visitor:
            visitor.tab.goto(callback)
            assert not OFFICE & visited(server, "", visitor.tab.context.storage_state()).pages


def without_user(state: StorageState) -> StorageState:
    """What a browser keeps after the person is signed out."""
    return {**state, "cookies": [cookie for cookie in state["cookies"] if not cookie["name"].startswith("_streamlit_user")]}


def test_whoever_comes_by_another_name_of_the_machine_is_led_to_the_one_where_signing_in_works(browser: Browser, server: str):
    with visiting(browser, server.replace("127.0.0.1", "localhost")) as visitor:
        visitor.open("/account")
        link = visitor.tab.get_by_test_id("stMain").get_by_role("link", name=f"Sign in at {server}")
        assert link.get_attribute("href") == f"{server}/account"


def test_without_a_provider_the_dashboard_is_public_and_says_how_to_name_one(browser: Browser, lake: dict[str, str], tmp_path: Path):
    environment = lake | {"TALLINN_CONFIG": str(tmp_path / "none.toml")}
    with served(ROOT / "server.py", environment=environment) as port, visiting(browser, f"http://127.0.0.1:{port}") as visitor:
        visitor.open("/account")
        expect(visitor.tab.get_by_text("No sign-in is configured")).to_be_visible()
        assert not OFFICE & set(visitor.pages())
        assert visitor.errors() == [] and visitor.complaints == []
