"""The SQL agrees to the cent with a slow, plain Python twin: on the default data, and on made-up tables full of awkward rows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.lake import Lake
from tallinn.lake_tables import RECORDS, arrow, columns_of
from tallinn.releases import Release, working
from tallinn.store import Store, open_store, store_of
from tests import twin, twin_files
from tests.lakes import founded_once
from tests.twin import Judged
from tests.twin_files import Contribution

PUBLIC = Audience("public")
SCOPES = ["mechanism", "related"]
QUERIES = ["headline", "counting_waterfall", "donor_ladder", "funding_by_year", "funding_by_category"]
SUMS = ["committed_eur", "disbursed_eur", "not_yet_disbursed_eur", "pledged_not_committed_eur"]
STAGE_SUMS = {"commitment": "committed_eur", "disbursement": "disbursed_eur", "pledge": "pledged_not_committed_eur"}
KINDS = ["all", "less", "shown_separately", "counted"]

Answers = dict[str, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lake]:
    with Lake(founded_once(tmp_path_factory)) as opened:
        yield opened


@pytest.fixture(scope="module")
def store(lake: Lake) -> Store:
    return open_store(lake, PUBLIC, working(lake))


# The default data


def test_the_headline_is_the_published_one(store):
    headline = answers(store, "mechanism")["headline"][0]
    millions = [round(headline[name] / 10**6, 2) for name in (*SUMS, "reported_eur")]
    assert millions == [Decimal("16.67"), Decimal("0.5"), Decimal("16.17"), 10, Decimal("241.7")]
    assert headline["rows_without_rate"] == 1


@pytest.mark.parametrize("scope", SCOPES)
def test_the_default_figures_are_those_of_the_twin_and_hold_together(store, scope):
    given_by_sql = answers(store, scope)
    assert_agreement(given_by_sql, twin.judge(twin_files.contributions(), scope), twin_files.categories())
    assert_figures_hold_together(given_by_sql)
    assert given_by_sql["headline"][0]["reported_eur"] == twin_files.reported()
    assert twin_files.members() <= {row["donor_id"] for row in given_by_sql["donor_ladder"]}


# Made-up data

CATEGORIES = {"P-1": "training", "P-2": "training", "P-3": "equipment", "P-4": ""}
HIDDEN_PROJECT = "P-5"
IDS = [f"C-{number}" for number in range(40)]


NOTHING = st.none()


def one_in(times: int, rare: st.SearchStrategy, usual: st.SearchStrategy = NOTHING) -> st.SearchStrategy:
    return st.integers(1, times).flatmap(lambda drawn: rare if drawn == times else usual)


DAYS = st.dates(date(2021, 11, 1), date(2027, 2, 1)).map(date.isoformat)
YEARS = st.integers(2021, 2026).map(str)
PARTS = st.builds("{}-{}".format, YEARS, st.sampled_from(["01", "08", "12", "Q1", "Q2", "Q4", "H1", "H2"]))
DATES = st.one_of(DAYS, PARTS, YEARS)
INTERVALS = st.tuples(DATES, DATES).map("/".join).filter(lambda when: twin.span(when)[0] <= twin.span(when)[1])
PERIODS = st.one_of(NOTHING, DATES, INTERVALS)
AMOUNTS = st.one_of(st.decimals(-(10**6), 10**9, places=2), st.integers(1, 10**4).map(lambda thousands: Decimal(1000 * thousands)))
CURRENCIES = ["EUR", "EUR", "USD", "GBP", "SEK", "NOK", "PLN", "JPY", "UAH", "HRK", "RUB", "BGN", None]

ROWS = st.builds(
    Contribution,
    contribution_id=st.just(""),
    donor_id=st.sampled_from(["EST", "SWE", "USA", "EU", "JPN"]),
    stage=st.sampled_from(twin.STAGES),
    within_mechanism=one_in(4, st.sampled_from(["related", "unclear"]), st.just("yes")),
    in_kind=st.sampled_from([None, False, True]),
    amount=one_in(6, NOTHING, AMOUNTS),
    currency=st.sampled_from(CURRENCIES),
    value_date=st.one_of(DAYS, DAYS, PERIODS),
    period=PERIODS,
    project_ids=st.lists(st.sampled_from([*CATEGORIES, HIDDEN_PROJECT, "P-9"]), max_size=3, unique=True).map(
        lambda ids: "; ".join(ids) or None
    ),
    realises=one_in(8, st.just("C-elsewhere")),
    duplicate_of=one_in(10, st.sampled_from(IDS)),
    not_counted=one_in(6, st.sampled_from(["duplicate", "military", "internal_transfer", "cancelled", "background"])),
)


@st.composite
def filed(draw: st.DrawFn) -> list[Contribution]:
    """Rows of which many realise an earlier one of an earlier stage, in its currency or another."""
    rows: list[Contribution] = []
    for drawn in draw(st.lists(ROWS, min_size=1, max_size=len(IDS))):
        changes = {"contribution_id": IDS[len(rows)]}
        earlier = [row for row in rows if twin.STAGES.index(row.stage) < twin.STAGES.index(drawn.stage)]
        if earlier and draw(st.booleans()):
            realised = draw(st.sampled_from(earlier))
            changes["realises"] = realised.contribution_id
            if draw(st.booleans()):
                changes["currency"] = realised.currency
        rows.append(replace(drawn, **changes))
    return rows


# Shrinking a failure would take minutes, as every case is a store of its own.
PHASES = [Phase.explicit, Phase.generate]

PLEDGE = Contribution("C-0", "SWE", "pledge", "yes", amount=Decimal(100), currency="EUR")
COMMITMENT = replace(PLEDGE, stage="commitment")
COMMITMENT_OF_PLEDGE = replace(COMMITMENT, contribution_id="C-1", realises="C-0")
COMMITMENT_WITHOUT_RATE = replace(COMMITMENT, contribution_id="C-1", donor_id="JPN", currency="UAH")
PAYMENT = replace(PLEDGE, contribution_id="C-1", stage="disbursement", amount=Decimal(40), realises="C-0")


# A commitment of a pledge; of a row not on file; a donor that is no member; one donor pays what another committed; half a cent.
@example(rows=[PLEDGE, COMMITMENT_OF_PLEDGE], hidden=set())
@example(rows=[replace(COMMITMENT, realises="C-elsewhere")], hidden=set())
@example(rows=[replace(COMMITMENT, donor_id="EU"), COMMITMENT_WITHOUT_RATE], hidden=set())
@example(rows=[COMMITMENT, replace(PAYMENT, donor_id="EST")], hidden=set())
@example(rows=[replace(COMMITMENT, amount=Decimal(34), currency="SEK", value_date="2025-05-06")], hidden=set())
@given(rows=filed(), hidden=st.sets(st.sampled_from(IDS), max_size=6))
@settings(max_examples=16, deadline=None, derandomize=True, phases=PHASES, suppress_health_check=list(HealthCheck))
def test_made_up_figures_are_those_of_the_twin_and_hold_together(rows, hidden):
    made_up = store_of_rows(rows, hidden)
    seen = [row for row in rows if row.contribution_id not in hidden]
    for scope in SCOPES:
        given_by_sql = answers(made_up, scope)
        assert_agreement(given_by_sql, twin.judge(seen, scope), CATEGORIES)
        assert_figures_hold_together(given_by_sql)


def store_of_rows(rows: list[Contribution], hidden: set[str]) -> Store:
    """What the public sees of these rows: those that are hidden are labelled TLP:AMBER."""
    contributions = [asdict(row) | {"tlp": "TLP:AMBER" if row.contribution_id in hidden else "TLP:CLEAR"} for row in rows]
    projects = [{"project_id": project, "category": code or None, "tlp": "TLP:CLEAR"} for project, code in CATEGORIES.items()]
    projects.append({"project_id": HIDDEN_PROJECT, "category": "equipment", "tlp": "TLP:GREEN"})
    members = [{"organisation_id": state, "country": state, "role": "member", "tlp": "TLP:CLEAR"} for state in ("EST", "SWE", "FIN")]
    filled = {"contributions": contributions, "projects": projects, "organisations": members}
    tables = {name: arrow(pd.DataFrame(filled.get(name, []), dtype=object), columns_of(dataset)) for name, dataset in datasets().items()}
    tables["submissions"] = arrow(pd.DataFrame(), RECORDS["submissions"])
    return store_of(tables, PUBLIC, Release("made up", 1, date(2026, 11, 1)))


# Agreement


def assert_agreement(given_by_sql: Answers, judged: list[Judged], categories: Mapping[str, str]) -> None:
    headline = given_by_sql["headline"][0]
    expected = twin.sums(judged)
    assert {name: headline[name] for name in expected} == expected

    steps = {row["reason"]: (row["rows"], row["amount_eur"], row["rows_without_eur"]) for row in given_by_sql["counting_waterfall"]}
    assert steps == twin.waterfall(judged)

    nobody = twin.sums([])
    ladder = {row["donor_id"]: {name: row[name] for name in nobody} for row in given_by_sql["donor_ladder"]}
    donors = twin.ladder(judged)
    assert ladder == {donor: donors.get(donor, nobody) for donor in ladder}
    assert headline["donors_committed"] == sum(figures["committed_eur"] is not None for figures in donors.values())

    years = {(row["period_label"], row["stage"]): row["amount_eur"] for row in given_by_sql["funding_by_year"]}
    assert years == twin.by_year(judged)

    purposes = {row["category"]: row["committed_eur"] for row in given_by_sql["funding_by_category"] if row["committed_eur"] is not None}
    assert purposes == twin.by_category(judged, categories)


def assert_figures_hold_together(given_by_sql: Answers) -> None:
    """What must be so whatever the rows are."""
    headline, ladder, steps = given_by_sql["headline"][0], given_by_sql["donor_ladder"], given_by_sql["counting_waterfall"]
    amounts = {kind: total(row["amount_eur"] for row in steps if row["kind"] == kind) for kind in KINDS}
    rows = {kind: sum(row["rows"] for row in steps if row["kind"] == kind) for kind in KINDS}

    assert known(headline["committed_eur"]) == known(headline["disbursed_eur"]) + known(headline["not_yet_disbursed_eur"])
    assert amounts["all"] - amounts["less"] == amounts["counted"] == known(headline["committed_eur"])
    assert rows["all"] - rows["less"] == rows["counted"] + rows["shown_separately"] == headline["rows_counted"]
    assert rows["all"] == headline["rows_on_file"]
    for name in (*SUMS, "rows_counted", "rows_without_rate"):
        assert total(row[name] for row in ladder) == known(headline[name]), f"the ladder does not add up to {name}"
    for stage, name in STAGE_SUMS.items():
        assert total(row["amount_eur"] for row in given_by_sql["funding_by_year"] if row["stage"] == stage) == known(headline[name]), stage
    assert total(row["committed_eur"] for row in given_by_sql["funding_by_category"]) == known(headline["committed_eur"])


def answers(store: Store, scope: str) -> Answers:
    """The rows of each answer; sums of euros as exact numbers, and None where nothing is known."""
    return {query: [plain(row) for row in ask(store, query, scope=scope).rows.to_dict("records")] for query in QUERIES}


def plain(row: Mapping[Any, Any]) -> dict[str, Any]:
    exact = {name: Decimal(str(value)) if isinstance(value, float) else value for name, value in row.items()}
    return {name: None if pd.isna(value) else value for name, value in exact.items()}


def known(amount: object) -> Decimal:
    return Decimal(0) if amount is None else Decimal(amount)


def total(amounts: Iterable[object]) -> Decimal:
    return sum(map(known, amounts), Decimal(0))
