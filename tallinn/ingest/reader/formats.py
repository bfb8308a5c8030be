"""Number formats of a workbook: what they show beside a number (a currency, “Mio. €”, %), and what they divide it by before showing it.

The grammar is that of ECMA-376, part 1, 18.8.31.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tallinn.ingest.sheets import Money, Percent

Make = Callable[[Any], Any]
_PERCENT_FORMATS = {9, 10}
# A text in quotes, a character by itself, a space as wide as a character, a filling; a currency with its locale, a colour or condition.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(E[+-][0#?]+|General)|([0#?])|(.)', re.IGNORECASE | re.DOTALL)
_SAYS = re.compile(r"[^\W_]|[€£$₴¥₺₹₩₪₸₾%~≈<>≥≤±]")


@dataclass
class _Shown:
    """What one part of a format shows: its words, by how many commas it divides, and whether a number stands in it at all."""

    words: str = ""
    commas: int = 0
    percent: bool = False
    number: bool = False


def meaning(number: int, code: str) -> Make | None:
    """What to make of a number in the format with this id and code; None where it shows nothing but the number."""
    shown = next((part for part in _parts(code) if part.number), _Shown())
    if number in _PERCENT_FORMATS or shown.percent:
        return percent
    words = " ".join(shown.words.split()).strip(" ()-+:")
    if shown.commas or _SAYS.search(words):
        return functools.partial(money, words if _SAYS.search(words) else "", 1000**shown.commas)
    return None


def _parts(code: str) -> list[_Shown]:
    """The parts of a format: for positive and negative numbers, for zero and for text."""
    parts = [_Shown()]
    for match in _TOKEN.finditer(code):
        quoted, escaped, currency, general, digit, other = match.groups()
        now = parts[-1]
        if other == ";":
            parts.append(_Shown())
        elif digit or general:
            now.number, now.commas = True, 0
        elif other == ",":
            now.commas += now.number
        elif other == "%":
            now.percent = True
        else:
            now.words += quoted or escaped or currency or (other if other not in (".", "/", "@", None) else " ")
    return parts


def percent(cell: Any) -> Any:
    return Percent(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


def money(words: str, scale: int, cell: Any) -> Any:
    return Money(cell, words, scale) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell
