"""A wish answered by the store of whoever wishes, in bounds: of rows, of time, of memory, and of how many are answered at once."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import BoundedSemaphore, Timer
from typing import Any

import duckdb
import pandas as pd

from tallinn.ask import Answer
from tallinn.explore.composing import composed
from tallinn.explore.subjects import subjects
from tallinn.explore.wish import MOST_VALUES, Wish
from tallinn.ingest.findings import Refused
from tallinn.store import Store
from tallinn.wording import _, count

NAME = "own_question"
"""What such an answer is called, where others have the name of their query."""
SECONDS = 5.0
AT_ONCE = 2
"""Questions that are answered at a time; the pages of all others go on beside them."""

_turns = BoundedSemaphore(AT_ONCE)


def explored(store: Store, wish: Wish) -> Answer:
    """The answer to a wish, with the SQL that found it. Raises Refused, with a sentence for who wishes, for one that cannot be answered."""
    question = composed(wish)
    rows = _found(store, question.sql, question.parameters)
    return Answer(NAME, question.question, question.sql, rows, store.release, dict(question.parameters))


def values(store: Store, dataset: str, name: str) -> tuple[str, ...]:
    """The different values of a column, at most as many as can be chosen among, those of most rows first."""
    subject = subjects()[dataset]
    column = subject.columns[name]
    each = f"unnest(string_split({column.value}, '; '))" if column.several else column.value
    listed = f"SELECT {each} AS value FROM {subject.relation}"  # noqa: S608 - names of ours
    most = f"WHERE value <> '' GROUP BY value ORDER BY count(*) DESC, value LIMIT {MOST_VALUES}"
    sql = f"SELECT value FROM ({listed}) {most}"  # noqa: S608 - as above
    return tuple(map(str, _found(store, sql, {})["value"]))


def _found(store: Store, sql: str, parameters: dict[str, Any]) -> pd.DataFrame:
    with _turn(), store.cursor() as cursor, _timed(cursor):
        try:
            return cursor.execute(sql, parameters).df()
        except duckdb.InterruptException:
            told = _("This took longer than {n} seconds and was stopped. Ask for fewer rows: a filter or another grouping helps.")
            raise Refused(told.format(n=count(SECONDS))) from None
        except duckdb.OutOfMemoryException:
            raise Refused(
                _("This needs more memory than one question may take. Ask for fewer rows: a filter or another grouping helps.")
            ) from None


@contextmanager
def _turn() -> Iterator[None]:
    if not _turns.acquire(timeout=SECONDS):
        raise Refused(_("Others ask at this moment. Please try again in a few seconds."))
    try:
        yield
    finally:
        _turns.release()


@contextmanager
def _timed(cursor: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Whatever is asked with this cursor ends in time."""
    timer = Timer(SECONDS, _stop, [cursor])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _stop(cursor: duckdb.DuckDBPyConnection) -> None:
    # It may just have ended and been closed.
    with suppress(duckdb.Error):
        cursor.interrupt()
