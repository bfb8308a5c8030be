"""How the lake's catalog is opened: DuckLake from the wheels that are installed, with nothing downloaded."""

import importlib.util
from collections import deque
from pathlib import Path
from threading import Lock

import duckdb
import pyarrow as pa

PIECE = 122_880
"""Rows that DuckDB keeps together (a row group)."""


Place = tuple[Path, int, int]
IDLE = 3
"""Connections that wait to be used again: to open one takes half a second, for DuckDB verifies 70 MB of extensions each time."""
_idle: deque[tuple[Place, duckdb.DuckDBPyConnection]] = deque()
_lock = Lock()


def idle(directory: Path) -> duckdb.DuckDBPyConnection | None:
    """A connection to the lake in `directory` that somebody has finished with, if there is one; it is the caller's alone."""
    with _lock:
        for waiting in _idle:
            if waiting[0] == _place(directory):
                _idle.remove(waiting)
                return waiting[1]
    return None


def put_back(directory: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Keep a connection, with no transaction open, for the next who needs one; of too many the oldest is closed."""
    place = _place(directory)
    with _lock:
        if place:
            _idle.append((place, connection))
        closing = [] if place else [connection]
        while len(_idle) > IDLE:
            closing.append(_idle.popleft()[1])
    for each in closing:
        each.close()


def _place(directory: Path) -> Place | None:
    """Which file the catalog is: an idle connection holds it, so no other file on the disk can get its number meanwhile."""
    file = directory / "catalog.sqlite"
    if not file.exists():
        return None
    found = file.stat()
    return directory.resolve(), found.st_dev, found.st_ino


def attach(directory: Path, *, read_only: bool = False) -> duckdb.DuckDBPyConnection:
    """A connection to which the lake in `directory` is attached as `lake`; it is created if need be, unless it is only to be read."""
    # The lake's own queries are small: a second thread only makes opening and planning them slower.
    connection = _connected(threads=1)
    for extension in ("sqlite_scanner", "ducklake"):
        _load(connection, extension)
    directory = directory.resolve()
    catalog = f"ducklake:sqlite:{directory / 'catalog.sqlite'}"
    # The catalog keeps paths relative to the files, so a lake can be moved or restored elsewhere.
    files = f"DATA_PATH {_text(str(directory / 'files'))}, OVERRIDE_DATA_PATH true, DATA_INLINING_ROW_LIMIT 0"
    options = f"{files}, META_JOURNAL_MODE 'WAL', META_BUSY_TIMEOUT 30000{', READ_ONLY' if read_only else ''}"
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
