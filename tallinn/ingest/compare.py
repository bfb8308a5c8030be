"""Step 5, compare: what a file would change in the lake. Blank never erases; unchanged rows keep the submission they came with."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.datasets import Dataset
from tallinn.ingest.check import Checked
from tallinn.ingest.values import PLACE, Rows

Mode = Literal["replace", "update"]


@dataclass(frozen=True)
class Revision:
    """One value that a file changes."""

    key: str
    field: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Comparison:
    """One dataset of a file against the lake: keys by what happens to them, and the rows to write (added and revised).

    `before` and `now` are the changed rows as they are on file and as they would be, in one order. `gone` are the rows on file that would
    be removed. `coming` begins with the rows that are added.
    """

    dataset: Dataset
    added: list[str]
    changed: list[str]
    unchanged: list[str]
    removed: list[str]
    coming: pa.Table
    before: pa.Table
    now: pa.Table
    gone: pa.Table

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.changed or self.removed)

    @property
    def leaving(self) -> list[str]:
        """Keys whose row on file goes: removed, or written anew."""
        return [*self.removed, *self.changed]

    @cached_property
    def revised(self) -> list[Revision]:
        """Every value that changes, in the order of the file."""
        if not self.changed:
            return []
        fields = [name for name in self.dataset.names if pc.any(_differs(self.before[name], self.now[name])).as_py()]
        pairs = zip(self.before.select(fields).to_pylist(), self.now.select(fields).to_pylist(), self.now[self.dataset.key], strict=True)
        return [Revision(key.as_py(), name, old[name], new[name]) for old, new, key in pairs for name in fields if old[name] != new[name]]

    def after(self, on_file: pa.Table) -> pa.Table:
        """The dataset as it would be, from all its rows `on_file` now."""
        staying = on_file.filter(pc.invert(pc.is_in(on_file[self.dataset.key], pa.array(self.leaving, pa.string()))))
        return pa.concat_tables([staying, self.coming], promote_options="default")


def completed(rows: Rows, on_file: pa.Table, sender: str | None) -> Rows:
    """The rows of an update, each blank filled with what the sender has on file under the key: what is checked is the row as it will be."""
    dataset = rows.table.dataset
    own = on_file.filter(_of(on_file, sender))
    places = _places(rows.values[dataset.key], own[dataset.key])
    if places.null_count == len(places):
        return rows
    filled = [pc.coalesce(rows.values[name], own[name].take(places)) for name in dataset.names]
    return replace(rows, values=pa.table([*filled, *(rows.values[name] for name in PLACE)], names=[*dataset.names, *PLACE]))


def compare(checked: Checked, on_file: pa.Table, mode: Mode, sender: str | None) -> Comparison:
    """What the accepted rows change in `on_file`, all rows of the dataset; replacing takes away what this sender sent before."""
    dataset, accepted = checked.dataset, checked.accepted
    places = _places(accepted[dataset.key], on_file[dataset.key])
    known = accepted.filter(places.is_valid())
    before = on_file.take(places.drop_null())
    differs = pa.array([False] * len(known), pa.bool_())
    for name in dataset.names:
        differs = pc.or_(differs, _differs(before[name], known[name]))
    new = accepted.filter(places.is_null()) if len(known) else accepted
    keys = known[dataset.key]
    removed = _removed(checked, on_file, sender) if mode == "replace" else []
    return Comparison(
        dataset,
        added=new[dataset.key].to_pylist(),
        changed=keys.filter(differs).to_pylist(),
        unchanged=keys.filter(pc.invert(differs)).to_pylist(),
        removed=removed,
        coming=pa.concat_tables([new, known.filter(differs)]),
        before=before.filter(differs),
        now=known.filter(differs),
        gone=on_file.filter(pc.is_in(on_file[dataset.key], pa.array(removed, pa.string()))),
    )


def _places(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.Array:
    """For each key its position among others, or null."""
    if not len(among):
        return pa.nulls(len(keys), pa.int64())
    with duckdb.connect(config={"threads": "2"}) as connection:
        connection.register("keys", pa.table({"i": pa.array(range(len(keys)), pa.int64()), "key": keys}))
        connection.register("among", pa.table({"place": pa.array(range(len(among)), pa.int64()), "key": among}))
        # A key stands once on file; a file that repeats one is held, and min() keeps the rows as many as they are.
        sql = "SELECT keys.i, min(among.place) AS place FROM keys LEFT JOIN among ON keys.key = among.key GROUP BY keys.i ORDER BY keys.i"
        return connection.execute(sql).to_arrow_table()["place"].combine_chunks()


def _differs(old: pa.ChunkedArray, new: pa.ChunkedArray) -> pa.Array:
    unlike = pc.fill_null(pc.not_equal(old, new), False)
    differs = pc.or_(unlike, pc.xor(old.is_null(), new.is_null()))
    return differs.combine_chunks() if isinstance(differs, pa.ChunkedArray) else differs


def _of(rows: pa.Table, sender: str | None) -> pa.Array:
    return rows["sender"].is_null() if sender is None else pc.fill_null(pc.equal(rows["sender"], sender), False)


def _removed(checked: Checked, on_file: pa.Table, sender: str | None) -> list[str]:
    """What this sender sent before and does not send again. A held row is neither new nor gone: what it would revise stays.

    While a held row has no key, nobody knows which row it means, so nothing is removed.
    """
    key = checked.dataset.key
    if checked.held[key].null_count:
        return []
    sent_again = pa.chunked_array([*checked.accepted[key].chunks, *checked.held[key].chunks], pa.string())
    own = on_file.filter(_of(on_file, sender))[key]
    gone: list[str] = own.filter(pc.invert(pc.is_in(own, sent_again))).to_pylist()
    return gone
