"""A wish as SQL. Names come from what is offered alone, never from the wish; values are bound."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from tallinn.columns import derived
from tallinn.datasets import datasets
from tallinn.explore.subjects import NOT_STATED, Group, Measure, Offered, Subject, subjects
from tallinn.explore.wish import MOST_CONDITIONS, MOST_GROUPS, MOST_MEASURES, MOST_VALUES, Condition, Wish
from tallinn.ingest.findings import Refused
from tallinn.wording import _, listing

MOST = 10_000
"""Rows of an answer; it says how many there are."""
LONGEST = 100
"""Signs of a value that somebody types."""
FOUND_IN = ("source_url", "source_publisher", "file_name", "sheet", "row_number")
"""What single rows carry with them, so that each can be looked up."""
MEASURES = {
    "rows": "count(*)",
    "different": "count(DISTINCT {column})",
    "sum": "sum({column})",
    "mean": "avg({column})",
    "highest": "max({column})",
    "lowest": "min({column})",
}


@dataclass(frozen=True)
class Composed:
    """A question in words and in SQL, with the values that are bound to it."""

    question: str
    sql: str
    parameters: dict[str, str | tuple[str, ...]]


def composed(wish: Wish) -> Composed:
    """The SQL for a wish. Raises Refused for a name that is not offered and a value that its column cannot have."""
    subject = subjects().get(wish.dataset)
    if subject is None:
        raise Refused(_("There is no dataset {name}.").format(name=wish.dataset[:LONGEST]))
    if len(wish.groups) > MOST_GROUPS or len(wish.measures) > MOST_MEASURES or len(wish.conditions) > MOST_CONDITIONS:
        raise Refused(_("This is more than can be asked for at once."))
    where, parameters = _where(subject, wish)
    chosen = _chosen_groups(subject, wish) if wish.measures else _chosen_columns(subject, wish)
    # Each name stands for what was found under it, so nothing but what is offered gets into the SQL.
    inner = ",\n        ".join(chosen)
    found = f"WITH chosen AS (\n    SELECT\n        {inner}\n    FROM {subject.relation}{where}\n)"
    body = _grouped(subject, wish) if wish.measures else _single(subject, wish)
    question = _question(subject, wish)
    return Composed(question, f"-- {question}\n{found}{body}\nLIMIT {MOST}\n", parameters)


def grouped_by(subject: Subject, groups: tuple[str, ...]) -> list[tuple[Group, Offered]]:
    """The groups of these codes with their columns. Raises Refused for one that is not offered, and for two that hold lists."""
    found = [_offered(subject.groups, code) for code in groups]
    columns = [(group, subject.columns[group.column]) for group in found]
    if sum(column.several for _group, column in columns) > 1 or len(set(groups)) < len(groups):
        raise Refused(_("These two columns cannot be put together."))
    return columns


def grouped_title(subject: Subject, code: str) -> str:
    """What a group is called."""
    group = subject.groups[code]
    return derived(code if group.part else subject.columns[group.column].read_in(each=True)).title


def _offered(offered: dict[str, Any], name: str) -> Any:
    if name not in offered:
        raise Refused(_("There is no column {name} to ask for here.").format(name=name[:LONGEST]))
    return offered[name]


def _single_columns(subject: Subject, wish: Wish) -> list[Offered]:
    """Of single rows the key, what was chosen, and where each is found."""
    return [_offered(subject.columns, name) for name in dict.fromkeys([subject.key, *(wish.columns or subject.usual), *FOUND_IN])]


def _chosen_columns(subject: Subject, wish: Wish) -> list[str]:
    return [f'{_shown(column)} AS "{column.name}"' for column in _single_columns(subject, wish)]


def _chosen_groups(subject: Subject, wish: Wish) -> list[str]:
    groups = [f'{_key(group, column)} AS "{group.code}"' for group, column in grouped_by(subject, wish.groups)]
    measured = dict.fromkeys(measure.column for measure in _measures(subject, wish) if measure.column)
    return [*groups, *(f'{subject.columns[name].value} AS "of {name}"' for name in measured)] or ["1"]


def _measures(subject: Subject, wish: Wish) -> list[Measure]:
    return [_offered(subject.measures, code) for code in dict.fromkeys(wish.measures)]


def _shown(column: Offered) -> str:
    return _yes_or_no(column) if column.kind == "yes" else column.value


def _key(group: Group, column: Offered) -> str:
    """What rows are put together by. A date that is not known as exactly is not stated there."""
    if group.part:
        first, last = column.span
        form = {"year": "%Y", "month": "%Y-%m"}[group.part]
        return f"CASE WHEN strftime({first}, '{form}') = strftime({last}, '{form}') THEN strftime({first}, '{form}') END"
    if column.several:
        return f"unnest(coalesce(string_split(nullif({column.value}, ''), '; '), [NULL]::VARCHAR[]))"
    return _shown(column)


def _yes_or_no(column: Offered) -> str:
    return f"CASE {column.value} WHEN true THEN 'yes' WHEN false THEN 'no' END"


def _single(subject: Subject, wish: Wish) -> str:
    columns = _single_columns(subject, wish)
    told = [part for column in columns for part in _told("chosen", column.name, column, each=False)]
    joins = "".join(_names("chosen", column.name, column, each=False) for column in columns)
    # Counted apart, so that the first are found without all columns of all others.
    selected = ",\n    ".join([*told, "(SELECT count(*) FROM chosen) AS all_rows"])
    return f'\n\nSELECT\n    {selected}\nFROM chosen{joins}\nORDER BY chosen."{subject.key}"'


def _grouped(subject: Subject, wish: Wish) -> str:
    groups = grouped_by(subject, wish.groups)
    measures = _measures(subject, wish)
    keys = [f'"{group.code}"' for group, _column in groups]
    summed = ",\n        ".join([*keys, *map(_measured, measures)])
    grouping = f"\n    GROUP BY {', '.join(keys)}" if keys else ""
    told = [part for group, column in groups for part in _told("grouped", group.code, column, each=True)]
    joins = "".join(_names("grouped", group.code, column, each=True) for group, column in groups)
    selected = ",\n    ".join([*told, *(f'grouped."{one.code}"' for one in measures), "count(*) OVER () AS all_rows"])
    dated = [f'grouped."{group.code}" NULLS LAST' for group, _column in groups if group.part]
    order = [*dated, f'grouped."{measures[0].code}" DESC NULLS LAST', *(f"grouped.{key} NULLS LAST" for key in keys)]
    grouped = f",\n\ngrouped AS (\n    SELECT\n        {summed}\n    FROM chosen{grouping}\n)"
    return f"{grouped}\n\nSELECT\n    {selected}\nFROM grouped{joins}\nORDER BY {', '.join(order)}"


def _measured(measure: Measure) -> str:
    column = f'"of {measure.column}"'
    return f'{MEASURES[measure.how].format(column=column)} AS "{measure.code}"'


def _told(of: str, name: str, column: Offered, *, each: bool) -> Iterator[str]:
    """A column of `of`, and beside it what a reader reads instead of a code. `each`: the members of its lists are rows."""
    yield f'{of}."{name}"'
    read_in = column.read_in(name, each=each)
    if column.kind == "country" and column.several and not each:
        yield _each_name(f'{of}."{name}"', read_in)
    elif column.kind == "country" or column.codes:
        yield f'"names of {name}".name AS "{read_in}"'
    elif read_in != name:
        yield f'{of}."{name}" AS "{read_in}"'


def _each_name(cell: str, read_in: str) -> str:
    named = "SELECT string_agg(coalesce(names.name, one.code), '; ' ORDER BY one.position)"
    each = f"FROM unnest(string_split({cell}, '; ')) WITH ORDINALITY AS one (code, position)"
    return f'({named}\n        {each}\n        LEFT JOIN names ON one.code = names.code) AS "{read_in}"'


def _names(of: str, name: str, column: Offered, *, each: bool) -> str:
    """The join that brings the names of codes, where there is one."""
    own = f'"names of {name}"'
    if column.kind == "country" and (each or not column.several):
        return f'\nLEFT JOIN names AS {own} ON {of}."{name}" = {own}.code'
    if column.codes:
        return f"\nLEFT JOIN codes AS {own} ON {own}.list = '{column.codes}' AND {of}.\"{name}\" = {own}.code"
    return ""


def _where(subject: Subject, wish: Wish) -> tuple[str, dict[str, str | tuple[str, ...]]]:
    """The conditions, and the values that are bound to them."""
    fixed, lines = dict(wish.fixed), []
    parameters: dict[str, str | tuple[str, ...]] = {}
    for name in subject.fixed:
        if name not in fixed:
            raise Refused(_("Choose first: {names}.").format(names=listing(subject.fixed)))
        parameters[name] = _typed(fixed[name])
        lines.append(f'"{name}" = ${name}')
    for condition in wish.conditions:
        column: Offered = _offered(subject.columns, condition.column)
        name = f"{column.name}_{condition.how}"
        if name in parameters or not condition.values or len(condition.values) > MOST_VALUES:
            raise Refused(_("This is more than can be asked for at once."))
        lines.append(_condition(column, condition, name))
        parameters[name] = _bound(column, condition)
    return ("\n    WHERE " + "\n        AND ".join(lines) if lines else ""), parameters


def _condition(column: Offered, condition: Condition, name: str) -> str:
    if condition.how == "among" and column.kind in ("word", "country", "yes"):
        unstated = f" OR {column.value} IS NULL" if NOT_STATED in condition.values else ""
        if column.several:
            return f"(list_has_any(string_split({column.value}, '; '), ${name}::VARCHAR[]){unstated})"
        return f"({_shown(column)} IN ${name}{unstated})"
    if condition.how == "words" and column.kind in ("text", "long"):
        return f"contains(lower({column.value}), lower(${name}::VARCHAR))"
    sign, (first, last) = {"from": ">=", "to": "<="}.get(condition.how, ""), column.span
    if sign and column.kind == "number":
        return f"{column.value} {sign} ${name}::DOUBLE"
    if sign and column.kind == "day":
        # A date known to its year may be any day of it, so it is meant if one of them is.
        return f"{last if sign == '>=' else first} {sign} ${name}::DATE"
    raise Refused(_("{column} cannot be asked for like this.").format(column=derived(column.name).title))


def _bound(column: Offered, condition: Condition) -> str | tuple[str, ...]:
    if condition.how == "among":
        return tuple(map(_typed, condition.values))
    value = _typed(condition.values[0])
    try:
        if condition.how != "words":
            _read(column, value)
    except (ValueError, InvalidOperation):
        told = _("{value} is no value of {column}. Write a number as 1250.5 and a day as 2025-12-31.")
        raise Refused(told.format(value=value, column=derived(column.name).title)) from None
    return value


def _read(column: Offered, value: str) -> None:
    """Raises ValueError or InvalidOperation for what is no number or no day."""
    if column.kind == "day":
        date.fromisoformat(value)
    elif not Decimal(value).is_finite():
        raise ValueError


def _typed(value: str) -> str:
    if len(value) > LONGEST or not value.isprintable():
        raise Refused(_("A value can have {n} letters at most, all of them visible.").format(n=LONGEST))
    return value


def _question(subject: Subject, wish: Wish) -> str:
    """The question in a sentence of the reader's language; it stands in a comment of SQL, so it is one line."""
    dataset = _(datasets()[subject.name].title)
    if not wish.measures:
        return _("{dataset}: single rows").format(dataset=dataset)
    measures = listing(derived(measure.code).title for measure in _measures(subject, wish))
    if not wish.groups:
        return _("{dataset}: {measures}").format(dataset=dataset, measures=measures)
    groups = listing(grouped_title(subject, code) for code in wish.groups)
    return _("{dataset}: {measures} by {groups}").format(dataset=dataset, measures=measures, groups=groups)
