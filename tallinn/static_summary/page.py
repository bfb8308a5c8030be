"""The page: its template filled with what the release says, every text from data escaped."""

import tomllib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from tallinn import provenance, summary, theme
from tallinn.ingest.invented import MARK, MEANING
from tallinn.languages import language, languages
from tallinn.pictures.elements import plain
from tallinn.provenance import Ask
from tallinn.releases import Release
from tallinn.settings import LICENCE, LICENCE_URL, ROOT
from tallinn.static_summary import svg, tables
from tallinn.static_summary.links import dashboard, folder, web_address
from tallinn.static_summary.sections import sections
from tallinn.wording import _

MOST_RELEASES = 8


def page(ask: Ask, releases: Sequence[Release], *, address: str, contact: str) -> str:
    """The page as HTML: `releases` are the public ones, the newest first; `address` is the site's, where it is known."""
    facts, money = ask("release_facts"), ask("headline")
    release = facts.release
    words: dict[str, Any] = {
        "release": release,
        "releases": tables.releases(releases[:MOST_RELEASES], address=address),
        "earlier": len(releases) - MOST_RELEASES,
        "older": provenance.older(release, releases[0]) if release != releases[0] else "",
        "sentence": summary.in_a_sentence(money),
        "figures": summary.figures(money),
        "sources": provenance.sources(money, ask),
        "sections": sections(ask),
        "gaps": summary.gaps(ask("not_known")),
        "imprint": provenance.imprint(facts),
        "citation": provenance.citation(facts, address),
        "warning": f"{MARK} – {_(MEANING)}" if release.demonstration else "",
        "mark": f"{MARK} – " if release.demonstration else "",
        "address": address,
        "contact": contact,
        "language": language.get(),
        "folder": folder(language.get()),
        "versions": {code: (name, folder(code)) for code, name in languages().items()},
    }
    return _environment().get_template("page.html").render(words)


@cache
def _environment() -> Environment:
    """Templates that escape every value and know no undefined name."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_legible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.globals |= {
        "_": _,
        "web_address": web_address,
        "dashboard": dashboard,
        "icon": theme.ICON,
        "hatches": svg.hatches(),
        "licence": LICENCE,
        "licence_address": LICENCE_URL,
        "theme": _theme(),
        "grey": theme.GREY,
        "blue": theme.BLUE,
    }
    return environment


def _legible(value: object) -> object:
    return value if isinstance(value, Markup) else plain(value)


def _theme() -> dict[str, dict[str, str]]:
    """Backgrounds, text and links as the dashboard has them, light and dark."""
    with (ROOT / ".streamlit" / "config.toml").open("rb") as settings:
        themes = tomllib.load(settings)["theme"]
    return {name: themes[name] for name in ("light", "dark")}
