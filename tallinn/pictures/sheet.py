"""A chart as a picture that can stand by itself: with its finding, its notes, where it comes from and its licence inside."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

import plotly.graph_objects as go
import typst

from tallinn import theme
from tallinn.ingest.invented import MARK
from tallinn.languages import language
from tallinn.pictures.elements import FONTS
from tallinn.pictures.plot import svg
from tallinn.settings import TITLE

Form = Literal["png", "svg", "pdf"]
FORMS: tuple[Form, ...] = ("png", "svg", "pdf")
WIDTH = 800
"""Points from side to side, in print 28 cm."""
DRAWN = WIDTH - 48
DOTS = 144
"""Dots an inch of a PNG, which is so 1,600 pixels wide."""
TEMPLATE = Path(__file__).with_name("picture.typ")


@dataclass(frozen=True)
class Picture:
    """What stands in a picture: the figure with what it says of itself, and `source`: lines with its sources, release, licence, address."""

    figure: go.Figure
    source: tuple[str, ...]
    invented: bool = False


def picture(shown: Picture, form: Form) -> bytes:
    """The picture, 800 points wide and as high as it needs; the same bytes for the same. Raises NotDrawn for what cannot be drawn."""
    meta = shown.figure.layout.meta
    said = {
        "width": WIDTH,
        "title": meta["title"],
        "alt": meta["alt"],
        "notes": list(meta.get("notes", ())),
        "drawing": ElementTree.tostring(svg(shown.figure, DRAWN), encoding="unicode"),
        "source": shown.source,
        "mark": MARK if shown.invented else "",
        "author": TITLE,
        "lang": language.get(),
        "ink": theme.INK,
        "soft": theme.SOFT,
        "grey": theme.GREY,
        "warning": theme.VERMILLION,
    }
    inputs = {"said": json.dumps(said)}
    made = typst.compile(TEMPLATE, format=form, ppi=DOTS, font_paths=[FONTS], ignore_system_fonts=True, sys_inputs=inputs)
    if not isinstance(made, bytes):
        raise TypeError("a picture has one page")
    return made
