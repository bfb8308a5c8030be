"""What pages ask: a release as the visitor may see it, opened once for all visitors; its answers are kept as long as it is."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Any

from tallinn.access import who_is_asking
from tallinn.ask import Answer
from tallinn.ask import ask as ask_store
from tallinn.audience import Audience, Store, open_store
from tallinn.founding import found
from tallinn.ingest.findings import Refused
from tallinn.lake import Lake, version_mark
from tallinn.releases import Release, named, next_publication, now, published, releases, working
from tallinn.settings import lake_dir

KEPT_ANSWERS = 1000
"""Enough for every usual choice of filters; words typed into a search would otherwise be kept for ever."""

KEPT_STORES = 12
"""The release in force and the working state for each audience, and some old releases; those unused longest go first."""
WORKING = "working"
"""What stands in an address for the newest state of the lake, published or not."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A store, the state of the lake it was taken from, and the answers it has given: read them, do not change them.

    `releases` are those that the public may read meanwhile, the newest first; `until` is when (UTC) the next one joins them by itself.
    """

    mark: tuple[int, ...]
    until: datetime | None
    releases: tuple[Release, ...]
    store: Store
    answer: Callable[..., Answer]


@dataclass(frozen=True)
class Wanted:
    """Which state of which lake is to be shown to whom: the release in force (""), WORKING, or a release by its name.

    `unpublished`: also one that is not public yet.
    """

    audience: Audience
    directory: Path
    release: str = ""
    unpublished: bool = False


_lock = Lock()
_opened: OrderedDict[Wanted, Opened] = OrderedDict()
_of_this_run: ContextVar[Opened | None] = ContextVar("store", default=None)


def warm() -> None:
    """Take in the default data on the first start and open the public's store before the first visitor comes."""
    newest(Wanted(Audience("public"), lake_dir()))


def begin(release: str = "", *, unpublished: bool = False) -> Opened:
    """All that a page asks in this run comes from one state, even if a newer one appears meanwhile. Raises Refused if it may not."""
    opened = newest(Wanted(who_is_asking(), lake_dir(), release, unpublished))
    _of_this_run.set(opened)
    return opened


def ask(name: str, **parameters: Any) -> Answer:
    """The answer to queries/<name>.sql from the release of this page run. Lists are passed as tuples."""
    opened = _of_this_run.get() or newest(Wanted(who_is_asking(), lake_dir()))
    return opened.answer(name, **parameters)


def public_releases() -> tuple[Release, ...]:
    """The releases that the public may read in this page run, the newest first."""
    opened = _of_this_run.get() or newest(Wanted(who_is_asking(), lake_dir()))
    return opened.releases


def newest(wanted: Wanted) -> Opened:
    """The store that is wanted, opened anew only when the lake has changed. Meanwhile others go on with the one before."""
    opened = _opened.get(wanted)
    if opened and (_is_fresh(opened, wanted) or _lock.locked()):
        return opened
    with _lock:
        opened = _opened.get(wanted)
        if opened is None or not _is_fresh(opened, wanted):
            opened = _opened[wanted] = _open(wanted, opened)
            _opened.move_to_end(wanted)
            while len(_opened) > KEPT_STORES:
                _opened.popitem(last=False)
    return opened


def _is_fresh(opened: Opened, wanted: Wanted) -> bool:
    return opened.mark == version_mark(wanted.directory) and (opened.until is None or now() < opened.until)


def _open(wanted: Wanted, before: Opened | None) -> Opened:
    """The store that is wanted; the one before it as long as the lake cannot be read, or has touched its files without a new commit."""
    try:
        found(wanted.directory)
        mark = version_mark(wanted.directory)
        with Lake(wanted.directory) as lake:
            release, until, public = _release(wanted, lake), next_publication(lake), tuple(releases(lake))
            if before and before.store.release == release:
                return replace(before, mark=mark, until=until, releases=public)
            store = open_store(lake, wanted.audience, release)
    except Refused:
        raise
    except Exception:
        if before is None:
            raise
        log.exception("The lake cannot be read; pages go on with release %s", before.store.release.id)
        return before
    return Opened(mark, until, public, store, lru_cache(KEPT_ANSWERS)(partial(ask_store, store)))


def _release(wanted: Wanted, lake: Lake) -> Release:
    if wanted.release == WORKING:
        return working(lake)
    return named(lake, wanted.release, unpublished=wanted.unpublished) if wanted.release else published(lake)
