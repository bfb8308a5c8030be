"""Drawings as inline SVG: made for the width of a phone, so that their text stays legible on one and grows with a wider page.

Colours with a meaning come from the theme and hold on light and dark; text and lines take the colour of the page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from markupsafe import Markup

from tallinn import theme
from tallinn.charts import chart
from tallinn.ingest.invented import MARK
from tallinn.pictures.elements import element

WIDTH = 340
"""Units of a drawing's width: a phone of 360 px shows one of them as a pixel."""
LINE = 15
LETTER = chart.LETTER_WIDTH
HATCH = 6
BASELINE = 4
"""What text stands below the middle that it is centred on."""
HATCHED = (theme.STAGES["pledge"], theme.ATTACKS, theme.GREY)


@dataclass(frozen=True)
class Key:
    """What a colour stands for."""

    name: str
    color: str
    hatched: bool = False
    opacity: float = 1


def drawing(name: str, height: float, parts: Iterable[Element], *, title: str, alt: str, invented: bool = False) -> Markup:
    """The drawing as it stands in a page, with its title and description. `name` is unique on the page."""
    told = [element("title", text=title, id=f"{name}-title"), element("desc", text=alt, id=f"{name}-desc")]
    stamp = [_stamp(height)] if invented else []
    box = {
        "viewBox": f"0 0 {WIDTH} {ceil(height)}",
        "preserveAspectRatio": "xMinYMin",
        "role": "img",
        "aria-labelledby": f"{name}-title {name}-desc",
    }
    whole = element("svg", *told, *stamp, *parts, **box)
    return Markup(ElementTree.tostring(whole, encoding="unicode"))  # noqa: S704 - all text in it is escaped by ElementTree


def _stamp(height: float) -> Element:
    """Written across a drawing of invented data, which may leave the page as a picture, behind what is drawn."""
    place = f"rotate(-15 {WIDTH / 2:.0f} {height / 2:.0f})"
    return element("text", text=MARK, x=WIDTH / 2, y=height / 2, class_="stamp", text_anchor="middle", transform=place)


def words(text: str, x: float, y: float, *, look: str = "", at: str = "start") -> Element:
    """A line of text whose middle is at `y`; `look` is a class of the page, `at` is start, middle or end."""
    marks = {"class": look} if look else {}
    return element("text", text=text, x=x, y=y + BASELINE, text_anchor=at, **marks)


def bar(x: float, y: float, width: float, height: float, *, color: str, hatched: bool = False, opacity: float = 1) -> Element:
    """A bar; hatched, it is what is promised, incomplete or unknown, never a fact in full. No bar is too thin to be seen."""
    look: dict[str, Any] = {"fill": f"url(#{_hatch(color)})", "stroke": color} if hatched else {"fill": color}
    if opacity != 1:
        look["fill_opacity"] = str(opacity)
    return element("rect", x=x, y=y, width=max(width, 1), height=max(height, 1), **look)


def line(x1: float, y1: float, x2: float, y2: float, *, look: str) -> Element:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=look)


def hatches() -> Markup:
    """The patterns of hatched bars, to stand once in a page."""
    patterns = [_pattern(color) for color in HATCHED]
    hidden = {"width": "0", "height": "0", "aria-hidden": "true", "class": "patterns"}
    return Markup(ElementTree.tostring(element("svg", element("defs", *patterns), **hidden), encoding="unicode"))  # noqa: S704 - nothing of the data


def _pattern(color: str) -> Element:
    stripe = element("line", x1=0, y1=0, x2=0, y2=HATCH, stroke=color, stroke_width=3)
    tile: dict[str, Any] = {"width": HATCH, "height": HATCH, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return element("pattern", stripe, id=_hatch(color), **tile)


def _hatch(color: str) -> str:
    return f"hatch-{color.removeprefix('#')}"


def unknown(text: str, x: float, y: float) -> list[Element]:
    """An open mark with words where no bar can be, so that unknown is not drawn as zero."""
    return [element("path", d=f"M{x + 5:.1f} {y - 4:.1f}l4 4-4 4-4-4z", class_="unknown"), words(text, x + 13, y, look="muted")]


def legend(keys: Sequence[Key]) -> tuple[list[Element], float]:
    """Names beside what they stand for, in as many lines as they need; and the height of them all."""
    drawn: list[Element] = []
    x, y = 0.0, LINE / 2
    for key in keys:
        width = 16 + len(key.name) * LETTER
        if x and x + width > WIDTH:
            x, y = 0, y + LINE + 3
        drawn += [bar(x, y - 5, 10, 10, color=key.color, hatched=key.hatched, opacity=key.opacity), words(key.name, x + 16, y)]
        x += width + 12
    return drawn, y + LINE


def ticks(top: float, most: int = 5) -> list[float]:
    """Round numbers from 0 up to at least `top`, at most `most` steps of them."""
    if top <= 0:
        return [0.0, 1.0]
    unit = 10 ** floor(log10(top / most))
    step = next(unit * factor for factor in (1, 2, 2.5, 5, 10) if unit * factor * most >= top)
    return [step * n for n in range(ceil(round(top / step, 9)) + 1)]
