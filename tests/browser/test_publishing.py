"""From a donor's file to the public: one person takes it in, a second one approves, and then everything public changes, and only then."""

import json
import re
import time
import urllib.request
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.sync.client import connect
from websockets.typing import Origin, Subprotocol

from tallinn.lake import Lake
from tests.samples import workbook

from .visit import STAFF, Visit, signed_in, visiting

pytestmark = pytest.mark.browser

SECOND = "taavi@office.example"
ROW = {"contribution_id": "SWE-more", "donor_id": "SWE", "amount": 5_000_000, "tlp": "TLP:CLEAR"}
SECONDS = 60


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return str(answer.read().decode())


def committed(address: str) -> str:
    return str(json.loads(fetched(f"{address}/open-data/headline.json"))["rows"][0]["committed_eur"])


def public(browser: Browser, address: str) -> tuple[str, str, str]:
    """What is committed as everybody reads it: on the dashboard, in the open data, and on the static page."""
    with visiting(browser, address) as visitor:
        visitor.open()
        shown = visitor.tab.get_by_test_id("stMetricValue").first.inner_text()
    return shown, committed(address), "EUR 21.7m" if "EUR 21.7m" in fetched(f"{address}/summary") else "EUR 16.7m"


def press(visitor: Visit, button: str, then: str) -> None:
    visitor.tab.get_by_role("button", name=button, exact=True).click()
    expect(visitor.tab.get_by_text(then)).to_be_visible()


def test_a_file_changes_what_is_public_when_a_second_person_has_approved_and_not_before(browser: Browser, own_address: str):
    before = public(browser, own_address)
    assert before[0] == before[2] == "EUR 16.7m"
    with visiting(browser, own_address, state=signed_in(browser, own_address, STAFF)) as visitor:
        visitor.open("/upload")
        content = {"name": "sweden.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(contributions=[ROW])}
        visitor.tab.locator('input[type="file"]').set_input_files([content])
        press(visitor, "Take in 1 row", "Contributions: 1 added")
        assert public(browser, own_address) == before
        visitor.open("/releases")
        press(visitor, "Prepare", "Somebody else must approve it now.")
        press(visitor, "Approve", "Somebody else must approve it.")
        assert public(browser, own_address) == before
    with visiting(browser, own_address, state=signed_in(browser, own_address, SECOND)) as visitor:
        visitor.open("/releases")
        press(visitor, "Approve", "is approved and can be published.")
        assert public(browser, own_address) == before
        press(visitor, "Publish", "is public.")
        assert visitor.errors() == []
    until = time.monotonic() + SECONDS
    while committed(own_address) == before[1] or "EUR 21.7m" not in fetched(f"{own_address}/summary"):
        assert time.monotonic() < until, "the open data stayed as it was"
        time.sleep(1)
    now = public(browser, own_address)
    assert (now[0], now[2]) == ("EUR 21.7m", "EUR 21.7m") and Decimal(now[1]) == Decimal(before[1]) + 5_000_000


def test_a_message_that_no_page_sent_does_nothing_for_somebody_who_is_not_of_the_staff(browser: Browser, own_address: str, directory: Path):
    """The messages of a staff member's browser, sent once more by other visitors: pages by their name, buttons by theirs."""
    sent: list[bytes] = []
    with visiting(browser, own_address, state=signed_in(browser, own_address, STAFF)) as visitor:
        visitor.tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))  # noqa: PLW0108 - not a builtin
        visitor.open("/submissions")
        visitor.tab.get_by_label("Why it is undone").fill("A message sent again")
        visitor.tab.get_by_role("button", name="Undo this submission").click()
        expect(visitor.tab.get_by_text(re.compile("Submission [0-9]+ is undone"))).to_be_visible()
    with Lake(directory) as lake:
        assert sum(each["undone_at"] is not None for each in lake.history()) == 1
        before = lake.history()
    messages = [frame for frame in sent if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"]
    assert len(messages) >= 2
    for person in (None, "nora@netherlands.example", STAFF):
        cookies = signed_in(browser, own_address, person)["cookies"] if person else []
        answers = replayed(own_address, messages, "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in cookies))
        assert (b"A message sent again" in answers) == (person == STAFF), person
    with Lake(directory) as lake:
        assert lake.history() == before


def replayed(address: str, messages: list[bytes], cookies: str) -> bytes:
    """Send the messages as somebody with these cookies; all that is answered."""
    token = next((each.partition("=")[2] for each in cookies.split("; ") if each.startswith("_streamlit_xsrf=")), "none")
    protocols = [Subprotocol("streamlit"), Subprotocol(token)]
    headers = {"Cookie": cookies} if cookies else {}
    stream = f"{address.replace('http', 'ws')}/_stcore/stream"
    with connect(stream, origin=Origin(address), subprotocols=protocols, additional_headers=headers, max_size=None) as socket:
        for message in messages:
            socket.send(message)
        answers = b""
        try:
            while True:
                answers += socket.recv(timeout=5, decode=False)
        except TimeoutError:
            return answers
