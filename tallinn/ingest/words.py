"""The words in which people write values: lists in data/words, compared without regard to case and to the signs around a word."""

import csv
import re
from functools import cache

from tallinn.settings import DATA

WORDS = DATA / "words"
_SIGNS = re.compile(r"[\W_]+")


@cache
def words(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a list of words."""
    with (WORDS / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def plain(text: str) -> str:
    """Letters and digits only, in small letters, single spaces between words."""
    return _SIGNS.sub(" ", text.casefold()).strip()


def folded(text: str) -> str:
    """In small letters, single spaces between words, signs kept."""
    return " ".join(text.casefold().split())


def unknown_word(text: str, *, in_text: bool = False) -> bool:
    """Whether a cell says that its value is not known: TBC, n/a, невідомо. `in_text`: only what cannot be a text of its own."""
    return len(text) <= 40 and folded(text) in unknown_words(in_text=in_text)


@cache
def unknown_words(*, in_text: bool) -> frozenset[str]:
    """The words for the unknown, folded."""
    return frozenset(folded(row["text"]) for row in words("unknown") if row["in_text"] == "yes" or not in_text)
