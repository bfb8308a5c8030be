"""What a header says of currency and unit: “Betrag in Tsd. EUR” is EUR and 1000, and without them it is “Betrag”.

A unit that nobody sees makes every amount of the column a thousand times too small, so that words for it are looked for in all forms.
"""

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tallinn.ingest.words import words

_NUMERALS = {
    1_000_000: r"10\^6|10⁶|1[.,'’ \u00a0\u202f]?000[.,'’ \u00a0\u202f]?000",
    1_000: r"10\^3|10³|1[.,'’ \u00a0\u202f]?000s?|['’`]?000s?",
}
_NUMERAL = {
    unit: re.compile(rf"(?<![0-9])(?<![0-9][.,'’ ])(?:[x×*] ?)?(?:{form})(?![0-9])", re.IGNORECASE) for unit, form in _NUMERALS.items()
}
# A number and the word that it counts; 1 000 alone is a unit.
_NUMBER = re.compile(r"(?<!\w)(?!1[.,'’ \u00a0\u202f]?000\b)[1-9][0-9]*(?:[.,'’ \u00a0\u202f][0-9]+)*[ \u00a0-]*[^\W\d_]+")
_PIECE = re.compile(r"[^\s0-9()\[\]{},/;:_×+=]+")
# Before and after a word: the article of “d'euros”, the ending of “euro's”.
_TRIMMED = re.compile(r"^[dl]['’]|['’]s?$|^\.+|\.+$")
_LETTER_APART = re.compile(r"[,(\[]\s*([^\W\d_])\.?\s*[)\]]?\s*$")
LONGEST = 1_000
"""Letters of a header; what is longer is none."""
_LONGEST_WORD = 20
_HUMP = re.compile(r"(?<=[a-zà-ÿа-яіїєґ])(?=[A-ZÀ-ÞА-ЯІЇЄҐ€£$₴])")


@dataclass(frozen=True)
class Measure:
    """What a header says beside its name: the currency (None where it is not one alone), the unit, and the header without these words."""

    currency: str | None
    unit: int
    rest: str


@dataclass(frozen=True)
class _Said:
    """Some letters of a header: what they say of currency (several codes for a sign that they share) and factor."""

    start: int
    end: int
    currency: str | None
    factor: int | None


@lru_cache(maxsize=10_000)
def measure(text: str) -> Measure:
    """Currency and unit that a header names, and what is left of it."""
    if len(text) > LONGEST:
        return Measure(None, 1, text)
    said = sorted([*_numerals(text), *_of_pieces(text)], key=lambda each: each.start)
    units = [each.factor for each in said if each.factor]
    codes = {each.currency for each in said if each.currency and len(each.currency) == 3}
    ends = [0, *(each.end for each in said)]
    rest = " ".join(text[end:start] for end, start in zip(ends, [*(each.start for each in said), len(text)], strict=True))
    return Measure(codes.pop() if len(codes) == 1 else None, units[0] if units else 1, rest)


def letter_apart(header: str) -> str | None:
    """A letter by itself at the end of a header, in brackets or behind a comma, that may be a unit and is none known here: “Summe (T)”."""
    found = _LETTER_APART.search(header[-LONGEST:])
    return found[1] if found and measure(header).unit == 1 else None


def unit_said(text: str) -> int:
    """The unit that a sentence speaks of; what belongs to a number (“EUR 5 million for Ukraine”) is none."""
    return measure(_NUMBER.sub(" ", text)).unit


def _numerals(text: str) -> Iterator[_Said]:
    """1 000, '000, x1.000."""
    for unit, form in _NUMERAL.items():
        if match := form.search(text):
            yield _Said(match.start(), match.end(), None, unit)
            return


def _of_pieces(text: str) -> list[_Said]:
    """What the words say, two together (“US dollars”) or each by itself; a single letter only beside a currency or alone in brackets."""
    pieces = list(_pieces(text))
    found = [_of(text[first.start : second.end], first.start, second.end) for first, second in itertools.pairwise(pieces)]
    taken = {place for each in found if each for place in range(each.start, each.end)}
    said = [each for each in found if each] + [each for each in pieces if each.start not in taken and (each.currency or each.factor)]
    return [each for each in said if each.currency or len(text[each.start : each.end].strip(".")) > 1 or _is_unit(each, said, text)]


def _is_unit(letter: _Said, said: Sequence[_Said], text: str) -> bool:
    before, after = text[: letter.start].rstrip(" ,_"), text[letter.end :].lstrip(" ,_")
    beside = {len(before), len(text) - len(after)}
    return (before[-1:] in ("(", "[") and after[:1] in (")", "]")) or any(
        each.currency and {each.start, each.end} & beside for each in said
    )


def _pieces(text: str) -> Iterator[_Said]:
    """Every word, and what it says; a word of several humps (amountEUR) in parts if it says nothing as a whole."""
    for match in _PIECE.finditer(text):
        whole = _of(match[0], *match.span())
        parts = [match[0]] if whole else _HUMP.split(match[0])
        start = match.start()
        for part in parts:
            yield _of(part, start, start + len(part)) or _Said(start, start + len(part), None, None)
            start += len(part)


def _of(text: str, start: int, end: int) -> _Said | None:
    written = _TRIMMED.sub("", " ".join(text.casefold().split()))
    known = _known(written) or _glued(written)
    return _Said(start, end, *known) if known else None


def _glued(written: str) -> tuple[str | None, int | None] | None:
    """A currency and a factor in one word: EURm, £k, mio.kr."""
    for place in range(1, len(written) if len(written) <= _LONGEST_WORD else 0):
        left, right = _known(written[:place].strip(".")), _known(written[place:].strip("."))
        if left and right and bool(left[0]) != bool(right[0]) and bool(left[1]) != bool(right[1]):
            return left[0] or right[0], left[1] or right[1]
    return None


def _known(written: str) -> tuple[str | None, int | None] | None:
    return _words().get(written)


@cache
def _words() -> dict[str, tuple[str | None, int | None]]:
    """Currency and factor by word."""
    rows = [*words("units"), *words("amounts")]
    return {row["text"].strip("."): (row.get("currency") or None, int(row["factor"]) if row["factor"] else None) for row in rows}
