"""Is this what you expected? A file beside the last one of the same sender: rows, donors, days, sums, and what stands out.

Overwriting a year with a month, or millions with thousands, gives no error in any row; it shows only beside the last file.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tallinn.datasets import code_lists, datasets
from tallinn.ingest.names import country_name
from tallinn.ingest.submission import Submission, summary
from tallinn.lake import Lake
from tallinn.wording import _, count, day, listing, money

FEWER_ROWS, MORE_ROWS = 0.5, 3
"""A file with this share of the last one's rows, or with this many times as many, stands out."""
OTHER_SCALE = 10
"""So many times as large or as small, a sum may be counted in another unit."""

Sums = dict[tuple[str, str | None], Decimal | None]


@dataclass(frozen=True)
class Beside:
    """One thing that a person expects of a file, in words: how it is now and how it was. `remark` says why it stands out, or is empty."""

    what: str
    now: str
    before: str
    remark: str = ""


@dataclass(frozen=True)
class Expectation:
    """A file beside the submission that came before it."""

    submission_id: int
    file: str
    submitted_at: datetime
    lines: tuple[Beside, ...]

    @property
    def remarks(self) -> list[str]:
        """Sentences about what stands out."""
        return [line.remark for line in self.lines if line.remark]


def expected(submission: Submission, lake: Lake) -> Expectation | None:
    """The submission beside the last one of its sender with the same datasets; None if there is none, and while a column is undecided.

    What was undone does not count, nor rows that were mended.
    """
    if not submission.decided:
        return None
    sent = "; ".join(sorted({each.dataset.name for each in submission.checked}))
    last = next((each for each in lake.history() if _is_before(each, submission) and each["datasets"] == sent), None)
    if last is None or not last["summary"]:
        return None
    now, before = summary(submission), json.loads(last["summary"])
    lines = [*_rows(now, before), _donors(now, before), *_days(now, before), *_sums(now, before)]
    return Expectation(last["submission_id"], last["file_name"], last["submitted_at"], tuple(lines))


def _is_before(record: Mapping[str, Any], submission: Submission) -> bool:
    counts = record["undone_at"] is None and record["mends"] is None and record["snapshot"] <= submission.since
    return counts and record["sender"] == submission.sender


def _rows(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Beside]:
    for name, rows in now["rows"].items():
        title, earlier = _(datasets()[name].title), before["rows"].get(name, 0)
        remark = ""
        if rows <= FEWER_ROWS * earlier and earlier:
            remark = _("{dataset}: only {now} rows can be taken; the last file had {before}.")
        elif rows >= MORE_ROWS * earlier and earlier:
            remark = _("{dataset}: {now} rows can be taken; the last file had only {before}.")
        told = {"dataset": title, "now": count(rows), "before": count(earlier)}
        yield Beside(_("Rows of {dataset}").format(dataset=title), count(rows), count(earlier), remark.format(**told))


def _donors(now: Mapping[str, Any], before: Mapping[str, Any]) -> Beside:
    gone = [country_name(code) for code in before["donors"] if code not in now["donors"]]
    remark = _("The last file had rows of {donors}; this one has none.").format(donors=listing(gone)) if gone else ""
    named = [listing(map(country_name, each["donors"])) or _("none") for each in (now, before)]
    return Beside(_("Donors"), named[0], named[1], remark)


def _days(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Beside]:
    for name, what in (("first_day", _("First day")), ("last_day", _("Last day"))):
        days = [date.fromisoformat(each[name]) if each[name] else None for each in (now, before)]
        shown = {"now": day(days[0]), "before": day(days[1])}
        remark = ""
        if name == "last_day" and days[0] and days[1] and days[0] < days[1]:
            remark = _("The last day in this file is {now}; the last file went on until {before}.").format(**shown)
        yield Beside(what, shown["now"], shown["before"], remark)


def _sums(now: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Beside]:
    """A line for each stage and currency."""
    later, earlier = _by_stage(now), _by_stage(before)
    known = {currency for _stage, currency in earlier}
    names = {row["code"]: _(row["name"]) for row in code_lists()["stages"].rows}
    for stage, currency in sorted({*later, *earlier}, key=lambda each: (each[0], each[1] or "")):
        key, what = (stage, currency), _("{stage}, {currency}").format(stage=names.get(stage, stage), currency=currency or "?")
        shown = [money(_float(sums[key]), currency) if key in sums else _("none") for sums in (later, earlier)]
        remark = _remark(later, earlier, key, known) if earlier else ""
        yield Beside(what, shown[0], shown[1], remark.format(what=what, now=shown[0], before=shown[1], currency=currency))


def _remark(later: Sums, earlier: Sums, key: tuple[str, str | None], known: set[str | None]) -> str:
    if key not in later:
        return _("{what}: nothing in this file; the last one had {before}.")
    if key[1] is not None and key[1] not in known:
        return _("{currency} did not occur in the last file.")
    now, before = later[key], earlier.get(key)
    if now and before and not 1 / OTHER_SCALE < abs(now / before) < OTHER_SCALE:
        return _("{what}: {now} in this file, {before} in the last one. Check whether both count in the same unit.")
    return ""


def _by_stage(facts: Mapping[str, Any]) -> Sums:
    """Sums of all donors together; None where no amount is known."""
    sums: Sums = {}
    for each in facts["totals"]:
        key = (each["stage"], each["currency"])
        amount = None if each["amount"] is None else Decimal(each["amount"])
        sums[key] = amount if sums.get(key) is None else (sums[key] or Decimal()) + (amount or Decimal())
    return sums


def _float(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)
