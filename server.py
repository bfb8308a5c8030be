"""What `make run` serves: the dashboard, warmed up before the first visit, the open data, and health routes."""

import asyncio
import gc
import logging
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import escape
from pathlib import Path
from typing import Any

import streamlit as st
import uvicorn
from starlette.applications import Starlette
from starlette.convertors import Convertor, register_url_convertor
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from streamlit.web.cli import main

from tallinn import frames, static_summary
from tallinn.configuration import Unusable, configuration
from tallinn.ingest.findings import Refused
from tallinn.lake import exists
from tallinn.languages import SOURCE, language, languages, preferred
from tallinn.open_data import FOLDER
from tallinn.page import in_force, warm
from tallinn.page.framed import frame
from tallinn.page.rehearsal import rehearse
from tallinn.serving import Folder, Limits, Logged, NotWritten, PublicFiles, Scripts, SecureHeaders, Shelves, logs, policy
from tallinn.settings import MAX_FILE_BYTES, PUBLIC_ONLY, SITE, lake_dir, whole_number
from tallinn.wording import _

# Without the first line a shared link to a page begins with failed requests: the browser looks for the server below the address of the
# page. The rest tells screen readers the language that the address names, also when it is switched later on, and that Streamlit's list of
# pages, whose items stand outside of it once they are in sections, is none.
SCRIPT = """<script>
window.__streamlit = {BACKEND_BASE_URL: window.location.origin};
for (const name of ["pushState", "replaceState"]) {
  const go = history[name];
  history[name] = function () {
    go.apply(this, arguments);
    const language = new URLSearchParams(location.search).get("lang");
    if (language) document.documentElement.lang = language;
  };
}
new MutationObserver(() => {
  const items = '[data-testid="stSidebarNavItems"]';
  for (const item of document.querySelectorAll(`${items}:not([role]), ${items} li:not([role])`)) item.setAttribute("role", "none");
}).observe(document, {childList: true, subtree: true});
</script>"""


class PageName(Convertor[str]):
    """The last part of a page's address; files have a dot and Streamlit's own routes an underscore, but for the way back from a sign-in."""

    regex = "(?!oauth2callback$)[A-Za-z0-9-]*"

    def convert(self, value: str) -> str:
        return value

    def to_string(self, value: str) -> str:
        return value


async def ready(_request: Request) -> JSONResponse:
    """Says which release is served, once its figures and its files are at hand; 503 until then, so that nobody is sent here too early."""
    try:
        release = "" if SITE else (await asyncio.to_thread(in_force)).id
        has_files = (await SHELVES.find(f"{FOLDER}/releases.json")) is not None
    except Exception:
        logging.getLogger(__name__).warning("Not ready", exc_info=True)
        return JSONResponse({"status": "not ready"}, 503)
    return JSONResponse({"status": "ready", "release": release} if has_files else {"status": "not ready"}, 200 if has_files else 503)


def sign_in() -> dict[str, Any]:
    """What Streamlit has to know of the provider. Ends the program with a sentence when the configuration cannot be used."""
    try:
        found = configuration()
    except Unusable as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None
    if PUBLIC_ONLY:
        return {}
    if not found.has_sign_in:
        print("Nobody can sign in: no provider is configured (docs/sign-in.md). The dashboard is public and read-only.", flush=True)
        return {}
    return {"auth": dict(found.auth)}


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[dict[str, Any]]:
    """Build the lake on first start, open the public store and run each page once before anybody waits for it."""
    logs.begin()
    print("Preparing the figures. The first start takes in the files of data/, which can take half a minute.", flush=True)
    warm()
    await rehearse(app)
    SHELVES.begin()
    # What is loaded now stays for good: no collection need look at it again. Memory stays bounded because Python's own
    # collector goes on as usual; only Streamlit's extra full collection after each page run is off (.streamlit/config.toml).
    gc.collect()
    gc.freeze()
    yield {"ready": True}


async def health(_request: Request) -> PlainTextResponse:
    """Answers once the lifespan has begun, so "ok" means that a visitor will be served."""
    return PlainTextResponse("ok")


async def shell(request: Request) -> HTMLResponse:
    """Streamlit's index.html under our title, in the language that the address names or the browser prefers."""
    named = request.query_params.get("lang", "")
    code = named if named in SHELLS else preferred(request.headers.get("Accept-Language"))
    return HTMLResponse(SHELLS[code], headers={"Cache-Control": "no-cache", "Vary": "Accept-Language"})


async def chart(request: Request) -> Response:
    """One chart for somebody else's page, in the language that its address names: what the public reads, and only that."""
    given = {key: tuple(request.query_params.getlist(key)) for key in request.query_params}
    code, release = (next(iter(given.pop(key, ())), "") for key in ("lang", "release"))
    code = code if code in languages() else SOURCE
    try:
        made = await asyncio.to_thread(frame, request.path_params["name"], tuple(sorted(given.items())), release=release, code=code)
    except Refused as refused:
        return PlainTextResponse(f"{refused}\n", 404)
    return HTMLResponse(made, headers={"Cache-Control": "public, max-age=60"})


async def to_the_summary(_request: Request) -> RedirectResponse:
    """Where no dashboard is served, the static summary is the way in."""
    return RedirectResponse(f"/{static_summary.FOLDER}/")


def shelves() -> Folder | Shelves:
    """Where the public's files come from. Ends the program with a sentence when there is nothing to take them from."""
    try:
        if PUBLIC_ONLY and not SITE and not exists(lake_dir()):
            raise NotWritten(f"{lake_dir()} holds no lake, and PUBLIC_ONLY makes none. Copy one there, or name a folder in TALLINN_SITE.")
        return Folder(SITE) if SITE else Shelves(lake_dir())
    except NotWritten as problem:
        sys.stderr.write(f"{problem}\n")
        raise SystemExit(2) from None


def dressed(html: str, code: str) -> str:
    """Streamlit's index.html with our title in a language, and the address of its server."""
    with language.spoken(code):
        title = _("Tallinn Mechanism transparency dashboard")
    html = html.replace('<html lang="en">', f'<html lang="{code}">').replace("<title>Streamlit</title>", f"<title>{escape(title)}</title>")
    return html.replace("<head>", f"<head>\n    {SCRIPT}", 1).replace("</head>", f"    {EARLY}\n  </head>", 1)


STATIC = Path(st.__file__).parent / "static"
INDEX = (STATIC / "index.html").read_text(encoding="utf-8")
# Nearly every page has a chart; without these the browser learns of the largest script only when the first chart arrives.
EARLY = "".join(
    f'<link rel="modulepreload" crossorigin href="./{script.relative_to(STATIC).as_posix()}">'
    for script in STATIC.glob("static/js/PlotlyChart.*.js")
)
SHELLS = {code: dressed(INDEX, code) for code in languages()}
register_url_convertor("page", PageName())
HEALTH = [Route("/healthz", health), Route("/readyz", ready)]
ROUTES = [*HEALTH, Route(f"/{frames.FOLDER}/{{name}}", chart), Route("/{name:page}", shell)]
SHELVES = shelves()
MIDDLEWARE = [
    Middleware(SecureHeaders, policy=policy(SHELLS.values())),
    Middleware(PublicFiles, shelves=SHELVES),
    Middleware(Logged),
    Middleware(Limits),
]
DASHBOARD = Path(__file__).with_name("dashboard.py")
if SITE:
    app = Starlette(routes=[*HEALTH, Route("/", to_the_summary)], middleware=MIDDLEWARE)
else:
    scripts = Middleware(Scripts, folder=STATIC)
    app = st.App(DASHBOARD, lifespan=lifespan, routes=ROUTES, middleware=[*MIDDLEWARE, scripts], secrets=sign_in())

if __name__ == "__main__" and SITE:
    logs.begin()
    # Only Streamlit's own command reads its variables.
    host = os.environ.get("STREAMLIT_SERVER_ADDRESS") or st.get_option("server.address")
    port = whole_number("STREAMLIT_SERVER_PORT", st.get_option("server.port"))
    uvicorn.run(app, host=host, port=port, access_log=False, log_config=None)
elif __name__ == "__main__":
    # The same as `streamlit run server.py`, which reads flags and STREAMLIT_… variables; app.run() reads neither.
    # A file that is larger than our own limit is to reach us, so that our sentence says so.
    sys.argv[1:1] = ["run", __file__, f"--server.maxUploadSize={max(200, 2 * MAX_FILE_BYTES // 2**20)}"]
    sys.exit(main())
