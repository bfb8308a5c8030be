"""What stands around the dashboard: settings, the page's shell, the health route and the rehearsal."""

from pathlib import Path

import pytest
import streamlit
from starlette.types import Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from server import SCRIPT, SHELLS, health
from tallinn.languages import SOURCE, language, languages
from tallinn.page.rehearsal import rehearse
from tallinn.wording import _
from tests.coroutines import finished


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("runner.postScriptGC", False),
        ("server.fileWatcherType", "none"),
        ("server.enableXsrfProtection", True),
        ("server.enableCORS", True),
        ("server.address", "127.0.0.1"),
        ("browser.gatherUsageStats", False),
        ("client.showErrorDetails", "none"),
    ],
)
def test_a_setting_is_in_effect(option: str, value: object):
    assert config.get_option(option) == value


@pytest.mark.parametrize("code", languages())
def test_the_shell_is_streamlits_page_under_our_title_in_the_readers_language(code: str):
    shell = SHELLS[code]
    with language.spoken(code):
        assert f"<title>{_('Tallinn Mechanism transparency dashboard')}</title>" in shell
    assert f'<html lang="{code}">' in shell
    assert shell.index(SCRIPT) < shell.index("<script type=")
    page = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    assert shell.count("<script") == page.count("<script") + 1


def test_the_health_route_says_ok():
    assert finished(health(None)).body == b"ok"


class Pages:
    """A server with three pages on the other side of the websocket."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        assert (await receive())["type"] == "websocket.connect"
        await send({"type": "websocket.accept"})
        while (message := await receive())["type"] == "websocket.receive":
            rerun = BackMsg.FromString(message["bytes"]).rerun_script
            self.asked.append((rerun.page_script_hash, rerun.query_string))
            for answer in (self.navigation(), ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)):
                await send({"type": "websocket.send", "bytes": answer.SerializeToString()})

    def navigation(self) -> ForwardMsg:
        message = ForwardMsg()
        for name in ("summary", "funding", "projects"):
            message.navigation.app_pages.add(page_script_hash=name, is_default=name == "summary")
        return message


def test_the_rehearsal_visits_the_start_page_and_then_every_page_in_every_language():
    server = Pages()
    finished(rehearse(server))
    assert server.asked[:3] == [("", ""), ("funding", "lang=en"), ("projects", "lang=en")]
    assert {(name, f"lang={code}") for name in ("summary", "funding", "projects") for code in languages() if code != SOURCE} == set(
        server.asked[3:]
    )
