"""What pages ask: the newest release as the visitor may see it, opened once for all visitors; its answers are kept as long as it is."""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

from tallinn.access import who_is_asking
from tallinn.ask import Answer
from tallinn.ask import ask as ask_store
from tallinn.audience import Audience, Store, open_store
from tallinn.founding import found
from tallinn.lake import Lake, version_mark
from tallinn.releases import current as current_release
from tallinn.settings import lake_dir

KEPT_ANSWERS = 1000
"""Enough for every usual choice of filters; words typed into a search would otherwise be kept for ever."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A store, the state of the lake it was taken from, and the answers it has given: read them, do not change them."""

    mark: tuple[int, ...]
    store: Store
    answer: Callable[..., Answer]


_lock = Lock()
_newest: dict[tuple[Audience, Path], Opened] = {}
_of_this_run: ContextVar[Opened | None] = ContextVar("store", default=None)


def warm() -> None:
    """Take in the default data on the first start and open the public's store before the first visitor comes."""
    newest(Audience("public"))


def begin() -> None:
    """All that a page asks in this run comes from one release, even if a newer one appears meanwhile."""
    _of_this_run.set(newest(who_is_asking()))


def ask(name: str, **parameters: Any) -> Answer:
    """The answer to queries/<name>.sql from the release of this page run. Lists are passed as tuples."""
    opened = _of_this_run.get() or newest(who_is_asking())
    return opened.answer(name, **parameters)


def newest(audience: Audience) -> Opened:
    """The store of the newest release, opened anew only when the lake has changed. Meanwhile others go on with the one before."""
    directory = lake_dir()
    opened = _newest.get((audience, directory))
    if opened and (opened.mark == version_mark(directory) or _lock.locked()):
        return opened
    with _lock:
        opened = _newest.get((audience, directory))
        if opened is None or opened.mark != version_mark(directory):
            opened = _newest[audience, directory] = _open(directory, audience, opened)
    return opened


def _open(directory: Path, audience: Audience, before: Opened | None) -> Opened:
    """The newest store; the one before it as long as the lake cannot be read, or has touched its files without a new commit."""
    try:
        found(directory)
        mark = version_mark(directory)
        with Lake(directory) as lake:
            release = current_release(lake)
            if before and before.store.release == release:
                return Opened(mark, before.store, before.answer)
            store = open_store(lake, audience, release)
    except Exception:
        if before is None:
            raise
        log.exception("The lake cannot be read; pages go on with release %s", before.store.release.id)
        return before
    return Opened(mark, store, lru_cache(KEPT_ANSWERS)(partial(ask_store, store)))
