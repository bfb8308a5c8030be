"""What a person said about a sheet or a file, held against what is there: a slip of the pen must not pass unseen."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from tallinn.datasets import Dataset
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.findings import Refused
from tallinn.wording import _, listing


@dataclass(frozen=True)
class Seen:
    """What a decision can be about: the headers of a sheet and the dataset that it holds."""

    sheet: str
    headers: Collection[str]
    dataset: Dataset


def within(decisions: Decisions, seen: Seen) -> Decisions:
    """The part of the decisions about all sheets of a file that concerns this one."""
    names = set(seen.dataset.names)
    return replace(
        decisions,
        columns={header: name for header, name in decisions.columns.items() if header in seen.headers and name in names},
        constants={name: text for name, text in decisions.constants.items() if name in names},
        ignored=decisions.ignored & frozenset(seen.headers),
        as_stated=decisions.as_stated & names,
    )


def check(decisions: Decisions, sheets: Sequence[Seen]) -> None:
    """Raise Refused unless each header that is spoken of is in one of the sheets at least, and each field in its dataset."""
    for header in [*decisions.columns, *decisions.ignored]:
        if not any(header in seen.headers for seen in sheets):
            raise Refused(_no_header(header, sheets))
    for header, name in decisions.columns.items():
        _check_field(name, [seen.dataset for seen in sheets if header in seen.headers])
    for name in [*decisions.constants, *decisions.as_stated]:
        _check_field(name, [seen.dataset for seen in sheets])


def check_only_one_each(decisions: Decisions, headers: Collection[str]) -> None:
    """Raise Refused when two columns of one sheet are mapped to the same field."""
    first: dict[str, str] = {}
    for header, name in decisions.columns.items():
        if header in headers and first.setdefault(name, header) != header:
            reason = _("“{one}” and “{other}” cannot both be the column “{name}”. Map one of them and ignore the other.")
            raise Refused(reason.format(one=first[name], other=header, name=name))


def _no_header(header: str, sheets: Sequence[Seen]) -> str:
    there = listing(f"“{each}”" for each in sorted({each for seen in sheets for each in seen.headers}))
    names = [f"“{seen.sheet}”" for seen in sheets if seen.sheet]
    if not names:
        return _("There is no column “{header}”; there are {headers}.").format(header=header, headers=there)
    return _("There is no column “{header}” in {sheets}; there are {headers}.").format(header=header, sheets=listing(names), headers=there)


def _check_field(name: str, among: Sequence[Dataset]) -> None:
    if any(name in dataset.names for dataset in among):
        return
    titles = listing(sorted({_(dataset.title) for dataset in among}))
    fields = listing(dict.fromkeys(field for dataset in among for field in dataset.names))
    raise Refused(
        _("There is no column “{name}” in the template of {datasets}; there are {fields}.").format(
            name=name, datasets=titles, fields=fields
        )
    )
