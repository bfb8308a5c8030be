"""How the lake's catalog is opened: DuckLake from the wheels that are installed, with nothing downloaded."""

import importlib.util
from pathlib import Path

import duckdb
import pyarrow as pa

PIECE = 122_880
"""Rows that DuckDB keeps together (a row group)."""


def attach(directory: Path) -> duckdb.DuckDBPyConnection:
    """A connection to which the lake in `directory` is attached as `lake`; it is created if need be."""
    # The lake's own queries are small: a second thread only makes opening and planning them slower.
    connection = _connected(threads=1)
    for extension in ("sqlite_scanner", "ducklake"):
        _load(connection, extension)
    catalog = f"ducklake:sqlite:{directory / 'catalog.sqlite'}"
    # The catalog keeps paths relative to the files, so a lake can be moved or restored elsewhere.
    files = f"DATA_PATH {_text(str(directory / 'files'))}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0"
    options = f"{files}, META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT 30000"
    connection.execute(f"ATTACH {_text(catalog)} AS lake ({options})")
    return connection


def workbench() -> duckdb.DuckDBPyConnection:
    """A database in memory, to ask questions about large tables that are offered to it."""
    return _connected(threads=2)


def _connected(*, threads: int) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": str(threads)})
    # It would be drawn on standard output, amid whatever is printed there, once a query takes two seconds.
    connection.execute("SET enable_progress_bar = false")
    return connection


def _load(connection: duckdb.DuckDBPyConnection, extension: str) -> None:
    """Load an extension that is installed, else the one from its wheel; nothing is downloaded. DuckDB verifies the signature."""
    try:
        connection.execute(f"LOAD {extension}")
    except duckdb.Error:
        package = importlib.util.find_spec(f"duckdb_extension_{extension}")
        if package is None or not package.submodule_search_locations:
            raise
        wheel = Path(package.submodule_search_locations[0]) / "extensions" / f"v{duckdb.__version__}" / f"{extension}.duckdb_extension"
        connection.execute(f"LOAD {_text(str(wheel))}")


def offered(connection: duckdb.DuckDBPyConnection, name: str, rows: pa.Table) -> None:
    """Let the connection query `rows` under a name, without a copy.

    DuckDB gives each of its threads a piece of the table at a time. One that is in one piece it scans with one thread, and twice as long.
    """
    connection.register(name, pa.Table.from_batches(rows.to_batches(max_chunksize=PIECE), rows.schema))


def quoted(name: str) -> str:
    """An identifier for SQL; names come from the schemas, and a quote in one would still stay inside it."""
    return '"' + name.replace('"', '""') + '"'


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
