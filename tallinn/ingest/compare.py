"""Step 5, compare: what a file would change in the lake. Blank never erases; unchanged rows keep the submission they came with."""

from dataclasses import dataclass, replace
from typing import Any, Literal

import pandas as pd

from tallinn.datasets import Dataset
from tallinn.ingest.check import Checked
from tallinn.ingest.values import Rows

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
    """One dataset of a file against the lake: keys by what happens to them, and the frame of rows to write (added and revised)."""

    dataset: Dataset
    added: list[str]
    revised: list[Revision]
    unchanged: list[str]
    removed: list[str]
    coming: pd.DataFrame

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.revised or self.removed)

    @property
    def leaving(self) -> list[str]:
        """Keys whose row on file goes: removed, or written anew."""
        return [*self.removed, *dict.fromkeys(revision.key for revision in self.revised)]

    def after(self, on_file: pd.DataFrame) -> pd.DataFrame:
        """The dataset as it would be, from all its rows `on_file` now."""
        key = self.dataset.key
        staying = on_file[~on_file[key].isin(self.leaving)]
        return pd.concat([staying, self.coming], ignore_index=True) if len(self.coming) else staying


def completed(rows: Rows, on_file: pd.DataFrame, sender: str | None) -> Rows:
    """The rows of an update, each blank filled with what the sender has on file under the key: what is checked is the row as it will be."""
    dataset = rows.table.dataset
    before = {row[dataset.key]: row for row in _rows(on_file) if row["sender"] == sender}
    full = [_completed(row, before.get(row[dataset.key], {})) for row in _rows(rows.frame)]
    return replace(rows, frame=pd.DataFrame(full, columns=rows.frame.columns, dtype=object))


def _completed(row: dict[str, Any], old: dict[str, Any]) -> dict[str, Any]:
    return {name: old.get(name) if value is None else value for name, value in row.items()}


def compare(checked: Checked, on_file: pd.DataFrame, mode: Mode, sender: str | None) -> Comparison:
    """What the accepted rows change in `on_file`, all rows of the dataset; replacing takes away what this sender sent before."""
    dataset, key = checked.dataset, checked.dataset.key
    before = on_file.set_index(key, drop=False)
    added: list[str] = []
    revised: list[Revision] = []
    unchanged: list[str] = []
    coming: list[dict[str, Any]] = []
    for row in _rows(checked.accepted):
        if row[key] not in before.index:
            added.append(row[key])
            coming.append(row)
            continue
        old = before.loc[row[key]]
        revisions = [Revision(row[key], name, old[name], row[name]) for name in dataset.names if row[name] != old[name]]
        if revisions:
            revised += revisions
            coming.append(row)
        else:
            unchanged.append(row[key])
    removed = _removed(checked, before, sender) if mode == "replace" else []
    return Comparison(dataset, added, revised, unchanged, removed, _frame(coming, checked))


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [dict(zip(frame.columns, values, strict=True)) for values in frame.itertuples(index=False, name=None)]


def _removed(checked: Checked, before: pd.DataFrame, sender: str | None) -> list[str]:
    """What this sender sent before and does not send again. A held row is neither new nor gone: what it would revise stays.

    While a held row has no key, nobody knows which row it means, so nothing is removed.
    """
    key = checked.dataset.key
    if checked.held[key].isna().any():
        return []
    sent_again = {*checked.accepted[key], *checked.held[key]}
    own = before[[each == sender for each in before["sender"]]] if len(before) else before
    return [each for each in own[key] if each not in sent_again]


def _frame(coming: list[dict[str, Any]], checked: Checked) -> pd.DataFrame:
    return pd.DataFrame(coming, columns=checked.accepted.columns, dtype=object)
