"""Addresses that may stand in the page: those of the web, and those of this site in the page's language."""

from urllib.parse import urlencode

from tallinn.languages import SOURCE, language

FOLDER = "summary"


def web_address(address: object) -> str:
    """The address if it is one of the web, else nothing: what comes from files can be anything."""
    text = str(address or "")
    return text if text.startswith(("https://", "http://")) else ""


def folder(code: str) -> str:
    """Where the page of a language stands."""
    return FOLDER if code == SOURCE else f"{FOLDER}/{code}"


def dashboard(path: str = "", **query: str) -> str:
    """A page of the dashboard, relative to the site. Without a language in its address the browser's would be shown."""
    return f"/{path}?{urlencode({**query, 'lang': language.get()})}"
