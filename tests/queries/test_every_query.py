"""Each file in queries/ reads as one question: it opens with it, says what its parameters mean, and names the columns it answers with."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

QUERIES = sorted((Path(__file__).parent.parent.parent / "queries").glob("*.sql"))
PARAMETER_LINE = re.compile(r"-- \$(\w+)(?: \(list\))?: \S")

every_query = pytest.mark.parametrize("path", QUERIES, ids=lambda path: path.stem)


@every_query
def test_the_first_line_is_the_question(path):
    question = path.read_text(encoding="utf-8").partition("\n")[0]
    assert re.fullmatch(r"-- [A-Z].*\?", question), question


@every_query
def test_each_parameter_is_explained_above_the_query_and_used_in_it(path):
    comment, statement = parts(path)
    explained = [match[1] for line in comment if (match := PARAMETER_LINE.match(line))]
    assert sorted(explained) == sorted(set(re.findall(r"\$(\w+)", statement)))


@every_query
def test_the_answer_names_each_of_its_columns(path):
    for select in last_selects(parsed(parts(path)[1])):
        for column in select["select_list"]:
            assert column["class"] == "COLUMN_REF" or column["alias"], f"a column is {column['class'].lower()} and has no name"


def test_the_check_of_columns_sees_a_star_and_a_column_without_a_name():
    classes = [
        [column["class"] for column in select["select_list"]] for select in last_selects(parsed("SELECT *, 1 UNION SELECT a, b FROM t"))
    ]
    assert classes == [["STAR", "CONSTANT"], ["COLUMN_REF", "COLUMN_REF"]]


def parts(path: Path) -> tuple[list[str], str]:
    """The comment that a query opens with, by line, and what follows without any comment."""
    lines = path.read_text(encoding="utf-8").splitlines()
    length = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    return lines[:length], "\n".join(line.partition("--")[0] for line in lines[length:])


def parsed(statement: str) -> dict[str, Any]:
    """The statement as DuckDB reads it."""
    with duckdb.connect() as connection:
        (text,) = connection.execute("SELECT json_serialize_sql($statement)", {"statement": statement}).fetchone()
    tree = json.loads(text)
    assert not tree["error"], tree
    (only,) = tree["statements"]
    return only["node"]


def last_selects(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The SELECTs whose rows are the answer: one, or those of a last UNION."""
    if node["type"] == "SET_OPERATION_NODE":
        for child in node.get("children") or [node["left"], node["right"]]:
            yield from last_selects(child)
    elif node["type"] == "CTE_NODE":
        yield from last_selects(node["child"])
    else:
        yield node
