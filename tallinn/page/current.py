"""What pages ask: a release as the visitor may see it, opened once for all visitors; its answers are kept as long as it is."""

import logging
from collections import OrderedDict
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from tallinn import explore
from tallinn.ask import Answer
from tallinn.ask import ask as ask_store
from tallinn.audience import PUBLIC, Audience
from tallinn.confirmations import Standing, standing
from tallinn.explore import Wish
from tallinn.founding import found
from tallinn.ingest.findings import Refused
from tallinn.lake import Lake, version_mark
from tallinn.languages import language
from tallinn.page.kept import KeptAnswers
from tallinn.page.visit import audience, is_staff
from tallinn.releases import Release, named, next_publication, now, published, releases, working
from tallinn.settings import lake_dir
from tallinn.store import Store, open_store
from tallinn.told import told

KEPT_ANSWERS = 1000
"""Enough for every usual choice of filters; words typed into a search would otherwise be kept for ever."""

KEPT_OWN = 40
"""Questions that visitors put together: few ask the same."""
KEPT_STORES, KEPT_BYTES = 40, 512 << 20
"""The release in force for the public and each donor, the staff's state, and some old releases; those unused longest go first."""
WORKING = "working"
"""What stands in an address for the newest state of the lake, published or not."""

UNSEEN = {"events"}
"""Tables of the lake that no page of figures shows: what comes to them alone changes no store."""

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Opened:
    """A store, the state of the lake it was taken from (mark and newest snapshot), and the answers it has given: do not change them.

    `releases` are those that the public may read meanwhile, the newest first; `until` is when (UTC) the next one joins them by itself.
    `said` is what donors say of their figures in this release, which stands beside them in the store.
    """

    mark: tuple[int, ...]
    snapshot: int
    until: datetime | None
    releases: tuple[Release, ...]
    said: tuple[Standing, ...]
    store: Store
    answer_in: Callable[..., Answer]
    own_in: Callable[..., Answer]

    def answer(self, name: str, **parameters: Any) -> Answer:
        """The answer to a question in the reader's language."""
        return self.answer_in(language.get(), name, **parameters)


@dataclass(frozen=True)
class Wanted:
    """Which state of which lake is to be shown to whom: the release in force (""), WORKING, or a release by its name.

    `unpublished`: also one that is not public yet.
    """

    audience: Audience
    directory: Path
    release: str = ""
    unpublished: bool = False


_turns = tuple(Lock() for _ in range(16))
"""One opens what is wanted, others who want the same wait or go on with the one before; other audiences do not wait for it."""
_opened: OrderedDict[Wanted, Opened] = OrderedDict()
_at_hand = Lock()
_of_this_run: ContextVar[Opened | None] = ContextVar("store", default=None)


def warm() -> None:
    """Take in the default data on the first start and open the public's store before the first visitor comes."""
    newest(Wanted(PUBLIC, lake_dir()))


def in_force() -> Release:
    """The release that the public reads now."""
    return newest(Wanted(PUBLIC, lake_dir())).store.release


def begin(release: str = "") -> Opened:
    """All that a page asks in this run comes from one state, even if a newer one appears meanwhile. Raises Refused if it may not.

    The staff reads the working state with all rows, and any named release, published or not, as the public would read it.
    """
    staff = is_staff()
    wanted = (release or WORKING) if staff else release.replace(WORKING, "")
    opened = newest(Wanted(audience() if wanted == WORKING else reader(), lake_dir(), wanted, staff))
    _of_this_run.set(opened)
    return opened


def reader() -> Audience:
    """As whom the visitor reads a release: the staff sees it as the public does."""
    return PUBLIC if is_staff() else audience()


def ask(name: str, **parameters: Any) -> Answer:
    """The answer to queries/<name>.sql from the release of this page run. Lists are passed as tuples."""
    opened = _of_this_run.get() or begin()
    return opened.answer(name, **parameters)


def store() -> Store:
    """What the visitor may see, of the release of this page run."""
    return (_of_this_run.get() or begin()).store


def explored(wish: Wish) -> Answer:
    """The answer to a question that the visitor put together. Raises Refused for one that has none."""
    return (_of_this_run.get() or begin()).own_in(language.get(), wish)


def public_releases() -> tuple[Release, ...]:
    """The releases that the public may read in this page run, the newest first."""
    opened = _of_this_run.get() or begin()
    return opened.releases


def newest(wanted: Wanted) -> Opened:
    """The store that is wanted, opened anew only when the lake has changed. Meanwhile others go on with the one before."""
    opened, turn = _kept(wanted), _turns[hash(wanted) % len(_turns)]
    if opened and (_is_fresh(opened, wanted) or turn.locked()):
        return opened
    with turn:
        opened = _kept(wanted)
        if opened is None or not _is_fresh(opened, wanted):
            opened = _open(wanted, opened)
            _keep(wanted, opened)
    return opened


def _kept(wanted: Wanted) -> Opened | None:
    with _at_hand:
        if wanted in _opened:
            _opened.move_to_end(wanted)
        return _opened.get(wanted)


def _keep(wanted: Wanted, opened: Opened) -> None:
    with _at_hand:
        _opened[wanted] = opened
        _opened.move_to_end(wanted)
        while len(_opened) > KEPT_STORES or (len(_opened) > 1 and _size() > KEPT_BYTES):
            _opened.popitem(last=False)


def _size() -> int:
    """Bytes of the rows of all stores that are kept."""
    return sum({id(opened.store): opened.store.size for opened in _opened.values()}.values())


def _same(wanted: Wanted, snapshot: int, release: Release, said: tuple[Standing, ...]) -> Opened | None:
    """What was opened under another name for the same reader: the release in force also has a name."""
    with _at_hand:
        kept = [opened for other, opened in _opened.items() if (other.directory, other.audience) == (wanted.directory, wanted.audience)]
    return next((each for each in kept if (each.snapshot, each.store.release, each.said) == (snapshot, release, said)), None)


def _is_fresh(opened: Opened, wanted: Wanted) -> bool:
    return opened.mark == version_mark(wanted.directory) and _is_current(opened)


def _is_current(opened: Opened) -> bool:
    """Whether no release has become public by itself since."""
    return opened.until is None or now() < opened.until


def _open(wanted: Wanted, before: Opened | None) -> Opened:
    """The store that is wanted; the one before it as long as the lake cannot be read, or nothing that it holds has changed."""
    try:
        if before is None:
            found(wanted.directory)
        mark = version_mark(wanted.directory)
        with Lake(wanted.directory) as lake:
            snapshot = lake.snapshot()
            if before and _is_current(before) and _nothing_to_see(lake, before.snapshot, snapshot):
                return replace(before, mark=mark, snapshot=snapshot)
            release, until, public = _release(wanted, lake), next_publication(lake), tuple(releases(lake))
            said = standing(lake, release)
            unchanged = before if before and (before.store.release, before.said) == (release, said) else None
            if same := unchanged or _same(wanted, snapshot, release, said):
                return replace(same, mark=mark, snapshot=snapshot, until=until, releases=public)
            store = open_store(lake, wanted.audience, release)
    except Refused:
        raise
    except Exception:
        if before is None:
            raise
        log.exception("The lake cannot be read; pages go on with release %s", before.store.release.id)
        return before
    asked, own = KeptAnswers(partial(_told, store), KEPT_ANSWERS), KeptAnswers(partial(_told_own, store), KEPT_OWN)
    return Opened(mark, snapshot, until, public, said, store, asked, own)


def _nothing_to_see(lake: Lake, since: int, newest: int) -> bool:
    """Whether nothing that a page shows came between two snapshots; a lake that was put back to an older state has fewer of them."""
    return since <= newest and lake.changed(since + 1, newest) <= UNSEEN


def _told(store: Store, _language: str, name: str, **parameters: Any) -> Answer:
    return told(ask_store(store, name, **parameters))


def _told_own(store: Store, _language: str, wish: Wish) -> Answer:
    return told(explore.explored(store, wish))


def _release(wanted: Wanted, lake: Lake) -> Release:
    if wanted.release == WORKING:
        return working(lake)
    return named(lake, wanted.release, unpublished=wanted.unpublished) if wanted.release else published(lake)
