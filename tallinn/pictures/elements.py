"""What a drawing in SVG is made of: elements whose text can do nothing but be read, and how wide that text is."""

import html
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal
from xml.etree.ElementTree import Element

import font_source_sans_pro
from PIL import ImageFont

Weight = Literal["Regular", "Semibold", "Bold"]
LINE = 1.25
"""The distance of two lines of text, in sizes of the text."""
FONTS = Path(font_source_sans_pro.__file__).parent / "files"


def plain(text: object) -> str:
    """Text that can do nothing but be read: whatever breaks lines is a space, what is neither letter nor sign shows that it was there."""
    return "".join(_sign(sign) for sign in str(text))


def _sign(sign: str) -> str:
    if sign.isprintable() or unicodedata.category(sign) == "Zs":
        return sign
    return " " if sign.isspace() else "\ufffd"


def element(tag: str, *inside: Element, text: str = "", **attributes: float | str) -> Element:
    """An element. Names have _ for -; numbers are cut to a tenth, which nobody sees."""
    made = Element(tag, {name.rstrip("_").replace("_", "-"): _value(value) for name, value in attributes.items()})
    made.text = plain(text) or None
    made.extend(inside)
    return made


def _value(value: float | str) -> str:
    return plain(value) if isinstance(value, str) else f"{value:.1f}".removesuffix(".0")


def lines_of(text: str) -> list[tuple[str, Weight]]:
    """Text as Plotly takes it, in lines of plain text with their weight: of its tags only <br> and a <b> around all are ours."""
    weight: Weight = "Semibold" if text.startswith("<b>") else "Regular"
    bare = re.sub("</?b>", "", text)
    return [(html.unescape(line), weight) for line in bare.split("<br>")]


def width_of(text: str, size: float) -> float:
    """The width of the longest line of a text as Plotly takes it."""
    return max((font(weight).getlength(line) * size / 100 for line, weight in lines_of(text)), default=0.0)


def height_of(text: str, size: float) -> float:
    return len(lines_of(text)) * size * LINE


@cache
def font(weight: Weight) -> ImageFont.FreeTypeFont:
    """The face at a hundred units, to measure with."""
    return ImageFont.truetype(FONTS / f"SourceSansPro-{weight}.ttf", 100)


SIGN = re.compile("([\u2190-\u2bff]+)")
SIGNS = "DejaVu Sans Mono"
"""The face that has them; it comes with typst."""
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def words(text: str, x: float, y: float, *, size: float, color: str, across: str = "left", down: str = "middle") -> list[Element]:
    """Lines of text. `across`: which side of them is at x (left, center, right); `down`: which is at y (top, middle, bottom)."""
    lines = lines_of(text)
    top = y - {"top": 0.0, "middle": 0.5, "bottom": 1.0}[down] * len(lines) * size * LINE
    look: dict[str, Any] = {"font_size": size, "fill": color, "text_anchor": ANCHORS[across]}
    weights: dict[Weight, dict[str, str]] = {"Regular": {}, "Semibold": {"font_weight": "600"}, "Bold": {"font_weight": "700"}}
    # The letters of a line stand on its baseline, a third of its size below its middle.
    return [
        element("text", *_runs(line), x=x, y=top + (number + 0.5) * size * LINE + size * 0.34, **look, **weights[weight])
        for number, (line, weight) in enumerate(lines)
        if line
    ]


def _runs(line: str) -> list[Element]:
    """Text in pieces: the face has no arrows and signs, and one of them would turn the whole line into another face."""
    return [element("tspan", text=run, **({"font_family": SIGNS} if SIGN.match(run) else {})) for run in SIGN.split(line) if run]


def segment(x1: float, y1: float, x2: float, y2: float, *, color: str, width: float = 1, dash: str = "") -> Element:
    dashes = {"stroke_dasharray": DASHES[dash]} if dash in DASHES else {}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=color, stroke_width=width, **dashes)


DASHES = {"dash": "7 4", "dot": "2 3", "dashdot": "7 3 2 3", "longdash": "12 4"}
TILE = 6
STROKES = {
    "/": "M-1 7 7-1M-1 1 1-1M5 7 7 5",
    "\\": "M-1-1 7 7M5-1 7 1M-1 5 1 7",
    "x": "M-1 7 7-1M-1-1 7 7",
    "-": "M0 3H6",
    "|": "M3 0V6",
    "+": "M0 3H6M3 0V6",
    ".": "M3 3h.01",
}


def hatch(shape: str, color: str) -> tuple[str, Element]:
    """A pattern and the name by which it is filled with."""
    name = re.sub(r"\W", "", f"hatch{list(STROKES).index(shape)}{color}")
    look = {"stroke": color, "stroke_width": "2" if shape == "." else "1.6", "stroke_linecap": "round", "fill": "none"}
    tile = element("path", d=STROKES[shape], **look)
    return f"url(#{name})", element("pattern", tile, id=name, width=TILE, height=TILE, patternUnits="userSpaceOnUse")


def path(points: Sequence[tuple[float, float]], *, close: bool = False) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + ("Z" if close else "")
