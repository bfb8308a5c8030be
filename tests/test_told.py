"""An answer as its reader reads it: names are worded in the reader's language, codes and what others wrote stay."""

from collections.abc import Iterator
from datetime import date

import pytest

from tallinn.ask import Answer, ask
from tallinn.languages import language
from tallinn.store import Store
from tallinn.told import told
from tests.samples import store


@pytest.fixture(scope="module")
def lake() -> Store:
    return store(
        contributions=[
            {
                "contribution_id": "C-1",
                "donor_id": "SWE",
                "amount": 100,
                "currency": "EUR",
                "value_date": "2025-07-02",
                "purpose": "Training",
            },
        ],
        projects=[
            {"project_id": "P-1", "title": "Training", "donor_ids": "SWE; FIN"},
            {"project_id": "P-2", "title": "Help", "status": "2"},
        ],
        incident_counts=[
            {"count_id": "N-1", "series": "cert-ua-processed", "period_end": None, "count": 7, "value_name": "all"},
        ],
        incidents=[{"incident_id": "I-1", "sector": "Energy; Water", "type": "wiper"}],
    )


@pytest.fixture(autouse=True)
def _in_ukrainian() -> Iterator[None]:
    with language.spoken("uk"):
        yield


def asked(lake: Store, name: str, **parameters: object) -> Answer:
    return told(ask(lake, name, **parameters))


def test_codes_stay_and_their_names_are_translated(lake: Store):
    row = asked(lake, "contributions").rows.set_index("contribution_id").loc["C-1"]
    assert (row["stage"], row["stage_name"], row["donor_id"], row["donor"]) == ("commitment", "Зобов’язання", "SWE", "Швеція")
    assert row["rate_basis"] == "у євро"


def test_what_others_wrote_stays_even_if_it_is_a_word_of_ours(lake: Store):
    assert asked(lake, "contributions").rows["purpose"].tolist()[0] == "Training"
    assert "Training" in set(asked(lake, "projects").rows["title"])


def test_each_element_of_a_list_is_translated(lake: Store):
    assert asked(lake, "projects").rows["donors"].tolist()[0] == "Швеція; Фінляндія"
    incident = asked(lake, "incidents").rows.iloc[0]
    assert (incident["sector"], incident["sector_name"]) == ("Energy; Water", "Енергетика; Водопостачання")


def test_codes_that_queries_make_are_worded(lake: Store):
    assert "Не зазначено" in set(asked(lake, "project_status").rows["status_name"])
    assert asked(lake, "counting_waterfall").rows["label"].tolist()[0] == "Усі рядки в базі"
    assert asked(lake, "incident_counts").rows["period_label"].tolist() == ["від 1\u00a0січня 2025 року"]


def test_the_question_is_translated_and_the_sql_is_not(lake: Store):
    answer = asked(lake, "projects")
    assert answer.question == "Які є проєкти, хто їх фінансує та виконує і для кого?"
    assert answer.sql.startswith("-- Which projects are there")


def test_in_english_codes_are_worded_too(lake: Store):
    with language.spoken("en"):
        assert "Not stated" in set(asked(lake, "project_status").rows["status_name"])
        assert asked(lake, "incident_counts").rows["period_label"].tolist() == ["since 1 January 2025"]


@pytest.mark.parametrize("name", ["sweden", "Швеція", "фінляндія"])
def test_a_donor_is_looked_for_by_its_name_in_any_language(name: str, lake: Store):
    assert asked(lake, "projects", search=name).rows["project_id"].tolist() == ["P-1"]


def test_what_nobody_knows_stays_unknown(lake: Store):
    assert asked(lake, "projects").rows.set_index("project_id")["category_name"].isna().all()
    assert date(2025, 1, 1) == asked(lake, "incident_counts").rows["period_start"].iloc[0].date()
