"""The lake: every accepted row with where it came from, every file whole, every commit a snapshot.

DuckLake keeps it: a SQLite catalog and Parquet files (https://ducklake.select).
"""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.catalog import attach, idle, offered, put_back, quoted
from tallinn.lake_tables import ARROW_TYPES, NOTES, RECORDS, tables, without_rows
from tallinn.settings import PUBLIC_ONLY

MANY_ROWS = 50_000


class Moved(Exception):
    """Somebody else committed since the comparison was made; compare again."""


@dataclass(frozen=True)
class Change:
    """What a commit does to one table: rows with these keys leave, then these rows come. Without a key column rows are only added."""

    table: str
    key: str | None
    leaving: list[str]
    coming: pa.Table


class Lake:
    """An open lake. Not for use by two threads at once; open one more instead. With PUBLIC_ONLY it is only read."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        if waiting := idle(directory):
            self._connection = waiting
        elif PUBLIC_ONLY:
            self._connection = attach(directory, read_only=True)
        else:
            directory.mkdir(parents=True, exist_ok=True)
            # One after the other: two processes that create the same catalog at once find it locked.
            with _locked(directory / "opening.lock"):
                self._connection = attach(directory)
                self._prepare()

    def __enter__(self) -> "Lake":
        return self

    def __exit__(self, problem: type[BaseException] | None, *_about: object) -> None:
        if problem:
            self._connection.close()
        else:
            put_back(self.directory, self._connection)
            del self._connection

    def snapshot(self) -> int:
        """The number of the newest commit."""
        return int(self._one("SELECT max(snapshot_id) FROM ducklake_snapshots('lake')"))

    def newest_like(self, since: int) -> int:
        """The newest snapshot, if nothing but notes came after `since`. Raises Moved."""
        newest = self.snapshot()
        if newest > since and self.changed(since + 1, newest) - NOTES:
            raise Moved
        return newest

    def committed_at(self, snapshot: int) -> datetime:
        """When a snapshot was committed (UTC)."""
        moment: datetime = self._one("SELECT snapshot_time FROM ducklake_snapshots('lake') WHERE snapshot_id = ?", [snapshot])
        return moment

    def table(self, name: str, snapshot: int | None = None) -> pa.Table:
        """A table as it is now, or as it was at a snapshot. A table or column that came later is empty there."""
        columns = tables()[name]
        version = "" if snapshot is None else f" AT (VERSION => {int(snapshot)})"
        # DuckLake needs ten times as long for all columns of a table without rows as for those of a table with some.
        if not self._one(f"SELECT count(*) FROM lake.{quoted(name)}{version}"):  # noqa: S608
            return without_rows(columns)
        found = self._connection.execute(f"SELECT * FROM lake.{quoted(name)}{version}").to_arrow_table()  # noqa: S608
        empty = {
            column: pa.nulls(found.num_rows, ARROW_TYPES[kind]) for column, kind in columns.items() if column not in found.column_names
        }
        for column, nulls in empty.items():
            found = found.append_column(column, nulls)
        return found.select(list(columns))

    def rows(self, dataset: str) -> pd.DataFrame:
        """The newest rows of a dataset as Python objects (None for unknown), with their provenance."""
        found = self.table(dataset)
        return pd.DataFrame({name: pd.Series(found[name].to_pylist(), dtype=object) for name in found.column_names})

    def of_sender(self, dataset: str, sender: str | None) -> pa.Table:
        """The rows of a dataset that a donor has sent, or (None) the project office."""
        rows = self.table(dataset)
        own = rows["sender"].is_null() if sender is None else pc.fill_null(pc.equal(rows["sender"], sender), False)
        return rows.filter(own)

    def is_empty(self, name: str) -> bool:
        return not self._one(f"SELECT count(*) FROM lake.{quoted(name)}")  # noqa: S608

    def history(self) -> list[dict[str, Any]]:
        """Every submission, the newest first, and when, by whom and why it was undone (None if it was not)."""
        undone = {each["submission_id"]: each for each in self.table("undone").to_pylist()}
        never = dict.fromkeys(RECORDS["undone"])
        listed = [{**never, **undone.get(each["submission_id"], {}), **each} for each in self.table("submissions").to_pylist()]
        return sorted(listed, key=lambda submission: submission["submission_id"], reverse=True)

    def effect(self, name: str, snapshot: int) -> tuple[pa.Table, pa.Table]:
        """The rows of a table that came with a snapshot, and those that left."""
        columns = list(tables()[name])
        # DuckLake needs three times as long for the changes of a table that has none.
        if name not in self.changed(snapshot, snapshot):
            return without_rows(tables()[name]), without_rows(tables()[name])
        feed = "SELECT * FROM ducklake_table_changes('lake', 'main', ?, ?, ?) WHERE change_type IN (?, ?)"
        came, left = (
            self._connection.execute(feed, [name, snapshot, snapshot, *kinds]).to_arrow_table()
            for kinds in (("insert", "update_postimage"), ("delete", "update_preimage"))
        )
        return came.select(columns), left.select(columns)

    def changed(self, first: int, last: int) -> set[str]:
        """The tables whose rows any snapshot from the first to the last has changed."""
        feed = "SELECT changes FROM ducklake_snapshots('lake') WHERE snapshot_id BETWEEN ? AND ?"
        changes = [changed for (changed,) in self._connection.execute(feed, [first, last]).fetchall()]
        numbers = {number for changed in changes for listed in changed.values() for number in listed}
        tables = self._connection.execute("SELECT table_name, table_id FROM ducklake_table_info('lake')").fetchall()
        return {name for name, number in tables if str(number) in numbers}

    def file(self, sha256: str) -> bytes:
        """The bytes of a file that was accepted. Raises KeyError if there is none."""
        found = self._connection.execute("SELECT content FROM lake.files WHERE sha256 = ?", [sha256]).fetchone()
        if found is None:
            raise KeyError(sha256)
        return bytes(found[0])

    def knows(self, sha256: str) -> bool:
        return bool(self._one("SELECT count(*) FROM lake.files WHERE sha256 = ?", [sha256]))

    def founded(self) -> bool:
        """Whether the data that it was to begin with have been taken in completely."""
        return bool(self._one("SELECT count(*) FROM lake.founding WHERE founded_at IS NOT NULL"))

    def is_demonstration(self) -> bool:
        """Whether it was made for invented data, which it says from its first commit on."""
        return bool(self._one("SELECT count(*) FROM lake.founding WHERE demonstration"))

    def next_submission(self) -> int:
        return int(self._one("SELECT coalesce(max(submission_id), 0) + 1 FROM lake.submissions"))

    def commit(self, changes: list[Change], *, author: str, message: str, since: int) -> int:
        """All changes as one snapshot, whose number is returned. Raises Moved if there is a newer snapshot than `since`."""
        with self.writing():
            if self.snapshot() != since:
                raise Moved
            self._connection.execute("BEGIN")
            try:
                for change in changes:
                    self._apply(change)
                self._connection.execute("CALL lake.set_commit_message(?, ?)", [author, message])
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            return self.snapshot()

    def compact(self) -> None:
        """Merge small files of rows. Every snapshot stays as it was: what a release reads is merged, never dropped."""
        with self.writing():
            self._connection.execute("CALL ducklake_merge_adjacent_files('lake')")
            self._connection.execute("CALL ducklake_cleanup_old_files('lake', cleanup_all => true)")

    @contextmanager
    def founding(self) -> Iterator[None]:
        """One process at a time fills a new lake."""
        with _locked(self.directory / "founding.lock"):
            yield

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One writer at a time on this machine: a SQLite catalog has no row locks, and keys are ours to keep unique."""
        with _locked(self.directory / "writer.lock"):
            yield

    def _apply(self, change: Change) -> None:
        if change.key and change.leaving:
            leaving = pa.table({"key": pa.array(change.leaving, pa.string())})
            self._connection.register("leaving", leaving)
            self._connection.execute(f"DELETE FROM lake.{quoted(change.table)} WHERE {quoted(change.key)} IN (SELECT key FROM leaving)")  # noqa: S608
            self._connection.unregister("leaving")
        if len(change.coming):
            offered(self._connection, "coming", change.coming)
            # One thread plans small inserts faster, two write large ones faster.
            self._connection.execute(f"SET threads = {2 if len(change.coming) > MANY_ROWS else 1}")
            self._connection.execute(f"INSERT INTO lake.{quoted(change.table)} BY NAME SELECT * FROM coming")  # noqa: S608
            self._connection.unregister("coming")

    def _prepare(self) -> None:
        """Create what is missing, one commit; a field that a schema gained becomes a column."""
        listed = self._connection.execute("SELECT table_name, column_name FROM duckdb_columns() WHERE database_name = 'lake'").fetchall()
        statements = [statement for name, columns in tables().items() for statement in _missing(name, columns, set(listed))]
        if statements:
            with self.writing():
                prepared = ["BEGIN", *statements, "CALL lake.set_commit_message('lake', 'Tables prepared')", "COMMIT"]
                self._connection.execute("; ".join(prepared))

    def _one(self, statement: str, parameters: list[Any] | None = None) -> Any:
        row = self._connection.execute(statement, parameters or []).fetchone()
        return row[0] if row else None


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def exists(directory: Path) -> bool:
    """Whether there is a lake in this folder."""
    return (directory / "catalog.sqlite").exists()


def version_mark(directory: Path) -> tuple[int, ...]:
    """Changes whenever the lake may have changed; costs two file look-ups, so a page can ask at every run."""
    files = (directory / name for name in ("catalog.sqlite", "catalog.sqlite-wal"))
    return tuple(file.stat().st_mtime_ns if file.exists() else 0 for file in files)


def _missing(table: str, columns: Mapping[str, str], present: set[tuple[str, str]]) -> list[str]:
    """The statements that create the table or add the columns it lacks."""
    if not any(name == table for name, _column in present):
        defined = ", ".join(f"{quoted(column)} {kind}" for column, kind in columns.items())
        return [f"CREATE TABLE IF NOT EXISTS lake.{quoted(table)} ({defined})"]
    added = [(column, kind) for column, kind in columns.items() if (table, column) not in present]
    return [f"ALTER TABLE lake.{quoted(table)} ADD COLUMN {quoted(column)} {kind}" for column, kind in added]
