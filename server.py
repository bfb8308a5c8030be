"""What `make run` serves: the dashboard, warmed up before the first visit, and a health route."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from streamlit.web.cli import main

from tallinn.page import warm
from tallinn.page.rehearsal import rehearse
from tallinn.settings import MAX_FILE_BYTES

TITLE = "Tallinn Mechanism transparency dashboard"
# Without it a shared link to a page begins with failed requests: the browser looks for the server below the address of the page.
ROOT_SCRIPT = "<script>window.__streamlit = {BACKEND_BASE_URL: window.location.origin}</script>"


class PageName(Convertor[str]):
    """The last part of a page's address; files have a dot and Streamlit's own routes an underscore."""

    regex = "[A-Za-z0-9-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Build the lake on first start, open the public store and run each page once before anybody waits for it."""
    print("Preparing the figures. The first start takes in the files of data/, which can take half a minute.", flush=True)
    warm()
    await rehearse(app)
    # What is loaded now stays for good: no collection need look at it again. Memory stays bounded because Python's own
    # collector goes on as usual; only Streamlit's extra full collection after each page run is off (.streamlit/config.toml).
    gc.collect()
    gc.freeze()
    yield {"ready": True}


async def health(_request: Request) -> PlainTextResponse:
    """Answers once the lifespan has begun, so "ok" means that a visitor will be served."""
    return PlainTextResponse("ok")


async def shell(_request: Request) -> HTMLResponse:
    """Streamlit's index.html under our title, told where its server is."""
    return HTMLResponse(SHELL, headers={"Cache-Control": "no-cache"})


def dressed(html: str) -> str:
    """Streamlit's index.html with our title and the address of its server."""
    return html.replace("<title>Streamlit</title>", f"<title>{TITLE}</title>").replace("<head>", f"<head>\n    {ROOT_SCRIPT}", 1)


SHELL = dressed((Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8"))
register_url_convertor("page", PageName())
ROUTES = [Route("/healthz", health), Route("/{name:page}", shell)]
app = st.App(Path(__file__).with_name("dashboard.py"), lifespan=lifespan, routes=ROUTES)

if __name__ == "__main__":
    # The same as `streamlit run server.py`, which reads flags and STREAMLIT_… variables; app.run() reads neither.
    # A file that is larger than our own limit is to reach us, so that our sentence says so.
    sys.argv[1:1] = ["run", __file__, f"--server.maxUploadSize={max(200, 2 * MAX_FILE_BYTES // 2**20)}"]
    sys.exit(main())
