"""Text for Streamlit's Markdown: what comes from data stays text, whatever characters it holds."""

import string
from collections.abc import Iterable, Sequence

from tallinn.wording import unknown

_ESCAPES = str.maketrans({sign: f"\\{sign}" for sign in string.punctuation} | {"\n": " ", "\r": " "})


def plain(text: object, *, otherwise: str = "") -> str:
    """The text with every sign of Markdown made harmless; other words where it is unknown."""
    return otherwise if unknown(text) else str(text).translate(_ESCAPES)


def link(text: str, address: object) -> str:
    """A link, if the address is one of the web; else the text alone."""
    target = "" if unknown(address) else str(address)
    if not target.startswith(("https://", "http://")):
        return plain(text)
    return f"[{plain(text)}](<{target.translate({ord('<'): '%3C', ord('>'): '%3E', ord(' '): '%20'})}>)"


def bullets(lines: Iterable[str]) -> str:
    """A list of sentences that are Markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A small table of cells that are Markdown already; it wraps where a grid would have to be scrolled."""
    lines = [headers, ["---"] * len(headers), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
