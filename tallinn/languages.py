"""The languages of the dashboard: English, in which it is written, and each that has a catalogue locale/<code>/LC_MESSAGES/tallinn.po."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, negotiate_locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).resolve().parent.parent / "locale"
CATALOGUE = Path("LC_MESSAGES") / "tallinn.po"
SOURCE = "en"
CLDR_NAME = {SOURCE: "en_GB"}


class Language:
    """The language that is read, for this thread of work: the one that was set, else what `otherwise` finds, such as a visitor's.

    Callbacks and fragments of Streamlit run without the page that would have set it.
    """

    def __init__(self) -> None:
        self._set: ContextVar[str | None] = ContextVar("language", default=None)
        self.otherwise: Callable[[], str] = lambda: SOURCE

    def get(self) -> str:
        return self._set.get() or self.otherwise()

    def set(self, code: str) -> None:
        self._set.set(code)

    @contextmanager
    def spoken(self, code: str) -> Iterator[None]:
        """All words are of this language meanwhile."""
        token = self._set.set(code)
        try:
            yield
        finally:
            self._set.reset(token)


language = Language()


@cache
def languages() -> dict[str, str]:
    """The code of each language with its own name for itself: English, then those that have a catalogue."""
    found = sorted(path.parent.parent.name for path in LOCALES.glob(f"*/{CATALOGUE}"))
    return {code: _own_name(code) for code in dict.fromkeys([SOURCE, *found])}


def _own_name(code: str) -> str:
    name = cldr(code).get_language_name(code) or code
    return name[0].upper() + name[1:]


def preferred(accepted: str | None) -> str:
    """The language that a browser would rather have, by its header Accept-Language (RFC 9110, section 12.5.4)."""
    weighed = [_weighed(part) for part in (accepted or "").split(",")]
    wanted = [code for weight, code in sorted(weighed, key=lambda pair: -pair[0]) if weight > 0]
    return negotiate_locale(wanted, list(languages()), sep="-") or SOURCE


def _weighed(part: str) -> tuple[float, str]:
    """A language with its weight, 0 where it says nothing that can be understood."""
    code, *parameters = (piece.strip() for piece in part.split(";"))
    weight = next((piece.removeprefix("q=") for piece in parameters if piece.startswith("q=")), "1")
    try:
        return (float(weight) if code else 0.0), code.lower()
    except ValueError:
        return 0.0, code


@cache
def catalogue(code: str) -> NullTranslations:
    """The translations of one language, compiled as they are read: no compiled file can be older than its source."""
    if code == SOURCE or code not in languages():
        return NullTranslations()
    compiled = BytesIO()
    with (LOCALES / code / CATALOGUE).open("rb") as source:
        write_mo(compiled, read_po(source, locale=code))
    compiled.seek(0)
    return GNUTranslations(compiled)


@cache
def cldr(code: str) -> Locale:
    """The locale behind a language in the Unicode Common Locale Data Repository; plain English is British."""
    return Locale.parse(CLDR_NAME.get(code, code), sep="-" if "-" in code else "_")
