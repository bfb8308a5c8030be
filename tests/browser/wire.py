"""What the server sends to a visitor, without a browser that draws it: for what is said to whom, not for how it looks."""

from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import StorageState
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

SECONDS = 60
QUIET = 3
"""Seconds without a word after a page is complete: nothing more comes."""


@dataclass(frozen=True)
class Heard:
    """What a page sends to one visitor."""

    answers: list[ForwardMsg]

    @property
    def pages(self) -> set[str]:
        """The paths that the navigation names."""
        return {f"/{page.url_pathname}" for answer in self.answers for page in answer.navigation.app_pages}

    @property
    def figures(self) -> list[str]:
        """The large figures of the page, in its order."""
        shown = (answer.delta.new_element for answer in self.answers)
        return [element.metric.body for element in shown if element.WhichOneof("type") == "metric"]

    @property
    def content(self) -> bytes:
        return b"".join(answer.SerializeToString() for answer in self.answers)


def visited(address: str, page: str, state: StorageState | None = None) -> Heard:
    """A page ("" is the start page) as somebody with these cookies hears it."""
    with _connected(address, state) as socket:
        request = BackMsg()
        request.rerun_script.page_name = page
        request.rerun_script.widget_states.SetInParent()
        socket.send(request.SerializeToString())
        answers = []
        while not answers or answers[-1].WhichOneof("type") != "script_finished":
            answers.append(ForwardMsg.FromString(socket.recv(timeout=SECONDS, decode=False)))
    assert answers[-1].script_finished == ForwardMsg.FINISHED_SUCCESSFULLY
    return Heard(answers)


def replayed(address: str, messages: Iterable[bytes], state: StorageState | None = None) -> bytes:
    """Send these messages as somebody with these cookies; all that is answered."""
    with _connected(address, state) as socket:
        for message in messages:
            socket.send(message)
        answers, patience = b"", SECONDS
        try:
            while True:
                answer = socket.recv(timeout=patience, decode=False)
                answers += answer
                if ForwardMsg.FromString(answer).WhichOneof("type") == "script_finished":
                    patience = QUIET
        except TimeoutError:
            return answers


def _connected(address: str, state: StorageState | None) -> ClientConnection:
    cookies = {cookie["name"]: cookie["value"] for cookie in state["cookies"]} if state else {}
    protocols = [Subprotocol("streamlit"), Subprotocol(cookies.get("_streamlit_xsrf", "none"))]
    headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())} if cookies else {}
    stream = f"{address.replace('http', 'ws')}/_stcore/stream"
    return connect(stream, origin=Origin(address), subprotocols=protocols, additional_headers=headers, max_size=None)
