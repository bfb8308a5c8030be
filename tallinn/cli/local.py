"""The dashboard on this machine alone, with a provider on which anybody can be anybody: for trying out, training and developing."""

import argparse
import os
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tallinn.cli.common import BadArgument
from tallinn.settings import ROOT
from tallinn.wording import _

HERE = ("", "127.0.0.1", "localhost", "::1")
PEOPLE = {
    "olena@office.example": "Olena, project office",
    "taavi@office.example": "Taavi, project office",
    "nora@netherlands.example": "Nora, the Netherlands",
    "stina@sweden.example": "Stina, Sweden",
    "milan@observer.example": "Milan, observer",
    "paula@elsewhere.example": "Paula, nobody in particular",
}
ROLES = """
[roles]
staff = ["@office.example"]
partner = ["@observer.example"]

[roles.donors]
NLD = ["@netherlands.example"]
SWE = ["@sweden.example"]
"""


def local(options: argparse.Namespace) -> int:
    """Serve until somebody stops it."""
    if os.environ.get("STREAMLIT_SERVER_ADDRESS", "") not in HERE:
        raise BadArgument(_("The test provider lets anybody be anybody, so it serves this machine alone. Unset STREAMLIT_SERVER_ADDRESS."))
    with provider() as issuer, TemporaryDirectory() as folder:
        config = Path(folder) / "config.toml"
        config.touch(mode=0o600)
        config.write_text(configured(issuer), encoding="utf-8")
        print(_("Sign in as {people}.").format(people=", ".join(PEOPLE)), flush=True)
        server = [sys.executable, str(ROOT / "server.py"), f"--server.port={options.port}", "--server.address=127.0.0.1"]
        server.append("--browser.serverAddress=localhost")
        try:
            return subprocess.run(server, env={**os.environ, "TALLINN_CONFIG": str(config)}, check=False).returncode  # noqa: S603
        except KeyboardInterrupt:
            return 0


def configured(issuer: str, host: str = "localhost") -> str:
    """The configuration of a dashboard on this machine, whose people the provider knows. Streamlit fills in the port."""
    auth = {
        "redirect_uri": f"http://{host}:{{port}}/oauth2callback",
        "cookie_secret": secrets.token_urlsafe(32),
        "client_id": "dashboard",
        "client_secret": secrets.token_urlsafe(32),
        "server_metadata_url": f"{issuer}/.well-known/openid-configuration",
    }
    return "\n".join(["[auth]", *(f'{name} = "{value}"' for name, value in auth.items())]) + "\n" + ROLES


@contextmanager
def provider(**options: Any) -> Iterator[str]:
    """A provider on 127.0.0.1 that knows PEOPLE, as long as the context lasts; its address."""
    try:
        import oidc_provider_mock  # needed here alone (requirements-local.txt)
        from werkzeug.serving import make_server
    except ImportError:
        raise BadArgument(_("The test provider is not installed: pip install -r requirements-local.txt")) from None
    people = [
        oidc_provider_mock.User(sub=address, claims={"email": address, "email_verified": True, "name": name})
        for address, name in PEOPLE.items()
    ]
    server = make_server("127.0.0.1", 0, oidc_provider_mock.app(user_claims=people, **options), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--port", type=int, default=8501, metavar="NUMBER")
