"""One chart as a page of its own, for a frame in somebody else's: drawn on the server, legible without a script, with its source."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects as go
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from tallinn import charts, theme
from tallinn.ask import question
from tallinn.ingest.findings import Refused
from tallinn.ingest.invented import MARK
from tallinn.languages import language
from tallinn.pictures import svg
from tallinn.provenance import Ask, sources
from tallinn.settings import LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _, later

FOLDER = "chart"
"""The first part of the addresses of frames: /chart/donor_ladder?donors=SWE&lang=uk"""
WIDE, NARROW = 760, 360
"""Pixels of the two drawings; the page shows the one that has room."""
_HATCH = re.compile(r"\bhatch\w+")
LONGEST, MOST = 100, 20
"""Signs of a value and values of a parameter that are read."""


@dataclass(frozen=True)
class Frame:
    """A chart that can stand alone: its function, the questions whose answers it takes, the page that shows it too, and its unit."""

    chart: Callable[..., go.Figure]
    questions: tuple[str, ...]
    page: str
    unit: str = ""


EURO = later("EUR, at the ECB reference rate of each value date.")
PROJECTS = later("Number of projects.")
FRAMES = {
    frame.chart.__name__: frame
    for frame in (
        Frame(charts.funding_over_time, ("funding_over_time", "milestones"), "", EURO),
        Frame(charts.donor_ladder, ("donor_ladder", "confirmations"), "funding", EURO),
        Frame(charts.donors_by_year, ("donors_by_year",), "funding", EURO),
        Frame(charts.funding_by_year, ("funding_by_year",), "funding", EURO),
        Frame(charts.funding_by_category, ("funding_by_category",), "funding", EURO),
        Frame(charts.counting_waterfall, ("counting_waterfall",), "funding", EURO),
        Frame(charts.flow, ("flow",), "flow", EURO),
        Frame(charts.needs, ("needs",), "needs", later("Number of needs as stated; several bodies can state the same one.")),
        Frame(charts.category_coverage, ("category_coverage",), "needs", PROJECTS),
        Frame(charts.donor_over_time, ("donor_over_time",), "donor", EURO),
        Frame(charts.donor_years, ("donor_years",), "compare", EURO),
        Frame(charts.donor_categories, ("donor_categories",), "compare", EURO),
        Frame(charts.project_status, ("project_status",), "projects", PROJECTS),
        Frame(charts.project_categories, ("project_categories",), "projects", PROJECTS),
        Frame(charts.project_delivery, ("project_delivery",), "projects", PROJECTS),
        Frame(charts.attacks_by_year, ("attacks_by_year",), "cyberattacks", later("Number of cases in each calendar year, as published.")),
    )
}


def framed(ask: Ask, name: str, given: Mapping[str, Sequence[str]]) -> bytes:
    """The page of a chart as HTML. `given` are values by the names that its questions know; others are left out.

    Raises Refused where there is no such chart, or a value is too long.
    """
    frame = FRAMES.get(name)
    if frame is None:
        raise Refused(_("There is no such chart. There are: {names}.").format(names=", ".join(sorted(FRAMES))))
    asked = [(each, _parameters(each, given)) for each in frame.questions]
    answers = [ask(each, **parameters) for each, parameters in asked]
    figure = frame.chart(*(answer.rows for answer in answers))
    meta, release = figure.layout.meta, answers[0].release
    words = {
        "title": meta["title"],
        "alt": meta["alt"],
        "notes": [*meta.get("notes", ()), *([_(frame.unit)] if frame.unit else [])] if figure.data else [],
        "drawings": {"wide": _drawn(figure, WIDE), "narrow": _drawn(figure, NARROW)} if figure.data else {},
        "source": sources(answers[0], ask),
        "mark": MARK if release.demonstration else "",
        "target": f"/{frame.page}",
    }
    return _template().render(words).encode()


def _parameters(name: str, given: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    query = question(name)
    found: dict[str, Any] = {}
    for key in query.defaults:
        values = tuple(value for value in given.get(key, ()) if value)
        if len(values) > MOST or any(len(value) > LONGEST for value in values):
            raise Refused(_("The value of “{name}” is too long.").format(name=key))
        if values:
            found[key] = values if key in query.lists else values[0]
    return found


def _drawn(figure: go.Figure, width: int) -> Markup:
    whole = svg(figure, width)
    # It is as wide as its frame, and as high as it needs.
    del whole.attrib["width"], whole.attrib["height"]
    for part in whole.iter():
        # Two drawings stand in one page, in which an id may stand once.
        for name, value in part.attrib.items():
            part.set(name, _HATCH.sub(rf"\g<0>-{width}", value) if name in ("id", "fill") else value)
    whole.set("role", "img")
    whole.set("aria-label", figure.layout.meta["alt"])
    return Markup(ElementTree.tostring(whole, encoding="unicode"))  # noqa: S704 - all text in it is escaped by ElementTree


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals |= {
        "_": _,
        "language": language,
        "dashboard": TITLE,
        "licence": LICENCE,
        "licence_address": LICENCE_URL,
        "theme": theme,
        "icon": theme.ICON,
    }
    return environment.get_template("frame.html")
