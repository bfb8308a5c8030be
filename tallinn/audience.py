"""What an audience may see, copied out of a release into an in-memory database of its own, which is then locked."""

from collections import Counter, OrderedDict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from threading import Lock
from types import MappingProxyType
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tallinn import earlier, filed, periods, withheld
from tallinn.confirmations import Standing, standing
from tallinn.datasets import code_lists, datasets
from tallinn.earlier import earlier_projects
from tallinn.freshness import last_reports
from tallinn.ingest.names import english_names, in_each_language
from tallinn.lake import Lake
from tallinn.memory import give_back
from tallinn.rates import reference_rates
from tallinn.releases import Release
from tallinn.settings import VIEWS
from tallinn.unlinked import unlinked

UNLABELLED = "TLP:AMBER"
RESTRICTED = ("TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN")
"""What is not for everybody, the most closed first."""
PARTNERS, STAFF = "partners", "staff"
"""Who reads a row, beside withheld.PUBLIC and `donor EST`: partners and staff, or the staff alone."""


NO_REPORTS: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class Audience:
    """Who asks: the public, a partner (a minister or donor, perhaps tied to one donor) or the staff of the project office."""

    role: Literal["public", "partner", "staff"]
    donor_id: str | None = None


PUBLIC = Audience("public")


@dataclass(frozen=True)
class Store:
    """A locked in-memory database with what one audience may see of one release. Ask through `cursor()`: one for each question.

    `size`: bytes that its rows take.
    """

    release: Release
    audience: Audience
    connection: duckdb.DuckDBPyConnection
    size: int = 0

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()


@dataclass(frozen=True)
class _Source:
    """What the stores of all audiences are made of: the rows of a state of the lake, with who reads each, and what stands beside them.

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


ROOM = 1 << 30
"""Bytes that all questions to a store together may take besides its rows. Nothing is written to a disk instead."""
KEPT_SOURCES, KEPT_BYTES = 2, 128 << 20
"""A release and the state that it is compared with. A source is as large as all rows: large ones are read anew for each audience."""
_kept: OrderedDict[tuple[object, ...], _Source] = OrderedDict()
_lock = Lock()


def open_store(lake: Lake, audience: Audience, release: Release) -> Store:
    """The store of an audience. Rows that it may not see never enter the database."""
    said = standing(lake, release)
    key = (lake.directory, release.snapshot, lake.committed_at(release.snapshot), release.date, said)
    with _lock:
        if key not in _kept:
            tables = {name: lake.table(name, release.snapshot) for name in [*datasets(), "submissions", "findings"]}
            _kept[key] = _source(tables, earlier_projects(lake, release), last_reports(lake, release), said)
        source = _kept[key]
        _kept.move_to_end(key)
        while len(_kept) > KEPT_SOURCES or sum(each.size for each in _kept.values()) > KEPT_BYTES:
            _kept.popitem(last=False)
    store = _store(source, audience, release)
    del source
    give_back()
    return store


def store_of(
    tables: Mapping[str, pa.Table],
    audience: Audience,
    release: Release,
    *,
    reports: Mapping[str, date] = NO_REPORTS,
    said: Collection[Standing] = (),
) -> Store:
    """The store made of these tables: the datasets and submissions in the form of the lake's.

    `reports`: when each donor last reported; `said`: what donors say of their figures. Both are left out for a donor of which nothing is
    seen here: that there is more would be told by them.
    """
    return _store(_source(tables, earlier.nothing(), reports, said), audience, release)


def _source(tables: Mapping[str, pa.Table], before: pa.Table, reports: Mapping[str, date], said: Collection[Standing]) -> _Source:
    readers = {name: _readers(tables[name]) for name in datasets()}
    submissions = tables["submissions"]
    rows = {}
    for name, dataset in datasets().items():
        partial_dates = [field.name for field in dataset.fields if field.kind == "period"]
        rows[name] = filed.named(_dated(tables[name], partial_dates), submissions)
    return _Source(
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


def _store(source: _Source, audience: Audience, release: Release) -> Store:
    connection = duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})
    visible = unlinked({name: rows.filter(_reads(audience, source.readers[name])) for name, rows in source.rows.items()}, source.rows)
    for name, rows in visible.items():
        _create(connection, name, rows)
    _create(connection, "earlier_projects", _earlier(source.earlier, audience, visible["projects"]))
    brought = filed.brought(visible)
    _create(connection, "submissions", filed.seen(source.submissions, brought))
    _create(connection, "remarks", filed.told(source.remarks, brought, source.brought))
    _create(connection, "withheld", source.withheld)
    _create(connection, "rates", _rates_used(visible["contributions"]))
    seen = set(visible["contributions"]["donor_id"].to_pylist())
    _create(connection, "reports", _reports({donor: day for donor, day in source.reports.items() if donor in seen}))
    _create(connection, "confirmations", _confirmations([each for each in source.said if each.donor_id in seen]))
    _create(connection, "release", pa.table({"release_id": [release.id], "release_date": pa.array([release.date], pa.date32())}))
    for name, rows in _reference().items():
        _create(connection, name, rows)
    for view in sorted(VIEWS.glob("*.sql")):
        connection.execute(view.read_text(encoding="utf-8"))
    size = _taken(connection)
    connection.execute(f"SET memory_limit = '{size + ROOM} bytes'; SET temp_directory = ''")
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return Store(replace(release, marking=_marking(visible.values())), audience, connection, size)


def _taken(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that a database holds."""
    (taken,) = connection.execute("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()").fetchone() or (0,)
    return int(taken)


def _readers(rows: pa.Table) -> pa.ChunkedArray:
    """Who reads each row, by its TLP label: default closed, AMBER only for the donor that it concerns; null (nobody) for another label."""
    labels = pc.fill_null(rows["tlp"], UNLABELLED)
    owner = rows["donor_id"] if "donor_id" in rows.column_names else rows["sender"]
    own = pc.coalesce(pc.binary_join_element_wise("donor", owner, " "), STAFF)
    names = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"]
    is_labelled = pc.make_struct(*(pc.equal(labels, name) for name in names), field_names=names)
    return pc.case_when(is_labelled, withheld.PUBLIC, PARTNERS, own, STAFF)


def _reads(audience: Audience, readers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether the audience is among the readers of each row."""
    if audience.role == "staff":
        return pc.is_valid(readers)
    partners = [PARTNERS, *([f"donor {audience.donor_id}"] if audience.donor_id else [])]
    return pc.is_in(readers, pa.array([withheld.PUBLIC, *(partners if audience.role == "partner" else [])]))


def _marking(visible: Iterable[pa.Table]) -> str:
    """The most closed label of the rows that are seen; nothing where all are for everybody (TLP 2.0: what is shared carries its label)."""
    seen = {label or UNLABELLED for rows in visible for label in pc.unique(rows["tlp"]).to_pylist()}
    return next((label for label in RESTRICTED if label in seen), "")


def _dated(rows: pa.Table, partial_dates: list[str]) -> pa.Table:
    """The rows with first day, last day and precision of each partial date beside it, as <name>_first, <name>_last, <name>_precision."""
    for name in partial_dates:
        texts = rows[name].combine_chunks().dictionary_encode()
        known = [(*periods.bounds(text), periods.precision(text)) if text else (None, None, None) for text in texts.dictionary.to_pylist()]
        for position, (suffix, kind) in enumerate([("first", pa.date32()), ("last", pa.date32()), ("precision", pa.string())]):
            values = pa.array([each[position] for each in known], kind)
            rows = rows.append_column(f"{name}_{suffix}", values.take(texts.indices))
    return rows


def _earlier(projects: pa.Table, audience: Audience, visible: pa.Table) -> pa.Table:
    """What earlier releases said to this audience of the projects that it sees now; each row by the label that it had then."""
    still_seen = pc.is_in(projects["project_id"], visible["project_id"].combine_chunks())
    return projects.filter(pc.and_(still_seen, _reads(audience, _readers(projects))))


def _reports(reports: Mapping[str, date]) -> pa.Table:
    return pa.table({"donor_id": pa.array(reports.keys(), pa.string()), "reported_on": pa.array(reports.values(), pa.date32())})


def _confirmations(said: Collection[Standing]) -> pa.Table:
    """Donor, verdict and day: no person and no text."""
    return pa.table(
        {
            "donor_id": pa.array([each.donor_id for each in said], pa.string()),
            "verdict": pa.array([each.verdict for each in said], pa.string()),
            "stated_on": pa.array([each.stated_on for each in said], pa.date32()),
        }
    )


def _rates_used(contributions: pa.Table) -> pa.Table:
    used = pc.is_in(reference_rates()["currency"], contributions["currency"].combine_chunks())
    return reference_rates().filter(used).sort_by([("currency", "ascending"), ("date", "ascending")])


@cache
def _reference() -> dict[str, pa.Table]:
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


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.from_arrow(rows).create(name)
