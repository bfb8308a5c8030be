"""Step 5, compare: what a file would change in the lake. Blank never erases; unchanged rows keep the submission they came with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Literal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tallinn.catalog import offered, workbench
from tallinn.datasets import Dataset, datasets
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
    """One dataset of a file against the lake: the rows to write (those added, then those revised), and the keys of all others.

    `before` and `now` are the changed rows as they are on file and as they would be, in one order. `gone` are the rows on file that would
    be removed. `coming` begins with the rows that are added.
    """

    dataset: Dataset
    coming: pa.Table
    before: pa.Table
    now: pa.Table
    staying: pa.ChunkedArray
    gone: pa.Table

    @cached_property
    def added(self) -> list[str]:
        """Keys that are not on file yet."""
        return _listed(self.coming[self.dataset.key].slice(0, len(self.coming) - len(self.now)))

    @cached_property
    def changed(self) -> list[str]:
        """Keys of rows that say something else."""
        return _listed(self.now[self.dataset.key])

    @cached_property
    def unchanged(self) -> list[str]:
        """Keys of rows that say the same."""
        return _listed(self.staying)

    @cached_property
    def removed(self) -> list[str]:
        """Keys of rows that are no longer reported."""
        return _listed(self.gone[self.dataset.key])

    @property
    def changes_nothing(self) -> bool:
        return not len(self.coming) and not len(self.gone)

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


def _listed(keys: pa.ChunkedArray) -> list[str]:
    texts: list[str] = keys.to_pylist()
    return texts


def taken_back(parts: Sequence[Rows], on_file: Mapping[str, pa.Table], sender: str | None) -> dict[str, list[str]]:
    """Keys on file, by dataset, that an update takes away all the same: contributions that an IATI file no longer has.

    Such a file states each of its activities in full. Any other takes nothing back by what it does not say.
    """
    published = [part for part in parts if part.table.dataset.name == "contributions" and part.table.sheet.published]
    stated = {activity for part in published for activity in _stated(part)}
    if not stated:
        return {}
    sent = {key for part in published for key in part.values["contribution_id"].to_pylist()}
    rows = on_file["contributions"]
    own = rows.filter(pc.and_(_of(rows, sender), pc.is_in(rows["project_ids"], pa.array(sorted(stated), pa.string()))))
    keys = zip(own["contribution_id"].to_pylist(), own["project_ids"].to_pylist(), strict=True)
    return {"contributions": [key for key, activity in keys if key.startswith(f"{activity}/") and key not in sent]}


def without(rows: pa.Table, dataset: str, keys: Sequence[str]) -> pa.Table:
    """The rows on file that are left when those with these keys go."""
    return rows.filter(pc.invert(pc.is_in(rows[datasets()[dataset].key], pa.array(keys, pa.string())))) if keys else rows


def completed(rows: Rows, on_file: pa.Table, sender: str | None) -> Rows:
    """The rows of an update, each blank filled with what the sender has on file under the key: what is checked is the row as it will be."""
    dataset = rows.table.dataset
    own = on_file.filter(_of(on_file, sender))
    places = _places(rows.values[dataset.key], own[dataset.key])
    if places.null_count == len(places):
        return rows
    if rows.table.sheet.published and "realises" in dataset.names:
        own = _without_links_to(_stated(rows), own)
    filled = [pc.coalesce(rows.values[name], own[name].take(places)) for name in dataset.names]
    return replace(rows, values=pa.table([*filled, *(rows.values[name] for name in PLACE)], names=[*dataset.names, *PLACE]))


def _stated(rows: Rows) -> frozenset[str]:
    """The activities that a sheet made of an IATI file states in full."""
    return rows.table.sheet.published.activities if rows.table.sheet.published else frozenset()


def _without_links_to(activities: frozenset[str], rows: pa.Table) -> pa.Table:
    """The rows without what an earlier IATI file let them realise of these activities: each file says that anew."""
    own = [
        names and any(names[:end] in activities for end, sign in enumerate(names) if sign == "/") for names in rows["realises"].to_pylist()
    ]
    kept = pc.if_else(pa.array(map(bool, own), pa.bool_()), pa.scalar(None, pa.string()), rows["realises"])
    return rows.set_column(rows.column_names.index("realises"), "realises", kept)


def compare(checked: Checked, on_file: pa.Table, mode: Mode, sender: str | None, gone: Sequence[str] = ()) -> Comparison:
    """What the accepted rows change in `on_file`, all rows of the dataset; replacing takes away what this sender sent before.

    `gone` are keys that the file takes away whatever the mode.
    """
    dataset, accepted = checked.dataset, checked.accepted
    places = _places(accepted[dataset.key], on_file[dataset.key])
    known = accepted.filter(places.is_valid())
    before = on_file.take(places.drop_null())
    differs = pa.repeat(pa.scalar(False), len(known))
    for name in dataset.names:
        differs = pc.or_(differs, _differs(before[name], known[name]))
    new = accepted.filter(places.is_null()) if len(known) else accepted
    now = known.filter(differs)
    removed = _removed(checked, on_file, sender) if mode == "replace" else pa.chunked_array([pa.array(gone, pa.string())])
    return Comparison(
        dataset,
        coming=pa.concat_tables([new, now]),
        before=before.filter(differs),
        now=now,
        staying=known[dataset.key].filter(pc.invert(differs)),
        gone=on_file.filter(pc.is_in(on_file[dataset.key], removed.combine_chunks())),
    )


def _places(keys: pa.ChunkedArray, among: pa.ChunkedArray) -> pa.Array:
    """For each key its position among others, or null."""
    if not len(among):
        return pa.nulls(len(keys), pa.int64())
    with workbench() as connection:
        offered(connection, "keys", pa.table({"i": np.arange(len(keys)), "key": keys}))
        offered(connection, "among", pa.table({"place": np.arange(len(among)), "key": among}))
        # A key stands once on file; a file that repeats one is held, and min() keeps the rows as many as they are.
        sql = "SELECT keys.i, min(among.place) AS place FROM keys LEFT JOIN among ON keys.key = among.key GROUP BY keys.i ORDER BY keys.i"
        return connection.execute(sql).to_arrow_table()["place"].combine_chunks()


def _differs(old: pa.ChunkedArray, new: pa.ChunkedArray) -> pa.Array:
    unlike = pc.fill_null(pc.not_equal(old, new), False)
    differs = pc.or_(unlike, pc.xor(old.is_null(), new.is_null()))
    return differs.combine_chunks() if isinstance(differs, pa.ChunkedArray) else differs


def _of(rows: pa.Table, sender: str | None) -> pa.Array:
    return rows["sender"].is_null() if sender is None else pc.fill_null(pc.equal(rows["sender"], sender), False)


def _removed(checked: Checked, on_file: pa.Table, sender: str | None) -> pa.ChunkedArray:
    """What this sender sent before and does not send again. A held row is neither new nor gone: what it would revise stays.

    While a held row has no key, nobody knows which row it means, so nothing is removed.
    """
    key = checked.dataset.key
    if checked.held[key].null_count:
        return on_file[key].slice(0, 0)
    sent_again = pa.chunked_array([*checked.accepted[key].chunks, *checked.held[key].chunks], pa.string())
    own = on_file.filter(_of(on_file, sender))[key]
    return own.filter(pc.invert(pc.is_in(own, sent_again)))
