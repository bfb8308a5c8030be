"""The one verb: ask a store a question by the name of its file in queries/; the answer carries what proves it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from tallinn.releases import Release
from tallinn.settings import QUERIES
from tallinn.store import Store

_PARAMETER = re.compile(r"^-- \$(?P<name>\w+)(?P<list> \(list\))?: (?P<meaning>.*?)(?: Default: (?P<default>[\w-]+)\.)?$", re.MULTILINE)


class UnknownQuestion(LookupError):
    """There is no query of this name, or it has no such parameter."""


@dataclass(frozen=True)
class Query:
    """One file of queries/: its first line is the question, `-- $name: meaning` or `-- $name (list): meaning` a parameter."""

    name: str
    question: str
    sql: str
    defaults: dict[str, str | None]
    lists: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """What a query found, with what proves it."""

    name: str
    question: str
    sql: str
    rows: pd.DataFrame
    release: Release
    parameters: dict[str, Any]


def ask(store: Store, name: str, **parameters: Any) -> Answer:
    """The answer to queries/<name>.sql. Parameters not given take the query's default, else NULL, which filters nothing."""
    query = question(name)
    if unknown := set(parameters) - set(query.defaults):
        raise UnknownQuestion(f"{name} has no parameter {', '.join(sorted(unknown))}; it has {', '.join(query.defaults) or 'none'}")
    bound = {key: parameters.get(key) or default for key, default in query.defaults.items()}
    with store.cursor() as cursor:
        rows = cursor.execute(query.sql, bound).df()
    return Answer(name, query.question, query.sql, rows, store.release, bound)


@cache
def question(name: str) -> Query:
    """The query of a name. Raises UnknownQuestion."""
    if name not in names():
        raise UnknownQuestion(f"there is no query {name!r}; there are {', '.join(names())}")
    sql = (QUERIES / f"{name}.sql").read_text(encoding="utf-8")
    described = list(_PARAMETER.finditer(sql))
    defaults = {match["name"]: match["default"] for match in described}
    lists = frozenset(match["name"] for match in described if match["list"])
    return Query(name, sql.partition("\n")[0].removeprefix("-- "), sql, defaults, lists)


@cache
def names() -> tuple[str, ...]:
    """The names of all queries."""
    return tuple(sorted(path.stem for path in QUERIES.glob("*.sql")))
