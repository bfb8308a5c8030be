"""Rules about several cells or several rows: keys, references, stages, dates, currencies. Each yields failures; the texts are data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import pandas as pd

from tallinn import periods
from tallinn.datasets import Dataset, code_lists
from tallinn.rates import currencies

STAGE_ORDER = {"pledge": 1, "commitment": 2, "disbursement": 3, "expenditure": 4}
PAID = ("disbursement", "expenditure")
# Two dates of one row, of which the second must not be before the first.
ORDERED_DATES = {
    "projects": ("start", "end"),
    "incident_counts": ("period_start", "period_end"),
    "capabilities": ("available_from", "available_until"),
}
# The share by which sums in one currency can differ from their parts, because the original text is rounded.
ROUNDING = Decimal("0.005")


@dataclass(frozen=True)
class Context:
    """What a row is held against: the file's own rows and the lake's, by dataset, and the donor who sends (None: the office)."""

    sent: Mapping[str, pd.DataFrame]
    on_file: Mapping[str, pd.DataFrame]
    sender: str | None

    def keys(self, dataset: str, key: str) -> set[str]:
        """Every key of a dataset that is in the file or in the lake."""
        frames = (rows[dataset] for rows in (self.sent, self.on_file) if dataset in rows)
        return {value for frame in frames for value in frame[key] if value is not None}


class Failure(NamedTuple):
    """A rule that a row breaks: index in the frame, field, rule code, the value shown, facts for the rule's text."""

    index: Any
    field: str
    rule: str
    shown: Any = None
    facts: Mapping[str, Any] = {}


def failures(frame: pd.DataFrame, dataset: Dataset, context: Context) -> Iterator[Failure]:
    """Every failure of the rules that concern this dataset."""
    yield from _keys(frame, dataset, context)
    yield from _references_within(frame, dataset, context)
    yield from _references_to_others(frame, dataset, context)
    yield from _labels_and_sources(frame)
    if dataset.name in ORDERED_DATES:
        yield from _date_order(frame, *ORDERED_DATES[dataset.name])
    if {"amount", "currency"} <= set(dataset.names):
        yield from _currency(frame, "amount")
    if dataset.name == "projects":
        yield from _currency(frame, "budget")
    if dataset.name == "contributions":
        yield from _payments(frame)
        yield from _conversion(frame)
        yield from _stages(frame, context)


def _keys(frame: pd.DataFrame, dataset: Dataset, context: Context) -> Iterator[Failure]:
    places = frame[frame[dataset.key].notna()].groupby(dataset.key)["row_number"].agg(list)
    on_file = context.on_file.get(dataset.name)
    senders = dict(zip(on_file[dataset.key], on_file["sender"], strict=True)) if on_file is not None else {}
    for index, key in frame[dataset.key].dropna().items():
        if len(places[key]) > 1:
            yield Failure(index, dataset.key, "duplicate-key", key, {"rows": ", ".join(map(str, places[key]))})
        if key in senders and senders[key] != context.sender:
            yield Failure(index, dataset.key, "key-of-another-sender", key, {"sender": senders[key] or "the project office"})


def _references_to_others(frame: pd.DataFrame, dataset: Dataset, context: Context) -> Iterator[Failure]:
    """Keys of other datasets: they may arrive later, so they are only warned of."""
    for field in dataset.fields:
        if field.references and not field.references.startswith(f"{dataset.name}."):
            known = context.keys(*field.references.split("."))
            for index, text in frame[field.name].dropna().items():
                for key in sorted(set(text.split("; ")) - known):
                    yield Failure(index, field.name, "not-yet-on-file", key)


def _references_within(frame: pd.DataFrame, dataset: Dataset, context: Context) -> Iterator[Failure]:
    """Keys of the same dataset: a row that names nothing, or itself, or a row that leads back to it, is held."""
    known = context.keys(dataset.name, dataset.key)
    named = {name: _all_named(name, frame, dataset, context) for name in {name for _index, name, _key in _named_rows(frame, dataset)}}
    for index, name, key in _named_rows(frame, dataset):
        if _leads_to(frame.at[index, dataset.key], key, named[name]):
            yield Failure(index, name, "reference-to-itself", key)
        elif key not in known:
            yield Failure(index, name, "unknown-reference", key)


def _all_named(name: str, frame: pd.DataFrame, dataset: Dataset, context: Context) -> dict[str, str]:
    """Which row each row names in a field: those in the file, and those on file that it does not send again."""
    frames = [rows for rows in (context.on_file.get(dataset.name), frame) if rows is not None]
    return {key: other for rows in frames for key, other in zip(rows[dataset.key], rows[name], strict=True)}


def _leads_to(key: Any, start: str | None, named: Mapping[str, str]) -> bool:
    """Whether following the names from `start` arrives at `key`."""
    seen: set[str] = set()
    while start is not None and start not in seen:
        if start == key:
            return True
        seen.add(start)
        start = named.get(start)
    return False


def naming_held_rows(frame: pd.DataFrame, held: "pd.Series[bool]", dataset: Dataset, context: Context) -> Iterator[Failure]:
    """Rows that would be taken but name a row that is held, and that the lake does not have either."""
    on_file = context.on_file.get(dataset.name)
    taken = {*frame.loc[~held, dataset.key], *(on_file[dataset.key] if on_file is not None else [])}
    for index, name, key in _named_rows(frame.loc[~held], dataset):
        if key not in taken:
            yield Failure(index, name, "names-a-held-row", key)


def _named_rows(frame: pd.DataFrame, dataset: Dataset) -> Iterator[tuple[Any, str, str]]:
    """Index, field and key wherever a row names another row of its own dataset."""
    for field in dataset.fields:
        if field.references == f"{dataset.name}.{dataset.key}":
            for index, key in frame[field.name].dropna().items():
                yield index, field.name, key


def _labels_and_sources(frame: pd.DataFrame) -> Iterator[Failure]:
    for index in frame.index[frame["tlp"].isna()]:
        yield Failure(index, "tlp", "no-label")
    for index in frame.index[frame["source_url"].isna()]:
        yield Failure(index, "source_url", "no-source")


def _date_order(frame: pd.DataFrame, first: str, last: str) -> Iterator[Failure]:
    for index, row in frame[frame[first].notna() & frame[last].notna()].iterrows():
        if periods.bounds(str(row[last]))[1] < periods.bounds(str(row[first]))[0]:
            yield Failure(index, last, "end-before-start", row[last], {"start": row[first]})


def _currency(frame: pd.DataFrame, amount: str) -> Iterator[Failure]:
    for index, row in frame[frame[amount].notna() & frame["currency"].isna()].iterrows():
        yield Failure(index, "currency", "amount-without-currency", row[amount])


def _payments(frame: pd.DataFrame) -> Iterator[Failure]:
    paid = frame[frame["stage"].isin(PAID) & frame["value_date"].notna()]
    for index, text in paid["value_date"].items():
        if periods.bounds(text)[0] > date.today():
            yield Failure(index, "value_date", "payment-in-the-future", text)


def _conversion(frame: pd.DataFrame) -> Iterator[Failure]:
    foreign = frame[frame["amount"].notna() & frame["currency"].notna() & (frame["currency"] != "EUR")]
    for index, row in foreign.iterrows():
        if row["currency"] not in currencies():
            yield Failure(index, "currency", "no-rate-for-currency", row["currency"])
        elif row["value_date"] is None and row["period"] is None:
            yield Failure(index, "value_date", "no-date-to-convert", row["currency"])


def _stages(frame: pd.DataFrame, context: Context) -> Iterator[Failure]:
    """A later stage names an earlier row, and the rows that realise a row do not exceed it.

    A file can break this from either end: by a row that realises another, or by changing a row that rows on file realise.
    """
    all_rows = _with_on_file(frame, context)
    earlier_rows = all_rows.drop_duplicates("contribution_id").set_index("contribution_id")
    yield from _stage_order(frame, all_rows, earlier_rows)
    yield from _realised_twice(frame, all_rows, earlier_rows)


def _stage_order(frame: pd.DataFrame, all_rows: pd.DataFrame, earlier_rows: pd.DataFrame) -> Iterator[Failure]:
    names = {each["code"]: each["name"].lower() for each in code_lists()["stages"].rows}
    for index, row in all_rows[all_rows["realises"].notna()].iterrows():
        key = row["realises"]
        if key in earlier_rows.index and key != row["contribution_id"]:
            earlier = str(earlier_rows.at[key, "stage"])
            if STAGE_ORDER.get(earlier, 0) >= STAGE_ORDER.get(row["stage"], 5):
                facts = {"stage": names[row["stage"]], "earlier_stage": names[earlier]}
                if index in frame.index:
                    yield Failure(index, "realises", "stage-order", key, facts)
                else:
                    yield from (Failure(each, "stage", "stage-order", key, facts) for each in frame.index[frame["contribution_id"] == key])


def _realised_twice(frame: pd.DataFrame, all_rows: pd.DataFrame, earlier_rows: pd.DataFrame) -> Iterator[Failure]:
    summed = all_rows[all_rows["duplicate_of"].isna() & all_rows["not_counted"].isna() & all_rows["amount"].notna()]
    realised: dict[tuple[str, str, str], Decimal] = {}
    for _index, row in summed[summed["realises"].notna()].iterrows():
        group = (row["realises"], row["stage"], row["currency"])
        realised[group] = realised.get(group, Decimal()) + row["amount"]
    for (key, stage, currency), total in realised.items():
        if key not in earlier_rows.index or earlier_rows.at[key, "currency"] != currency or earlier_rows.at[key, "amount"] is None:
            continue
        amount: Any = earlier_rows.at[key, "amount"]
        if total - amount > abs(amount) * ROUNDING:
            facts = {"realised": f"{total:,} {currency}", "amount": f"{amount:,} {currency}"}
            realising = frame.index[(frame["realises"] == key) & (frame["stage"] == stage)]
            yield from (Failure(index, "realises", "realised-twice-over", key, facts) for index in realising)
            if realising.empty:
                yield from (
                    Failure(index, "amount", "realised-twice-over", key, facts) for index in frame.index[frame["contribution_id"] == key]
                )


def _with_on_file(frame: pd.DataFrame, context: Context) -> pd.DataFrame:
    """The file's contributions, then those of the lake that the file does not send again."""
    on_file = context.on_file.get("contributions")
    if on_file is None or on_file.empty:
        return frame
    return pd.concat([frame, on_file[~on_file["contribution_id"].isin(frame["contribution_id"])]], ignore_index=True)
