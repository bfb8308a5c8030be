"""A written amount taken apart: the digits, and what the words and signs around them say of sign, factor and currency."""

import re
from functools import cache, lru_cache
from typing import NamedTuple

from tallinn.ingest.meaning import Unclear
from tallinn.ingest.names import currency_code
from tallinn.ingest.words import folded, words

_SPACES = str.maketrans(dict.fromkeys("\u00a0\u2007\u2009\u202f", " ") | dict.fromkeys("’ʼ´", "'") | dict.fromkeys("−‑", "-"))
_BODY = re.compile(r"([^0-9]*)([0-9](?:[0-9 .,']*[0-9])?)([^0-9]*)")
_NO_CENTS = re.compile(r"(?<=[0-9])[.,](?:--?|–|—)(?=[^0-9]*$)")
_RANGE = re.compile(
    r"[^0-9]*[0-9][0-9 .,']*[^0-9]*?(?:[-–—]|\b(?:to|and|bis|до|по|kuni|à|till|til|tot|do|a)\b)[^0-9]*[0-9][0-9 .,']*[^0-9]*"
)
_TOKEN = re.compile(r"[^\W\d_]*[$€£₴¥₺₹₩₪₸₾][^\W\d_]*|[^\W\d_]+(?:[.'][^\W\d_]+)*\.?|[-+()~≈<>≥≤±]|\S")
# A dash between a word and a number ("C-17", "500-EUR") need not be a minus.
_HYPHENATED = re.compile(r"[^\W\d_]-$")
_HYPHEN = re.compile(r"-[^\W\d_]")
# No amount is written longer than this.
_LONGEST = 80


class Written(NamedTuple):
    """A number as written: digits with their signs, their factor, and the currency (several codes for a sign that they share).

    `doubtful`: the factor's word ("billion") that is a larger number in another of the donors' languages.
    """

    body: str
    negative: bool = False
    factor: int = 1
    currency: str | None = None
    sign: str | None = None
    doubtful: str | None = None


def taken_apart(text: str) -> Written:
    """A text taken apart: the number, and what the words and signs around it say. Raises Unclear for any word that is not known."""
    if len(text) > _LONGEST:
        raise Unclear("number-too-large" if text.lstrip("+-").isdigit() else "not-a-number")
    if any(dash in text for dash in "-–—"):
        text = _NO_CENTS.sub("", text)
    text = text.strip() if text.isascii() else text.translate(_SPACES).strip()
    match = _BODY.fullmatch(text)
    if not match:
        raise Unclear(_why_no_number(text))
    before, body, after = match.groups()
    around = _around(before, after)
    if isinstance(around, Unclear):
        raise Unclear(around.rule)
    return Written(body, *around)


def shown_beside(words: str) -> Written | None:
    """What the words beside a number say, which its cell's format shows there; None if they are not known. Raises Unclear."""
    try:
        return Written("", False, *_said_by([words]))
    except Unclear as unclear:
        if unclear.rule != "not-a-number" or any(map(str.isdigit, words)):
            raise
        return None


def says_something(words: str) -> bool:
    """Whether words beside a number say anything of an amount."""
    try:
        return bool(words) and shown_beside(words) is not None
    except Unclear:
        return True


def _why_no_number(text: str) -> str:
    if re.fullmatch(r"[0-9][0-9.,]*", text):
        return "ambiguous-number"
    return "amount-range" if _RANGE.fullmatch(text) else "not-a-number"


@lru_cache(maxsize=4096)
def _around(before: str, after: str) -> tuple[bool, int, str | None, str | None, str | None] | Unclear:
    """Whether the number is negative, its factor, its currency and the sign of it, and a doubtful word, as the texts around it say."""
    if _HYPHENATED.search(before) or _HYPHEN.match(after):
        return Unclear("not-a-number")
    left, right = _TOKEN.findall(before), _TOKEN.findall(after.removeprefix("-"))
    minus, plus = left.count("-") + after.startswith("-"), left.count("+")
    brackets = left.count("("), right.count(")")
    if minus + plus > 1 or brackets not in ((0, 0), (1, 1)) or (minus + plus and brackets[0]):
        return Unclear("not-a-number")
    sides = [" ".join(each for each in left if each not in "-+("), " ".join(each for each in right if each != ")")]
    try:
        return bool(minus or brackets[0]), *_said_by(sides)
    except Unclear as unclear:
        return unclear


def _said_by(sides: list[str]) -> tuple[int, str | None, str | None, str | None]:
    """Factor, currency (several codes for a shared sign), its sign and a doubtful word, as the words before and after a number say.

    A code settles a sign ("$ 5 CAD") only if it is one of the currencies that share the sign.
    """
    factors: list[tuple[int, str]] = []
    currencies: dict[str, str] = {}
    for side in sides:
        for phrase in _phrases(side):
            factor, currency = _word(phrase)
            if factor:
                factors.append((factor, phrase))
            if currency:
                currencies[currency] = phrase
    currency = min(currencies, key=len, default=None)
    if len(factors) > 1 or any(each != currency and currency not in each.split() for each in currencies):
        raise Unclear("not-a-number")
    factor, word = factors[0] if factors else (1, "")
    return factor, currency, currencies.get(currency or ""), word if folded(word).strip(".") in _two_sizes() else None


def _phrases(side: str) -> list[str]:
    """The words of one side: all of them as one known phrase ("dollars américains"), else each by itself."""
    if not side:
        return []
    if _known(side) or folded(side) in _inexact():
        return [side]
    first, _space, rest = side.partition(" ")
    if rest and _known(rest) and _known(first):
        return [first, rest]
    if rest and not all(_known(token) for token in side.split()) and currency_code(side):
        return [side]
    return side.split()


def _word(phrase: str) -> tuple[int | None, str | None]:
    """What a word beside a number says: a factor, a currency. Raises Unclear for any other."""
    known = _known(phrase)
    if known:
        return (int(known["factor"]) if known["factor"] else None), known["currency"] or None
    if phrase == "%":
        raise Unclear("percentage")
    if folded(phrase).strip(".") in _inexact():
        raise Unclear("inexact-amount")
    code = currency_code(phrase) if phrase.isupper() or " " in phrase else None
    if code is None:
        raise Unclear("not-a-number")
    return None, code


def _known(phrase: str) -> dict[str, str] | None:
    written = folded(phrase)
    return _amount_words().get(written) or _amount_words().get(written.strip("."))


@cache
def _amount_words() -> dict[str, dict[str, str]]:
    return {row["text"]: row for row in words("amounts")}


@cache
def _two_sizes() -> frozenset[str]:
    return frozenset(row["text"] for row in words("two_sizes"))


@cache
def _inexact() -> frozenset[str]:
    return frozenset(row["text"].strip(".") for row in words("inexact"))
