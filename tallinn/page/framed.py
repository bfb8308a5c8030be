"""Frames of one chart, as the public reads it: made for whoever asks by address, and kept."""

from functools import lru_cache

from tallinn.audience import PUBLIC
from tallinn.frames import framed
from tallinn.languages import language
from tallinn.page.current import Opened, Wanted, newest
from tallinn.settings import lake_dir

Given = tuple[tuple[str, tuple[str, ...]], ...]


def frame(name: str, given: Given, *, release: str = "", code: str) -> bytes:
    """The page of a chart of a release, in this language. Raises Refused where there is no such chart or release."""
    return _kept(newest(Wanted(PUBLIC, lake_dir(), release)), name, given, code)


# Opened compares by identity of its store and changes with each release.
@lru_cache(maxsize=200)
def _kept(opened: Opened, name: str, given: Given, code: str) -> bytes:
    with language.spoken(code):
        return framed(opened.answer, name, dict(given))
