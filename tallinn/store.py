"""What an audience may see, copied out of a release into an in-memory database of its own, which is then locked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from tallinn import earlier, filed
from tallinn.audience import Audience, marking, readers, reads
from tallinn.confirmations import Standing
from tallinn.lake import Lake
from tallinn.memory import give_back
from tallinn.rates import reference_rates
from tallinn.releases import Release
from tallinn.settings import VIEWS
from tallinn.source import Source, reference, source_in, source_of
from tallinn.unlinked import unlinked

ROOM = 1 << 30
"""Bytes that all questions to a store together may take besides its rows. Nothing is written to a disk instead."""
NO_REPORTS: Mapping[str, date] = MappingProxyType({})


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


def open_store(lake: Lake, audience: Audience, release: Release) -> Store:
    """The store of an audience. Rows that it may not see never enter the database."""
    store = _store(source_in(lake, release), audience, release)
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
    return _store(source_of(tables, earlier.nothing(), reports, said), audience, release)


def _store(source: Source, audience: Audience, release: Release) -> Store:
    connection = duckdb.connect(config={"threads": "1", "autoinstall_known_extensions": "false"})
    visible = unlinked({name: rows.filter(reads(audience, source.readers[name])) for name, rows in source.rows.items()}, source.rows)
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
    for name, rows in reference().items():
        _create(connection, name, rows)
    for view in sorted(VIEWS.glob("*.sql")):
        connection.execute(view.read_text(encoding="utf-8"))
    size = _taken(connection)
    connection.execute(f"SET memory_limit = '{size + ROOM} bytes'; SET temp_directory = ''")
    connection.execute("SET enable_external_access = false; SET lock_configuration = true")
    return Store(replace(release, marking=marking(visible.values())), audience, connection, size)


def _taken(connection: duckdb.DuckDBPyConnection) -> int:
    """Bytes that a database holds."""
    (taken,) = connection.execute("SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT FROM duckdb_memory()").fetchone() or (0,)
    return int(taken)


def _earlier(projects: pa.Table, audience: Audience, visible: pa.Table) -> pa.Table:
    """What earlier releases said to this audience of the projects that it sees now; each row by the label that it had then."""
    still_seen = pc.is_in(projects["project_id"], visible["project_id"].combine_chunks())
    return projects.filter(pc.and_(still_seen, reads(audience, readers(projects))))


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


def _create(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    connection.from_arrow(rows).create(name)
