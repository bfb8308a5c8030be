"""One visitor as the server sees a browser: a websocket, rerun requests, and messages until the page run has finished."""

from dataclasses import dataclass, field

from streamlit.proto.Alert_pb2 import Alert
from streamlit.proto.AppPage_pb2 import AppPage
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

LARGEST_MESSAGE = 200 * 1024 * 1024
REMEMBERED_RUNS = 2
"""A browser forgets a message that the last two runs did not use (Streamlit's global.maxCachedMessageAge)."""


@dataclass
class Session:
    """An open visit. `run` asks for a page and returns when the server says that it is complete."""

    port: int
    socket: ClientConnection
    pages: list[AppPage] = field(default_factory=list)
    runs: int = 0
    received: int = 0
    elements: int = 0
    kept: dict[str, int] = field(default_factory=dict)

    @classmethod
    async def open(cls, port: int) -> "Session":
        """Connect as the browser does: its own origin, the token for cross-site checks in the subprotocol."""
        address = f"127.0.0.1:{port}"
        protocols = [Subprotocol("streamlit"), Subprotocol("PLACEHOLDER_AUTH_TOKEN")]
        browser = {"compression": None, "ping_interval": None, "max_size": LARGEST_MESSAGE}
        socket = await connect(f"ws://{address}/_stcore/stream", origin=Origin(f"http://{address}"), subprotocols=protocols, **browser)
        return cls(port, socket)

    async def run(self, page: AppPage | None = None, query: str = "") -> None:
        """One full page run, its bytes read to the last. Raises RuntimeError where the page shows an error."""
        await self.socket.send(self._request(page, query).SerializeToString())
        self.elements = 0
        while True:
            content = await self.socket.recv(decode=False)
            self.received += len(content)
            message = ForwardMsg.FromString(content)
            self._take(message)
            if message.WhichOneof("type") == "script_finished":
                break
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            raise RuntimeError("the page did not compile")
        self.runs += 1
        self.kept = {name: last for name, last in self.kept.items() if self.runs - last <= REMEMBERED_RUNS}

    async def close(self) -> None:
        await self.socket.close()

    def _request(self, page: AppPage | None, query: str) -> BackMsg:
        message = BackMsg()
        state = message.rerun_script
        state.query_string = query
        state.page_script_hash = page.page_script_hash if page else ""
        state.page_name = page.url_pathname if page and not page.is_default else ""
        state.cached_message_hashes.extend(self.kept)
        state.widget_states.SetInParent()
        state.context_info.timezone = "Europe/Kyiv"
        state.context_info.timezone_offset = -120
        state.context_info.locale = "en-GB"
        state.context_info.url = f"http://127.0.0.1:{self.port}/{state.page_name}"
        state.context_info.is_embedded = False
        state.context_info.color_scheme = "light"
        return message

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.pages = list(message.navigation.app_pages)
        elif kind == "ref_hash":
            self.kept[message.ref_hash] = self.runs
            self.elements += 1
        elif kind == "delta" and message.delta.HasField("new_element"):
            self.elements += 1
            shown = message.delta.new_element
            if shown.WhichOneof("type") == "exception" or shown.alert.format == Alert.ERROR:
                raise RuntimeError(f"the page shows an error: {shown.exception.message or shown.alert.body}")
        if message.metadata.cacheable:
            self.kept[message.hash] = self.runs
