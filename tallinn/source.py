"""What the stores of all audiences are made of: a release as the lake holds it, each row with who reads it, and what stands beside."""

from collections import Counter, OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from threading import Lock

import pyarrow as pa

from tallinn import audience, filed, periods, withheld
from tallinn.confirmations import Standing, standing
from tallinn.datasets import code_lists, datasets
from tallinn.earlier import earlier_projects
from tallinn.freshness import last_reports
from tallinn.ingest.names import english_names, in_each_language
from tallinn.lake import Lake
from tallinn.releases import Release


@dataclass(frozen=True)
class Source:
    """The rows of a state of the lake, with who reads each, and what stands beside them.

    `brought`: how many of the rows each file brought.
    """

    rows: Mapping[str, pa.Table]
    readers: Mapping[str, pa.ChunkedArray]
    submissions: pa.Table
    remarks: pa.Table
    brought: Counter[int]
    earlier: pa.Table
    withheld: pa.Table
    reports: Mapping[str, date]
    said: Collection[Standing]

    @property
    def size(self) -> int:
        """Bytes of its rows."""
        return sum(rows.nbytes for rows in self.rows.values())


KEPT_SOURCES, KEPT_BYTES = 2, 128 << 20
"""A release and the state that it is compared with. A source is as large as all rows: large ones are read anew for each audience."""
_kept: OrderedDict[tuple[object, ...], Source] = OrderedDict()
_lock = Lock()


def source_in(lake: Lake, release: Release) -> Source:
    """That of a release; what was asked for last is kept."""
    said = standing(lake, release)
    key = (lake.directory, release.snapshot, lake.committed_at(release.snapshot), release.date, said)
    with _lock:
        if key not in _kept:
            tables = {name: lake.table(name, release.snapshot) for name in [*datasets(), "submissions", "findings"]}
            _kept[key] = source_of(tables, earlier_projects(lake, release), last_reports(lake, release), said)
        found = _kept[key]
        _kept.move_to_end(key)
        while len(_kept) > KEPT_SOURCES or sum(each.size for each in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
    return found


def source_of(tables: Mapping[str, pa.Table], before: pa.Table, reports: Mapping[str, date], said: Collection[Standing]) -> Source:
    """That of these tables. `before`: projects as earlier releases had them (`earlier.earlier_projects`)."""
    readers = {name: audience.readers(tables[name]) for name in datasets()}
    submissions = tables["submissions"]
    rows = {}
    for name, dataset in datasets().items():
        partial_dates = [field.name for field in dataset.fields if field.kind == "period"]
        rows[name] = filed.named(_dated(tables[name], partial_dates), submissions)
    return Source(
        rows,
        readers,
        submissions,
        filed.remarks(tables["findings"]) if "findings" in tables else filed.no_remarks(),
        filed.brought(rows),
        filed.named(before, submissions),
        withheld.counted(tables, readers),
        reports,
        said,
    )


def _dated(rows: pa.Table, partial_dates: list[str]) -> pa.Table:
    """The rows with first day, last day and precision of each partial date beside it, as <name>_first, <name>_last, <name>_precision."""
    for name in partial_dates:
        texts = rows[name].combine_chunks().dictionary_encode()
        known = [(*periods.bounds(text), periods.precision(text)) if text else (None, None, None) for text in texts.dictionary.to_pylist()]
        for position, (suffix, kind) in enumerate([("first", pa.date32()), ("last", pa.date32()), ("precision", pa.string())]):
            values = pa.array([each[position] for each in known], kind)
            rows = rows.append_column(f"{name}_{suffix}", values.take(texts.indices))
    return rows


@cache
def reference() -> dict[str, pa.Table]:
    """What is the same for everybody: each code list, all of them in one table, and the names of countries."""
    lists = {f"ref_{codes.name}": pa.Table.from_pylist(list(codes.rows)) for codes in code_lists().values()}
    dated = {name: _dated(rows, [column for column in rows.column_names if column == "date"]) for name, rows in lists.items()}
    return {**dated, "codes": _codes(), "names": _names()}


def _codes() -> pa.Table:
    """All code lists in one table: list, code, name, description, position."""
    rows = [
        {"list": codes.name, "code": row["code"], "name": row["name"], "description": row.get("description"), "position": position}
        for codes in code_lists().values()
        for position, row in enumerate(codes.rows)
        if "code" in row
    ]
    return pa.Table.from_pylist(rows)


def _names() -> pa.Table:
    """Countries and organisations by code: the English name, and all names by which a reader may look for them."""
    names = english_names()
    searched = [" ".join(dict.fromkeys(in_each_language(name))) for name in names.values()]
    return pa.table({"code": list(names), "name": list(names.values()), "searched": searched})
