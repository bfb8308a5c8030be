"""The picture that stands beside a link to the summary: the headline, the release, and how much of what is reported is itemised."""

import io
from functools import cache
from pathlib import Path
from typing import Any, Literal

import font_source_sans_pro
from PIL import Image, ImageDraw, ImageFont

from tallinn import provenance, summary, theme
from tallinn.ingest.invented import MARK
from tallinn.provenance import Ask
from tallinn.wording import _, unknown

SIZE = (1200, 630)
LEFT, RIGHT, GAP = 80, 1120, 16
PAPER, INK, MUTED, REST = "#ffffff", "#0d1830", "#4a5568", "#dfe5ed"
KEYS = ("", theme.STAGES["pledge"], REST, "")
"""The colours that stand for the figures after the first in the bar; the others are in none."""
Weight = Literal["Regular", "Semibold", "Bold"]


def card(ask: Ask) -> bytes:
    """The picture as a PNG of 1200 × 630 pixels, the size that social media crop least."""
    facts, money = ask("release_facts"), ask("headline")
    committed, *others = summary.figures(money)
    picture = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, 24, SIZE[1]), fill=theme.BLUE)
    _write(draw, 64, _("The Tallinn Mechanism in summary"), 40, "Semibold")
    _write(draw, 150, committed.label, 34, color=MUTED, key=theme.STAGES["commitment"])
    _write(draw, 182, committed.value, 128, "Bold")
    _draw_parts(draw, 356, money.rows.to_dict("records")[0])
    for at, (figure, key) in enumerate(zip(others, KEYS, strict=True)):
        left, following = (LEFT + place * (RIGHT - LEFT) // len(others) for place in (at, at + 1))
        _write(draw, 420, figure.value, 38, "Semibold", within=(left, following - GAP))
        _write(draw, 468, figure.label, 26, color=MUTED, within=(left, following - GAP), key=key)
    _write(draw, 556, provenance.imprint(facts), 24, color=MUTED)
    if facts.release.demonstration:
        draw.rectangle((0, 0, SIZE[0], 48), fill=theme.VERMILLION)
        _write(draw, 4, MARK, 32, "Bold", color=PAPER)
    content = io.BytesIO()
    picture.save(content, "PNG")
    return content.getvalue()


def _write(
    draw: ImageDraw.ImageDraw,
    y: int,
    text: str,
    size: int,
    weight: Weight = "Regular",
    *,
    color: str = INK,
    within: tuple[int, int] = (LEFT, RIGHT + 40),
    key: str = "",
) -> None:
    """A line of text, smaller where it would have no room; after a square of the colour that stands for it, if one does."""
    left, right = within
    if key:
        draw.rectangle((left, y + size // 2 - 4, left + size // 2, y + size - 4), fill=key)
        left += size // 2 + 10
    font = _font(weight, size)
    while left + draw.textlength(text, font) > right and size > 12:
        size -= 1
        font = _font(weight, size)
    draw.text((left, y), text, color, font)


def _draw_parts(draw: ImageDraw.ImageDraw, y: int, facts: dict[Any, Any]) -> None:
    """What is committed and what is pledged as parts of what is reported; nothing where that is not known."""
    if unknown(facts["reported_eur"]) or facts["reported_eur"] <= 0:
        return
    draw.rectangle((LEFT, y, RIGHT, y + 28), fill=REST)
    left = float(LEFT)
    for name, color in (("committed_eur", theme.STAGES["commitment"]), ("pledged_not_committed_eur", theme.STAGES["pledge"])):
        part = 0 if unknown(facts[name]) else max(facts[name], 0) / facts["reported_eur"]
        right = min(left + (RIGHT - LEFT) * part, RIGHT)
        if part:
            draw.rectangle((left, y, right, y + 28), fill=color)
        left = right


@cache
def _font(weight: Weight, size: int) -> ImageFont.FreeTypeFont:
    """The dashboard's typeface, which has Latin, Greek and Cyrillic letters; Pillow's own lacks accents and dashes."""
    return ImageFont.truetype(Path(font_source_sans_pro.font_directory) / f"SourceSansPro-{weight}.ttf", size)
