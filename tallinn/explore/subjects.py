"""What can be asked about: each dataset as its view has it, which of its columns, and which sums of them mean something."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from tallinn.datasets import Dataset, Field, datasets

Kind = Literal["word", "country", "text", "long", "number", "day", "yes", "link"]
"""`word`: of a code list, or of the few that a list of incidents uses; `text`: a name that somebody wrote; `long`: sentences."""
How = Literal["rows", "different", "sum", "mean", "highest", "lowest"]

NOT_STATED = "-"
"""What stands for a value that is not stated, where one chooses among values."""


@dataclass(frozen=True)
class Offered:
    """A column. `codes`: the code list of its words; `several`: a cell holds a list; `sql`: what it is made of, if not of itself.

    `span`: the columns with its first and last day.
    """

    name: str
    kind: Kind
    codes: str = ""
    several: bool = False
    sql: str = ""
    span: tuple[str, str] = ("", "")

    @property
    def value(self) -> str:
        return self.sql or f'"{self.name}"'

    def read_in(self, code: str = "", *, each: bool = False) -> str:
        """The column of an answer that a reader reads in place of this one, which is called `code` there; `each`: without its lists."""
        if self.kind == "country":
            own = self.name.partition("_")[0] == "donor"
            return ("donors" if self.several and not each else "donor") if own else f"{self.name}_country"
        return f"{code or self.name}_name" if self.kind in ("word", "yes") else code or self.name


@dataclass(frozen=True)
class Group:
    """What rows are put together by: a column, a day by the year or month that it lies in."""

    column: str
    part: Literal["", "year", "month"] = ""

    @property
    def code(self) -> str:
        """How it is called in an address, and in the rows that come of it."""
        return f"{self.column}_{self.part}" if self.part else self.column


@dataclass(frozen=True)
class Measure:
    """What is said of the rows together: how many, how many different values of a column, its sum, mean, highest or lowest number."""

    how: How
    column: str = ""

    @property
    def code(self) -> str:
        """How it is called in an address and in the rows that come of it: a sum like its column."""
        return self.column if self.how == "sum" else f"{self.column}_{self.how}".lstrip("_")


@dataclass(frozen=True)
class Subject:
    """A dataset to ask about. `fixed`: what must be chosen first, since its rows are never put together otherwise. `relation` is SQL."""

    name: str
    key: str
    relation: str
    columns: dict[str, Offered]
    groups: dict[str, Group]
    measures: dict[str, Measure]
    usual: tuple[str, ...]
    fixed: tuple[str, ...] = ()


RELATIONS = {
    "contributions": ("money", ("scope",)),
    "projects": ("listed_projects", ()),
    "needs": ("need_states", ()),
    "incidents": ("listed_incidents", ("list",)),
    "incident_counts": ("counted_attacks", ("series", "dimension")),
}
"""The view of a dataset that has more to say than the dataset, and what of it is never added up."""
MADE = {
    "contributions": (
        Offered("amount_eur", "number"),
        Offered("committed_eur", "number"),
        Offered("disbursed_eur", "number"),
        Offered("pledged_not_committed_eur", "number"),
        Offered("counts", "yes"),
        Offered("reason", "word", codes="count_reasons"),
        Offered("rate_basis", "word"),
    ),
    "projects": (Offered("delivery", "word", codes="delivery"), Offered("days_late", "number")),
    "needs": (
        Offered("state", "word", codes="need_states"),
        Offered("days_old", "number"),
        Offered("projects", "number"),
        Offered("projects_with_money", "number"),
        Offered("capabilities", "number"),
    ),
    "incident_counts": (Offered("per_day", "number"),),
}
"""What views add to a dataset."""
MEASURED = {
    "contributions": [
        *(Measure("sum", stage) for stage in ("committed_eur", "disbursed_eur", "pledged_not_committed_eur")),
        *(Measure("highest", stage) for stage in ("committed_eur", "disbursed_eur", "pledged_not_committed_eur")),
    ],
    "projects": [Measure("mean", "days_late"), Measure("highest", "days_late")],
    "needs": [Measure("mean", "days_old"), Measure("highest", "days_old"), Measure("lowest", "days_old")],
    "incident_counts": [Measure(how, column) for how in ("highest", "lowest") for column in ("count", "per_day")],
}
"""Numbers with a meaning together. Amounts of different stages, currencies or totals have none, nor have counts of periods that overlap."""
MEASURED_FIRST = ("contributions", "incident_counts")
"""Datasets whose rows say little by their number."""
FIRST = ("contributions", "projects", "needs", "capabilities", "incidents", "incident_counts")
USUAL = {
    "contributions": ("donor_id", "stage", "purpose", "value_date", "amount", "currency", "amount_eur", "counts"),
    "projects": ("title", "donor_ids", "category", "status", "planned_end", "delivery"),
    "needs": ("need", "category", "stated_by", "stated_on", "state"),
    "capabilities": ("donor_id", "category", "description", "available_from"),
    "incidents": ("date", "name", "target", "sector", "type", "severity"),
    "incident_counts": ("period_start", "period_end", "value_name", "count", "per_day"),
    "organisations": ("name", "country", "role", "services"),
    "milestones": ("date", "title"),
    "reported_totals": ("reported_on", "amount", "currency", "measure", "scope"),
}
BY = {
    "contributions": "donor_id",
    "projects": "status",
    "needs": "state",
    "capabilities": "category",
    "incidents": "date_year",
    "incident_counts": "value_name",
    "organisations": "role",
    "milestones": "date_year",
    "reported_totals": "reported_on_year",
}
"""What rows of a dataset are put together by unless somebody chooses otherwise."""
WORDS = {"incidents": ("sector", "type", "severity"), "milestones": ("category",)}
"""Text of few different words, though of no code list."""
FROM_FILES = (Offered("file_name", "text"), Offered("sheet", "text"), Offered("row_number", "number"))
TLP = "coalesce(tlp, 'TLP:AMBER')"


@cache
def subjects() -> dict[str, Subject]:
    """All that can be asked about, by the name of the dataset, those first that are asked about most."""
    return {
        name: _subject(datasets()[name]) for name in sorted(datasets(), key=lambda name: (name not in FIRST, [*FIRST, name].index(name)))
    }


def _subject(dataset: Dataset) -> Subject:
    relation, fixed = RELATIONS.get(dataset.name, (dataset.name, ()))
    own = [*(_offered(dataset.name, field) for field in dataset.fields), *MADE.get(dataset.name, ()), *FROM_FILES]
    columns = {column.name: column for column in own if column.name not in fixed}
    groups = sorted(_groups(dataset, columns), key=lambda group: group.code != BY.get(dataset.name))
    return Subject(
        dataset.name,
        dataset.key,
        relation,
        columns,
        {group.code: group for group in groups},
        {measure.code: measure for measure in _measures(dataset.name, columns)},
        USUAL[dataset.name],
        fixed,
    )


def _offered(dataset: str, field: Field) -> Offered:
    several = field.kind == "list"
    if field.name == "tlp":
        return Offered("tlp", "word", codes="tlp", sql=TLP)
    if "country" in (field.kind, field.of) and field.kind != "string":
        return Offered(field.name, "country", several=several)
    if field.code_list or field.name in WORDS.get(dataset, ()):
        return Offered(field.name, "word", codes=field.code_list or "", several=several)
    if field.kind == "period":
        return Offered(field.name, "day", span=(f'"{field.name}_first"', f'"{field.name}_last"'))
    if field.type == "date":
        return Offered(field.name, "day", span=(f'"{field.name}"', f'"{field.name}"'))
    kinds: dict[str, Kind] = {"uri": "link", "text": "long", "number": "number", "integer": "number", "boolean": "yes"}
    return Offered(field.name, kinds.get(field.kind or field.type, "text"), several=several)


def _groups(dataset: Dataset, columns: dict[str, Offered]) -> Iterator[Group]:
    """An amount paid for several projects would stand in each of them in full, so money is not put together by project."""
    for column in columns.values():
        if column.kind == "day":
            yield Group(column.name, "year")
            yield Group(column.name, "month")
        elif column.kind in ("word", "country", "yes", "text") and not (dataset.name == "contributions" and column.several):
            yield Group(column.name)


def _measures(dataset: str, columns: dict[str, Offered]) -> Iterator[Measure]:
    own = [*MEASURED.get(dataset, ()), Measure("rows")]
    yield from own if dataset in MEASURED_FIRST else reversed(own)
    yield from (Measure("different", one.name) for one in columns.values() if one.kind in ("word", "country", "text") and not one.several)
