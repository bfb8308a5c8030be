"""What `make run` serves: the dashboard, warmed up before the first visit, and a health route."""

import gc
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from streamlit.web.cli import main


@asynccontextmanager
async def lifespan(_app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Build the lake on first start and the public store before anybody waits for it."""
    # Caches need Streamlit's runtime, which runs from here on.
    from tallinn.page import warm

    warm()
    # What is loaded now stays for good: no collection need look at it again. Memory stays bounded because Python's own
    # collector goes on as usual; only Streamlit's extra full collection after each page run is off (.streamlit/config.toml).
    gc.collect()
    gc.freeze()
    yield {"ready": True}


async def health(_request: Request) -> PlainTextResponse:
    """Answers once the lifespan has begun, so "ok" means that a visitor will be served."""
    return PlainTextResponse("ok")


app = st.App(Path(__file__).with_name("dashboard.py"), lifespan=lifespan, routes=[Route("/healthz", health)])

if __name__ == "__main__":
    # The same as `streamlit run server.py`, which reads flags and STREAMLIT_… variables; app.run() reads neither.
    sys.argv[1:1] = ["run", __file__]
    sys.exit(main())
