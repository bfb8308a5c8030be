"""Somebody of each role, and the configuration that gives it to them."""

import time
from pathlib import Path
from typing import Any

import pytest

from tallinn.access import Person
from tallinn.audience import Audience
from tallinn.page import visit

CONFIG = """
[auth]
redirect_uri = "http://localhost:8501/oauth2callback"
cookie_secret = "a secret of thirty-two characters or more"
client_id = "dashboard"
client_secret = "another"
server_metadata_url = "http://127.0.0.1:1/.well-known/openid-configuration"

[roles]
staff = ["@office.example"]
partner = ["milan@observer.example"]

[roles.donors]
NLD = ["@netherlands.example"]
SWE = ["stina@sweden.example"]
"""
ADDRESSES = {
    "staff": "olena@office.example",
    "second": "taavi@office.example",
    "NLD": "nora@netherlands.example",
    "SWE": "stina@sweden.example",
    "partner": "milan@observer.example",
    "unknown": "paula@elsewhere.example",
}


def claims(who: str, **said: Any) -> dict[str, Any]:
    """What a provider says of one of ADDRESSES, just signed in; nothing of the public."""
    if who == "public":
        return {"is_logged_in": False}
    address = ADDRESSES[who]
    known = {"iss": "http://127.0.0.1:1", "sub": address, "email": address, "name": address.partition("@")[0].title()}
    return {"is_logged_in": True, "iat": int(time.time()), **known, **said}


def configure(monkeypatch: pytest.MonkeyPatch, folder: Path, text: str = CONFIG) -> Path:
    """The configuration of this test."""
    file = folder / "config.toml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("TALLINN_CONFIG", str(file))
    return file


def sign_in(monkeypatch: pytest.MonkeyPatch, who: str, **said: Any) -> None:
    """From now on the visitor is this person; `public` is nobody."""
    known = claims(who, **said)
    monkeypatch.setattr(visit, "claims", lambda: known)


def somebody(audience: Audience | None) -> Person | None:
    """A person of this audience; nobody for None or the public."""
    if audience is None or audience.role == "public":
        return None
    return Person("anna@gov.example", "Anna", audience, ("http://127.0.0.1:1", "anna", 1), 2e9)
