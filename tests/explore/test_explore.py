"""Questions that readers put together: right, read only, of what is offered alone, and in bounds."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from threading import BoundedSemaphore
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tallinn import store as opening
from tallinn.audience import Audience
from tallinn.columns import columns
from tallinn.explore import Composed, Condition, Wish, composed, composing, explored, running, subjects, values
from tallinn.explore.composing import FOUND_IN, LONGEST, MOST
from tallinn.explore.subjects import NOT_STATED
from tallinn.ingest.findings import Refused
from tallinn.store import Store
from tests.samples import store

SCOPE = (("scope", "mechanism"),)
FIXED = {"scope": "mechanism", "list": "collected", "series": "cert-ua-processed", "dimension": "total"}
DONORS = ("EST", "SWE", "NLD")
DAYS = ("2023-12-20", "2024", "2024-05", "2024-05-31", "2025-01-01", None)
HOSTILE = ["'; DROP TABLE money; --", '"', "$scope", "%", "x') OR true --", "\N{CYRILLIC SMALL LETTER A}" * 90]

contribution = st.fixed_dictionaries(
    {
        "donor_id": st.sampled_from(DONORS),
        "stage": st.sampled_from(["pledge", "commitment", "disbursement"]),
        "amount": st.one_of(st.none(), st.integers(1, 10_000_000).map(lambda cents: Decimal(cents) / 100)),
        "value_date": st.sampled_from(DAYS),
        "channel": st.sampled_from(["bilateral", "Bilateral fund", None]),
        "within_mechanism": st.sampled_from(["yes", "no"]),
    }
)
groups = st.lists(st.sampled_from(["donor_id", "stage", "value_date_year", "value_date_month", "channel"]), max_size=2, unique=True)
measures = st.lists(st.sampled_from(["committed_eur", "disbursed_eur", "rows", "channel_different"]), min_size=1, max_size=3, unique=True)
conditions = st.lists(
    st.sampled_from(
        [
            Condition("donor_id", "among", ("EST", "NLD")),
            Condition("stage", "among", ("commitment",)),
            Condition("within_mechanism", "among", ("yes", NOT_STATED)),
            Condition("channel", "words", ("FUND",)),
            Condition("amount", "from", ("500.5",)),
            Condition("value_date", "from", ("2024-05-10",)),
            Condition("value_date", "to", ("2024-05-10",)),
        ]
    ),
    unique_by=lambda condition: (condition.column, condition.how),
    max_size=4,
)


@settings(max_examples=25)
@given(rows=st.lists(contribution, max_size=12), groups=groups, measures=measures, conditions=conditions)
def test_sums_and_counts_are_those_of_the_rows(rows, groups, measures, conditions):
    wish = Wish("contributions", SCOPE, groups=tuple(groups), measures=tuple(measures), conditions=tuple(conditions))
    found = explored(store(contributions=[{**row, "currency": "EUR"} for row in rows]), wish).rows
    keys = [[None if value != value else value for value in row] for row in found[groups].itertuples(index=False)] if groups else [[]]
    told = {tuple(key): tuple(map(number, row)) for key, row in zip(keys, found[measures].itertuples(index=False), strict=True)}
    assert told == expected([row for row in rows if all(holds(row, one) for one in conditions)], groups, measures)


def number(value: Any) -> float | None:
    return None if value != value or value is None else round(float(value), 2)


def bounds(text: str | None) -> tuple[date, date] | None:
    ends = {
        "2024": (date(2024, 1, 1), date(2024, 12, 31)),
        "2024-05": (date(2024, 5, 1), date(2024, 5, 31)),
    }
    return None if text is None else ends.get(text) or (date.fromisoformat(text), date.fromisoformat(text))


def holds(row: dict[str, Any], condition: Condition) -> bool:
    value, wanted = row[condition.column], condition.values
    if condition.how == "among":
        return value in wanted or (value is None and NOT_STATED in wanted)
    if value is None:
        return False
    if condition.how == "words":
        return wanted[0].lower() in value.lower()
    if condition.column == "amount":
        return value >= Decimal(wanted[0])
    first, last = bounds(value)  # type: ignore[misc]
    return last >= date.fromisoformat(wanted[0]) if condition.how == "from" else first <= date.fromisoformat(wanted[0])


def key_of(row: dict[str, Any], group: str) -> str | None:
    _name, _, part = group.rpartition("_")
    if part not in ("year", "month"):
        return row[group]
    known = row["value_date"]
    length = 4 if part == "year" else 7
    return known[:length] if known and len(known) >= length else None


def expected(rows: list[dict[str, Any]], groups: list[str], measures: list[str]) -> dict[tuple, tuple]:
    together = defaultdict(list)
    for row in rows:
        together[tuple(key_of(row, group) for group in groups)].append(row)
    if not groups:
        together.setdefault((), [])
    return {key: tuple(measured(own, measure) for measure in measures) for key, own in together.items()}


def measured(rows: list[dict[str, Any]], measure: str) -> float | None:
    if measure == "rows":
        return len(rows)
    if measure == "channel_different":
        return len({row["channel"] for row in rows} - {None})
    # Money whose first report is a payment was committed too.
    stages = {"committed_eur": ("commitment", "disbursement"), "disbursed_eur": ("disbursement",)}[measure]
    own = [row["amount"] for row in rows if row["stage"] in stages and row["within_mechanism"] == "yes" and row["amount"] is not None]
    return float(sum(own)) if own else None


@pytest.fixture(scope="module")
def everything() -> Store:
    return store(
        contributions=[{"donor_id": "EST"}, {"donor_id": "SWE", "stage": "pledge", "tlp": "TLP:AMBER"}],
        projects=[{"donor_ids": "EST; SWE", "implementers": "A; B", "status": "2"}, {"donor_ids": "EST", "category": "training"}],
        needs=[{"category": "training", "stated_on": "2024"}],
        capabilities=[{"donor_id": "EST"}],
        incidents=[{"sector": "Energy; Transport"}],
        incident_counts=[{"series": "cert-ua-processed", "count": 7}],
        organisations=[{"country": "EST"}],
        milestones=[{}],
        reported_totals=[{}],
    )


@pytest.mark.parametrize("name", subjects())
def test_each_column_group_and_measure_that_is_offered_can_be_asked_for(name: str, everything: Store):
    subject = subjects()[name]
    fixed = tuple((each, FIXED[each]) for each in subject.fixed)
    rows = explored(everything, Wish(name, fixed, columns=tuple(subject.columns))).rows
    assert len(rows) and set(subject.columns) <= set(rows.columns)
    codes = list(subject.measures)
    for group in subject.groups:
        explored(everything, Wish(name, fixed, groups=(group,), measures=("rows",)))
    for three in (tuple(codes[at : at + 3]) for at in range(0, len(codes), 3)):
        assert set(three) <= set(explored(everything, Wish(name, fixed, measures=three)).rows)
    for column in subject.columns.values():
        if column.kind in ("word", "country"):
            values(everything, name, column.name)


def test_everything_that_is_offered_has_a_title():
    known = columns("en")
    for name, subject in subjects().items():
        assert set(subject.columns) <= set(known), name
        measured = {measure.column for measure in subject.measures.values()} - {""}
        assert measured <= set(known), name


def test_names_stand_beside_codes_and_each_member_of_a_list_has_its_row(everything: Store):
    by_donor = explored(everything, Wish("projects", groups=("donor_ids",), measures=("rows",))).rows
    assert by_donor[["donor_ids", "donor", "rows"]].values.tolist() == [["EST", "Estonia", 2], ["SWE", "Sweden", 1]]
    by_status = explored(everything, Wish("projects", groups=("status",), measures=("rows",))).rows
    assert by_status["status_name"].fillna("-").tolist() == ["Implementation", "-"]
    listed = explored(everything, Wish("projects", columns=("donor_ids",))).rows
    assert listed["donors"].tolist() == ["Estonia; Sweden", "Estonia"]


def test_single_rows_carry_where_they_were_found(everything: Store):
    rows = explored(everything, Wish("contributions", SCOPE, columns=("amount",))).rows
    assert {"contribution_id", "amount", *FOUND_IN} <= set(rows.columns)
    assert len(rows) == rows["all_rows"].iloc[0] == 2


def test_stages_totals_and_series_are_not_offered_to_be_added_up():
    for name, subject in subjects().items():
        added = {measure.column for measure in subject.measures.values() if measure.how in ("sum", "mean")}
        assert added <= {"committed_eur", "disbursed_eur", "pledged_not_committed_eur", "days_late", "days_old"}, name
    assert subjects()["incident_counts"].fixed == ("series", "dimension") and subjects()["incidents"].fixed == ("list",)
    with pytest.raises(Refused, match="Choose first"):
        composed(Wish("incident_counts", measures=("rows",)))


def wishes(value: str) -> list[Wish]:
    return [
        Wish("contributions", SCOPE, conditions=(Condition("purpose", "words", (value,)),)),
        Wish("contributions", SCOPE, conditions=(Condition("donor_id", "among", (value,)),)),
        Wish("contributions", (("scope", value),)),
    ]


@pytest.mark.parametrize("value", HOSTILE)
def test_whatever_is_typed_is_only_a_value(value: str, everything: Store):
    for wish in wishes(value):
        assert explored(everything, wish).rows.empty
    assert [composed(wish).sql for wish in wishes(value)] == [composed(wish).sql for wish in wishes("harmless")]
    assert len(explored(everything, Wish("contributions", SCOPE)).rows) == 2


@pytest.mark.parametrize(
    "wish",
    [
        Wish("money"),
        Wish("submissions"),
        Wish("contributions", SCOPE, columns=("submission_id",)),
        Wish("contributions", SCOPE, columns=('amount" FROM money; --',)),
        Wish("contributions", SCOPE, groups=("nothing",), measures=("rows",)),
        Wish("contributions", SCOPE, groups=("project_ids",), measures=("committed_eur",)),
        Wish("contributions", SCOPE, groups=("stage", "stage"), measures=("rows",)),
        Wish("contributions", SCOPE, measures=("sum.amount",)),
        Wish("projects", groups=("donor_ids", "implementers"), measures=("rows",)),
        Wish("projects", groups=("status", "category", "delivery"), measures=("rows",)),
        Wish("projects", conditions=(Condition("status", "words", ("2",)),)),
        Wish("projects", conditions=(Condition("source_url", "words", ("x",)),)),
        Wish("projects", conditions=(Condition("days_late", "from", ("many",)),)),
        Wish("projects", conditions=(Condition("days_late", "from", ("nan",)),)),
        Wish("projects", conditions=(Condition("planned_end", "to", ("31.12.2025",)),)),
        Wish("projects", conditions=(Condition("title", "words", ("x" * (LONGEST + 1),)),)),
        Wish("projects", conditions=(Condition("title", "words", ("x\x00",)),)),
        Wish("projects", conditions=(Condition("title", "words", ("a",)),) * 2),
        Wish("projects", conditions=(Condition("status", "among", ()),)),
        Wish("projects", conditions=(Condition("status", "among", ("2",) * 201),)),
    ],
    ids=str,
)
def test_what_is_not_offered_is_refused_in_a_sentence(wish: Wish):
    with pytest.raises(Refused, match=r"^\w.*[.]$"):
        composed(wish)


def test_nobody_finds_more_than_the_audience_may_see():
    rows = [{"donor_id": "EST", "tlp": "TLP:CLEAR"}, {"donor_id": "EST", "tlp": "TLP:AMBER"}, {"donor_id": "SWE", "tlp": "TLP:AMBER"}]
    wish = Wish("contributions", SCOPE, groups=("donor_id",), measures=("rows",))
    for who, seen in [
        (Audience("public"), {"EST": 1}),
        (Audience("partner"), {"EST": 1}),
        (Audience("partner", "SWE"), {"EST": 1, "SWE": 1}),
        (Audience("staff"), {"EST": 2, "SWE": 1}),
    ]:
        of = store(who, contributions=rows)
        found = explored(of, wish).rows
        assert dict(zip(found["donor_id"], found["rows"], strict=True)) == seen
        assert set(values(of, "contributions", "donor_id")) == set(seen)


def asking(monkeypatch: pytest.MonkeyPatch, sql: str) -> None:
    monkeypatch.setattr(running, "composed", lambda _wish: Composed("?", sql, {}))


def test_a_question_that_takes_too_long_is_stopped(everything: Store, monkeypatch: pytest.MonkeyPatch):
    asking(monkeypatch, "SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b")
    monkeypatch.setattr(running, "SECONDS", 0.2)
    with pytest.raises(Refused, match="was stopped"):
        explored(everything, Wish("projects"))
    monkeypatch.undo()
    assert len(explored(everything, Wish("projects")).rows) == 2


def test_a_question_that_needs_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opening, "ROOM", 64 << 20)
    own = store(projects=[{}])
    asking(monkeypatch, "SELECT repeat('x', 100) || range AS text FROM range(5000000) ORDER BY text DESC")
    with pytest.raises(Refused, match="memory"):
        explored(own, Wish("projects"))
    monkeypatch.undo()
    assert len(explored(own, Wish("projects")).rows) == 1


def test_others_wait_for_their_turn_and_are_told(everything: Store, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(running, "_turns", BoundedSemaphore(1))
    monkeypatch.setattr(running, "SECONDS", 0.1)
    with running._turn(), pytest.raises(Refused, match="Others ask"):
        explored(everything, Wish("projects"))
    assert len(explored(everything, Wish("projects")).rows) == 2


def test_an_answer_has_an_end_and_says_how_many_rows_there_are(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(composing, "MOST", 3)
    rows = explored(store(milestones=[{} for _ in range(5)]), Wish("milestones")).rows
    assert (len(rows), rows["all_rows"].iloc[0]) == (3, 5) and MOST == 10_000
