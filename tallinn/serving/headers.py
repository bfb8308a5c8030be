"""Headers that keep a browser from doing with our pages what they do not ask for (OWASP secure headers; CSP Level 3)."""

import base64
import hashlib
import re
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tallinn.frames import FOLDER
from tallinn.settings import FRAME_ANCESTORS

ONE_YEAR = 365 * 24 * 60 * 60
FRAMED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors *"
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


def policy(pages: Iterable[str]) -> str:
    """The Content-Security-Policy of our pages, which may run the scripts written in them, those of this server, and no others.

    Streamlit sets styles from its scripts, draws pictures from data and blobs, and needs WebAssembly.
    """
    written = sorted({_hash(script) for page in pages for script in _SCRIPT.findall(page)})
    rules = {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "'wasm-unsafe-eval'", *written]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "media-src": "'self' data: blob:",
        "worker-src": "'self' blob:",
        "connect-src": "'self' data: blob:",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": FRAME_ANCESTORS,
    }
    return "; ".join(f"{name} {sources}" for name, sources in rules.items())


def _hash(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


class SecureHeaders:
    """Adds the headers to every answer."""

    def __init__(self, app: ASGIApp, policy: str) -> None:
        self.app = app
        self.always = {
            "Content-Security-Policy": policy,
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "strict-origin-when-cross-origin",
            "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
            "Cross-Origin-Opener-Policy": "same-origin",
        }
        if FRAME_ANCESTORS == "'none'":
            self.always["X-Frame-Options"] = "DENY"

        # A chart alone is made to stand in other people's pages, has no script, and shows what is public.
        self.framed = {
            **{name: value for name, value in self.always.items() if name != "X-Frame-Options"},
            "Content-Security-Policy": FRAMED,
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        added = dict(self.framed if scope["path"].startswith(f"/{FOLDER}/") else self.always)
        if _is_encrypted(scope):
            added["Strict-Transport-Security"] = f"max-age={ONE_YEAR}; includeSubDomains"

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(added)
            await send(message)

        await self.app(scope, receive, sent)


def _is_encrypted(scope: Scope) -> bool:
    """Whether the browser speaks TLS, to us or to the proxy before us."""
    return "https" in (scope["scheme"], Headers(scope=scope).get("x-forwarded-proto"))
