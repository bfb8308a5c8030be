"""What an audience may see, copied out of a release into an in-memory database of its own, which is then locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tallinn import periods
from tallinn.datasets import code_lists, datasets
from tallinn.ingest.names import english_names
from tallinn.lake import Lake
from tallinn.rates import reference_rates
from tallinn.releases import Release
from tallinn.settings import VIEWS

UNLABELLED = "TLP:AMBER"
LABELS = {
    "public": ["TLP:CLEAR"],
    "partner": ["TLP:CLEAR", "TLP:GREEN"],
    "staff": ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"],
}


@dataclass(frozen=True)
class Audience:
    """Who asks: the public, a partner (a minister or donor, perhaps tied to one donor) or the staff of the project office."""

    role: Literal["public", "partner", "staff"]
    donor_id: str | None = None


@dataclass(frozen=True)
class Store:
    """A locked in-memory database with what one audience may see of one release. Ask through `cursor()`: one for each question."""

    release: Release
    audience: Audience
    connection: duckdb.DuckDBPyConnection

    def cursor(self) -> duckdb.DuckDBPyConnection:
        return self.connection.cursor()


def open_store(lake: Lake, audience: Audience, release: Release) -> Store:
    """The store of an audience. Rows that it may not see never enter the database."""
    return store_of({name: lake.table(name, release.snapshot) for name in [*datasets(), "submissions"]}, audience, release)


def store_of(tables: Mapping[str, pa.Table], audience: Audience, release: Release) -> Store:
    """The store made of these tables: the datasets and submissions in the form of the lake's."""
    connection = duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})
    visible = {name: _visible(tables[name], audience) for name in datasets()}
    for name, rows in visible.items():
        partial_dates = [field.name for field in datasets()[name].fields if field.kind == "period"]
        _create(connection, name, _filed(_dated(rows, partial_dates), tables["submissions"]))
    _create(connection, "submissions", _submissions(tables["submissions"], visible))
    _create(connection, "rates", _rates_used(visible["contributions"]))
    _create(connection, "names", _names())
    for codes in code_lists().values():
        rows = pa.Table.from_pylist(list(codes.rows))
        _create(connection, f"ref_{codes.name}", _dated(rows, [name for name in rows.column_names if name == "date"]))
    _create(connection, "codes", _codes())
    for view in sorted(VIEWS.glob("*.sql")):
        connection.execute(view.read_text(encoding="utf-8"))
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return Store(release, audience, connection)


def _visible(rows: pa.Table, audience: Audience) -> pa.Table:
    """The rows whose TLP label lets the audience see them: default closed, AMBER only for the donor that it concerns."""
    labels = pc.fill_null(rows["tlp"], UNLABELLED)
    seen = pc.is_in(labels, pa.array(LABELS[audience.role]))
    if audience.role == "partner" and audience.donor_id:
        owner = rows["donor_id"] if "donor_id" in rows.column_names else rows["sender"]
        own = pc.and_(pc.equal(labels, "TLP:AMBER"), pc.fill_null(pc.equal(owner, audience.donor_id), False))
        seen = pc.or_(seen, own)
    return rows.filter(seen)


def _dated(rows: pa.Table, partial_dates: list[str]) -> pa.Table:
    """The rows with first day, last day and precision of each partial date beside it, as <name>_first, <name>_last, <name>_precision."""
    for name in partial_dates:
        texts = rows[name].to_pylist()
        known = {text: (*periods.bounds(text), periods.precision(text)) for text in set(texts) if text}
        for position, (suffix, kind) in enumerate([("first", pa.date32()), ("last", pa.date32()), ("precision", pa.string())]):
            values = [known[text][position] if text else None for text in texts]
            rows = rows.append_column(f"{name}_{suffix}", pa.array(values, kind))
    return rows


def _filed(rows: pa.Table, submissions: pa.Table) -> pa.Table:
    """The rows with the name of the file that each came from."""
    names = dict(zip(submissions["submission_id"].to_pylist(), submissions["file_name"].to_pylist(), strict=True))
    return rows.append_column("file_name", pa.array([names.get(number) for number in rows["submission_id"].to_pylist()], pa.string()))


def _submissions(submissions: pa.Table, visible: Mapping[str, pa.Table]) -> pa.Table:
    """The files that visible rows came from; who uploaded them is the office's own business."""
    numbers = pa.array({number for rows in visible.values() for number in rows["submission_id"].to_pylist()}, pa.int32())
    columns = submissions.select(["submission_id", "submitted_at", "file_name", "sha256", "sender"])
    return columns.filter(pc.is_in(columns["submission_id"], numbers))


def _rates_used(contributions: pa.Table) -> pa.Table:
    used = pc.is_in(reference_rates()["currency"], contributions["currency"].combine_chunks())
    return reference_rates().filter(used).sort_by([("currency", "ascending"), ("date", "ascending")])


@cache
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
    names = english_names()
    return pa.table({"code": list(names), "name": list(names.values())})


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608 - our own schema's names
    connection.unregister("incoming")
