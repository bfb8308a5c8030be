"""What an audience may see, copied out of a release into an in-memory database of its own, which is then locked."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from babel import Locale

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.names import ORGANISATION_NAMES, alpha3_codes
from tallinn.lake import Lake
from tallinn.rates import reference_rates
from tallinn.releases import Release, current
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


def open_store(lake: Lake, audience: Audience, release: Release | None = None) -> Store:
    """The store of an audience. Rows that it may not see never enter the database."""
    release = release or current(lake)
    connection = duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})
    submissions: set[int] = set()
    for name in datasets():
        visible = _visible(lake.table(name, release.snapshot), audience)
        submissions.update(visible["submission_id"].to_pylist())
        _create(connection, name, visible)
    _create(connection, "submissions", _submissions(lake, release, submissions))
    _create(connection, "rates", _rates_used(connection))
    _create(connection, "names", _names())
    for codes in code_lists().values():
        _create(connection, f"ref_{codes.name}", pa.Table.from_pylist(list(codes.rows)))
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


def _submissions(lake: Lake, release: Release, visible: set[int]) -> pa.Table:
    """The files that visible rows came from; who uploaded them is the office's own business."""
    submissions = lake.table("submissions", release.snapshot).select(["submission_id", "submitted_at", "file_name", "sha256", "sender"])
    return submissions.filter(pc.is_in(submissions["submission_id"], pa.array(sorted(visible), pa.int32())))


def _rates_used(connection: duckdb.DuckDBPyConnection) -> pa.Table:
    currencies = [row[0] for row in connection.execute("SELECT DISTINCT currency FROM contributions WHERE currency IS NOT NULL").fetchall()]
    rates = reference_rates()
    return rates.filter(pc.is_in(rates["currency"], pa.array(currencies, pa.string()))).sort_by([("currency", "ascending"), ("date", "ascending")])


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


@cache
def _names() -> pa.Table:
    """English names of countries and of the organisations that are no country."""
    territories = Locale("en").territories
    names = {code: territories[short] for short, code in alpha3_codes().items() if short in territories} | ORGANISATION_NAMES
    return pa.table({"code": list(names), "name": list(names.values())})


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.register("incoming", rows)
    connection.execute(f'CREATE TABLE "{name}" AS SELECT * FROM incoming')  # noqa: S608 - our own schema's names
    connection.unregister("incoming")
