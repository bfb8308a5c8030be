"""Ask anything: a question stands in the address, is answered for whoever may ask, and for nobody else."""

import pytest

from tallinn.explore import Wish
from tallinn.page import exploring
from tests.pages.conftest import Visit
from tests.people import sign_in

SCRIPT = "21_ask_anything.py"
QUESTIONS = [
    {},
    {"ask.by": "value_date_year", "ask.and": "donor_id", "ask.measure": ["committed_eur", "rows"]},
    {"ask.by": "-"},
    {"ask.of": "projects", "ask.by": "donor_ids", "ask.where": "status", "ask.status": ["2", "-"]},
    {"ask.of": "projects", "ask.form": "rows", "ask.columns": ["title", "donor_ids", "planned_end"]},
    {"ask.of": "needs", "ask.where": ["need", "stated_on"], "ask.need": "training", "ask.stated_on.from": "2024-01-01"},
    {"ask.of": "contributions", "ask.where": "amount", "ask.amount.from": "1000000", "ask.form": "rows", "scope": "related"},
    {"ask.of": "incident_counts", "series": "ssu-neutralised", "ask.dimension": "type"},
    {"ask.of": "incidents", "ask.by": "sector", "ask.and": "type"},
    {"ask.of": "organisations", "ask.by": "country"},
    {"ask.of": "capabilities"},
    {"ask.of": "milestones", "ask.by": "date_month"},
    {"ask.of": "reported_totals", "ask.form": "rows"},
]


@pytest.mark.parametrize("query", QUESTIONS, ids=str)
def test_a_question_is_restored_from_its_address(query: dict, visit: Visit):
    page = visit(SCRIPT, **query)
    assert not page.exception and not page.error and not page.warning
    asked = {name: value if isinstance(value, list) else [value] for name, value in query.items()}
    usual = {"ask.of": ["contributions"]}
    assert {name: page.query_params[name] for name in asked if asked[name] != usual.get(name)} == {
        name: value[0] if len(value) == 1 else value for name, value in asked.items() if value != usual.get(name)
    }
    assert any("SELECT" in code.value for code in page.code)


def test_the_answer_is_that_of_the_pages(visit: Visit):
    page = visit(SCRIPT)
    shown = page.dataframe[0].value
    assert shown["donor"].iloc[0] == "Sweden" and round(shown["committed_eur"].iloc[0]) == 12_053_033
    ladder = visit("2_funding.py")
    assert any("12.1" in markdown.value or "12\\.1" in markdown.value for markdown in ladder.markdown)


def test_names_are_in_the_language_of_the_reader(visit: Visit):
    by_country = visit(SCRIPT, **{"ask.of": "organisations", "ask.by": "country", "lang": "uk"}).dataframe[0].value
    assert "Естонія" in set(by_country.iloc[:, 0])
    by_status = visit(SCRIPT, **{"ask.of": "projects", "ask.by": "status", "lang": "uk"}).dataframe[0].value
    assert "Implementation" not in set(by_status["status_name"])


@pytest.mark.parametrize(
    "query",
    [
        {"ask.of": "money; DROP", "ask.by": "submission_id"},
        {"ask.where": "amount", "ask.amount.from": "many"},
        {"ask.where": "amount", "ask.amount.from": "nan"},
        {"ask.where": "amount", "ask.amount.to": "1e300"},
        {"ask.where": "value_date", "ask.value_date.from": "31.12.2025"},
        {"ask.where": "value_date", "ask.value_date.from": "1700-01-01"},
        {"ask.where": ["donor_id"] * 9, "ask.donor_id": "XXX"},
    ],
    ids=str,
)
def test_values_that_nobody_could_choose_are_left_out(query: dict, visit: Visit):
    page = visit(SCRIPT, **query)
    assert not page.exception and not page.error and not page.warning and len(page.dataframe) == 1


def test_nothing_found_says_so(visit: Visit):
    page = visit(SCRIPT, **{"ask.of": "needs", "ask.where": "need", "ask.need": "nobody needs this"})
    assert [info.value for info in page.info] == ["No row is on file that fits this question."]


def test_choices_stay_on_this_page(visit: Visit):
    page = visit(SCRIPT, **{"ask.of": "projects"})
    page.query_params.clear()  # as a link of the navigation does
    page.switch_page("pages/3_projects.py").run()
    assert "ask.of" not in page.query_params
    page.switch_page(f"pages/{SCRIPT}").run()
    assert page.query_params["ask.of"] == "projects"


@pytest.mark.parametrize("role", ["SWE", "partner", "unknown"])
def test_everybody_who_is_signed_in_may_ask(role: str, visit: Visit, monkeypatch: pytest.MonkeyPatch):
    sign_in(monkeypatch, role)
    page = visit(SCRIPT)
    assert not page.error and len(page.dataframe) == 1


def test_nobody_else_may(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    page = visit(SCRIPT)
    sign_in(monkeypatch, "public")
    page.run()
    assert not page.exception and not page.dataframe and not page.code
    with pytest.raises(exploring.NotSignedIn):
        exploring.answered(Wish("projects"))
