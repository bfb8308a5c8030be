"""A store is a closed room: no file, no network, no extension, no setting can be reached from a query."""

import duckdb
import pyarrow as pa
import pytest

from tallinn.audience import Audience
from tests.samples import store

READING = [
    "SELECT * FROM read_csv('{file}')",
    "SELECT * FROM read_text('{file}')",
    "SELECT * FROM read_blob('{file}')",
    "SELECT * FROM read_parquet('{file}')",
    "SELECT * FROM read_json('https://example.org/x.json')",
    "SELECT * FROM '{file}'",
    "SELECT * FROM glob('{folder}/*')",
    "SELECT * FROM sqlite_scan('{file}', 'x')",
]
WRITING = [
    "COPY needs TO '{folder}/copy.csv'",
    "COPY (SELECT 1) TO '{folder}/copy.parquet'",
    "EXPORT DATABASE '{folder}/export'",
    "ATTACH '{folder}/other.duckdb' AS other",
    "ATTACH 'ducklake:sqlite:{file}' AS other",
    "IMPORT DATABASE '{folder}'",
]
CHANGING = [
    "INSTALL httpfs",
    "LOAD httpfs",
    "LOAD '{file}'",
    "SET enable_external_access = true",
    "RESET enable_external_access",
    "SET lock_configuration = false",
    "SET threads = 64",
    "SET temp_directory = '{folder}'",
    "SET profiling_output = '{folder}/profile'",
    "PRAGMA enable_profiling = 'json'",
    "CREATE SECRET s (TYPE s3)",
    "SET autoinstall_known_extensions = true",
]


@pytest.fixture(scope="module")
def room():
    return store(Audience("public"), needs=[{}])


@pytest.mark.parametrize("statement", [*READING, *WRITING, *CHANGING])
def test_nothing_outside_can_be_reached(room, tmp_path, statement):
    secret = tmp_path / "secret.csv"
    secret.write_text("a\n1\n")
    with room.cursor() as cursor, pytest.raises(duckdb.Error):
        cursor.execute(statement.format(file=secret, folder=tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == ["secret.csv"]


def test_the_variables_of_the_program_are_no_tables(room):
    everything = pa.table({"secret": [1]})
    with room.cursor() as cursor, pytest.raises(duckdb.CatalogException):
        cursor.execute("SELECT * FROM everything")
    assert everything.num_rows == 1


def test_two_questions_can_be_asked_at_once(room):
    with room.cursor() as first, room.cursor() as second:
        first.execute("SELECT need FROM needs")
        second.execute("SELECT count(*) FROM needs")
        assert (first.fetchall(), second.fetchall()) == ([("Training",)], [(1,)])
