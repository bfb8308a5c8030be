"""From a donor's file to the public: one person takes it in, a second one approves, and then everything public changes, and only then."""

import json
import re
import time
import urllib.request
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, StorageState, expect
from streamlit.proto.BackMsg_pb2 import BackMsg

from tallinn.lake import Lake
from tests.samples import taken, workbook

from .visit import STAFF, Visit, signed_in, visiting
from .wire import replayed, visited

pytestmark = pytest.mark.browser

SECOND = "taavi@office.example"
ROW = {"contribution_id": "SWE-more", "donor_id": "SWE", "amount": 5_000_000, "tlp": "TLP:CLEAR"}
SECONDS = 60


def fetched(address: str) -> str:
    with urllib.request.urlopen(address, timeout=SECONDS) as answer:
        return str(answer.read().decode())


def committed(address: str) -> str:
    return str(json.loads(fetched(f"{address}/open-data/headline.json"))["rows"][0]["committed_eur"])


def public(address: str) -> tuple[str, str, str]:
    """What is committed as everybody reads it: on the dashboard, in the open data, and on the static page."""
    page = fetched(f"{address}/summary")
    return visited(address, "").figures[0], committed(address), next(each for each in ("EUR 21.7m", "EUR 16.7m") if each in page)


def press(visitor: Visit, button: str, then: str) -> None:
    visitor.tab.get_by_role("button", name=button, exact=True).click()
    expect(visitor.tab.get_by_text(then)).to_be_visible()


def test_a_file_changes_what_is_public_when_a_second_person_has_approved_and_not_before(
    browser: Browser, own_address: str, own_staff: StorageState
):
    before = public(own_address)
    assert before[0] == before[2] == "EUR 16.7m"
    with visiting(browser, own_address, state=own_staff) as visitor:
        visitor.open("/upload")
        content = {"name": "sweden.xlsx", "mimeType": "application/octet-stream", "buffer": workbook(contributions=[ROW])}
        visitor.tab.locator('input[type="file"]').set_input_files([content])
        press(visitor, "Take in 1 row", "Contributions: 1 added")
        assert public(own_address) == before
        visitor.open("/releases")
        press(visitor, "Prepare", "Somebody else must approve it now.")
        press(visitor, "Approve", "Somebody else must approve it.")
        assert public(own_address) == before
    with visiting(browser, own_address, state=signed_in(browser, own_address, SECOND)) as visitor:
        visitor.open("/releases")
        press(visitor, "Approve", "is approved and can be published.")
        assert public(own_address) == before
        press(visitor, "Publish", "is public.")
        assert visitor.errors() == []
    until = time.monotonic() + SECONDS
    while committed(own_address) == before[1] or "EUR 21.7m" not in fetched(f"{own_address}/summary"):
        assert time.monotonic() < until, "the open data stayed as it was"
        time.sleep(1)
    now = public(own_address)
    assert (now[0], now[2]) == ("EUR 21.7m", "EUR 21.7m") and Decimal(now[1]) == Decimal(before[1]) + 5_000_000


def test_a_message_that_no_page_sent_does_nothing_for_somebody_who_is_not_of_the_staff(
    browser: Browser, own_address: str, own_staff: StorageState, directory: Path
):
    """The messages of a staff member's browser, sent once more by other visitors: pages by their name, buttons by theirs."""
    sent: list[bytes] = []
    with Lake(directory) as lake:
        taken(workbook(contributions=[{**ROW, "contribution_id": "SWE-undone"}]), lake)
        undone_before = sum(each["undone_at"] is not None for each in lake.history())
    with visiting(browser, own_address, state=own_staff) as visitor:
        visitor.tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))  # noqa: PLW0108 - not a builtin
        visitor.open("/submissions")
        visitor.tab.get_by_label("Why it is undone").fill("A message sent again")
        visitor.tab.get_by_role("button", name="Undo this submission").click()
        expect(visitor.tab.get_by_text(re.compile("Submission [0-9]+ is undone"))).to_be_visible()
    with Lake(directory) as lake:
        assert sum(each["undone_at"] is not None for each in lake.history()) == undone_before + 1
        before = lake.history()
    messages = [frame for frame in sent if isinstance(frame, bytes) and BackMsg.FromString(frame).WhichOneof("type") == "rerun_script"]
    assert len(messages) >= 2
    for person in (None, "nora@netherlands.example", STAFF):
        state = signed_in(browser, own_address, person) if person else None
        answers = replayed(own_address, messages, state)
        assert (b"A message sent again" in answers) == (person == STAFF), person
    with Lake(directory) as lake:
        assert lake.history() == before
