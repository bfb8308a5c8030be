"""The page My figures: a donor sees its own figures, all of them, and says whether they are right; nobody else says it for the donor."""

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tallinn.audience import Audience
from tallinn.confirmations import Statement, statements
from tallinn.lake import Lake
from tallinn.page import current, donor, visit
from tallinn.page.donor import NotTheDonor
from tallinn.releases import approve, prepare, publish, published
from tests.pages.conftest import open_page
from tests.people import somebody
from tests.samples import taken, workbook

PAGE = "10_my_figures.py"
SWEDEN, ESTONIA = Audience("partner", "SWE"), Audience("partner", "EST")
OTHERS = {"a visitor": None, "another donor": ESTONIA, "a partner of no donor": Audience("partner"), "the staff": Audience("staff", "SWE")}
SignIn = Callable[[Audience | None], None]


@pytest.fixture
def sign_in(own_lake: Path, monkeypatch: pytest.MonkeyPatch) -> SignIn:
    """`sign_in(SWEDEN)` makes the visitor a person of Sweden, `sign_in(None)` one whom nobody knows."""

    def as_one_of(audience: Audience | None) -> None:
        monkeypatch.setattr(visit, "person", lambda: somebody(audience))

    as_one_of(None)
    return as_one_of


@pytest.fixture
def second(own_lake: Path) -> str:
    """A second release, in which Sweden has committed more, half of it not in public."""
    more = {"donor_id": "SWE", "amount": 5_000_000}
    rows = [{**more, "contribution_id": "SWE-A"}, {**more, "contribution_id": "SWE-B", "tlp": "TLP:AMBER"}]
    with Lake(own_lake) as lake:
        taken(workbook(contributions=rows), lake)
        publish(lake, approve(lake, prepare(lake, author="Mari", note="").id, author="Olena").id, author="Mari")
        return published(lake).id


def words(page: AppTest) -> str:
    assert not page.exception
    kinds = (page.markdown, page.success, page.info, page.warning, page.error, page.caption)
    return " ".join(element.value.replace("\\", "") for kind in kinds for element in kind)


def state(page: AppTest, verdict: str, text: str = "", subject: str = "") -> AppTest:
    """Fill the form and send it."""
    next(radio for radio in page.radio if str(radio.key).startswith("verdict_")).set_value(verdict)
    next(box for box in page.selectbox if str(box.key).startswith("subject_")).set_value(subject)
    next(area for area in page.text_area if str(area.key).startswith("text_")).set_value(text)
    return send(page)


def send(page: AppTest) -> AppTest:
    return next(button for button in page.button if button.label == "State it").click().run()


def kept(directory: Path) -> list[Statement]:
    with Lake(directory) as lake:
        return statements(lake)


def test_a_donor_sees_all_its_rows_and_what_of_them_is_public(sign_in, second):
    sign_in(SWEDEN)
    page = open_page(PAGE)
    assert page.metric[0].value == "EUR 22.1m"
    told = words(page)
    assert "1 of the 6 rows is not public" in told
    assert "The public reads: committed EUR 17.1 million;" in told
    labels = next(table.value for table in page.dataframe if "tlp" in table.value).set_index("contribution_id")["tlp"]
    assert labels["SWE-B"] == "TLP:AMBER" and set(labels.drop("SWE-B")) == {"TLP:CLEAR"}
    assert "Sweden: +EUR 10 million committed (2 added)." in told
    assert "**Fresh**" in told


def test_a_confirmation_stands_beside_the_bar_at_once(sign_in, own_lake):
    assert "confirmed by" not in open_page("2_funding.py").get("plotly_chart")[0].proto.spec
    sign_in(SWEDEN)
    page = state(open_page(PAGE), "confirmed")
    assert "It is kept" in words(page) and "Confirmed on" in words(page)
    (said,) = kept(own_lake)
    assert (said.donor_id, said.verdict, said.subject, said.stated_by) == ("SWE", "confirmed", None, "anna@gov.example")
    sign_in(None)
    page = open_page("2_funding.py")
    assert "confirmed by Sweden on" in page.get("plotly_chart")[0].proto.spec
    assert "anna@gov.example" not in str(page.main)


def test_a_comment_on_a_row_is_kept_and_not_shown_to_others(sign_in, own_lake, second):
    sign_in(SWEDEN)
    page = state(open_page(PAGE), "comment", "SECRET: paid in May", "SWE-B")
    assert "Comment, release" in words(page) and "SECRET" in words(page)
    assert kept(own_lake)[0].subject == "SWE-B"
    for someone in (None, ESTONIA):
        sign_in(someone)
        page = open_page("2_funding.py")
        assert "SECRET" not in str(page.main) and "confirmed" not in page.get("plotly_chart")[0].proto.spec


def test_a_refusal_is_told_and_leaves_what_was_written(sign_in, own_lake):
    sign_in(SWEDEN)
    page = state(open_page(PAGE), "disputed", " ")
    assert "Say what is wrong" in words(page)
    assert next(radio for radio in page.radio if str(radio.key).startswith("verdict_")).value == "disputed"
    assert kept(own_lake) == []


@pytest.mark.parametrize("someone", OTHERS)
def test_nobody_else_speaks_for_a_donor_even_by_its_own_form(someone, sign_in, own_lake):
    sign_in(SWEDEN)
    page = open_page(PAGE)
    sign_in(OTHERS[someone])
    page = send(page)
    assert kept(own_lake) == []
    assert someone != "another donor" or "Only a person of this donor may speak for it. Nothing was stated." in words(page)


@pytest.mark.parametrize("someone", OTHERS)
def test_nobody_else_is_given_the_lake_of_a_donor(someone, sign_in):
    sign_in(OTHERS[someone])
    with pytest.raises(NotTheDonor), donor.acting("SWE"):
        pass
    if someone != "the staff":
        with pytest.raises(NotTheDonor):
            donor.stated("SWE")


@pytest.mark.parametrize("someone", ["a visitor", "a partner of no donor"])
def test_who_speaks_for_no_donor_has_no_such_page(someone, sign_in):
    sign_in(OTHERS[someone])
    with pytest.raises(ValueError, match=PAGE):
        open_page(PAGE)
    told = AppTest.from_function(entering).run()
    assert "This page is for donors." in told.info[0].value


def entering() -> None:
    from contextlib import suppress

    from tallinn.page import donor, frame

    with suppress(frame._Complete):
        donor.enter()


def test_the_staff_looks_and_states_nothing(sign_in):
    sign_in(Audience("staff"))
    page = open_page(PAGE, whose="SWE")
    assert page.metric[0].value == "EUR 12.1m"
    assert not [button for button in page.button if button.label == "State it"]


def test_a_release_that_is_not_confirmed_says_which_one_was(sign_in, own_lake):
    sign_in(SWEDEN)
    state(open_page(PAGE), "confirmed")
    with Lake(own_lake) as lake:
        first = published(lake).id
        taken(workbook(needs=[{}]), lake)
        publish(lake, approve(lake, prepare(lake, author="Mari", note="").id, author="Olena").id, author="Mari")
        second = published(lake).id
    told = words(open_page(PAGE))
    assert f"Release {second} is neither confirmed nor disputed. Last confirmed for release {first}, on" in told
    assert "Confirmed on" in words(open_page(PAGE, release=first))


def test_a_dispute_waits_for_the_staff_until_somebody_says_what_was_done(sign_in, own_lake):
    sign_in(SWEDEN)
    state(open_page(PAGE), "disputed", "The krona's rate is wrong.")
    sign_in(Audience("staff"))
    page = open_page("9_releases.py")
    assert "1 statement waits." in words(page) and "**Sweden** · Disputed" in words(page) and "The krona's rate is wrong." in words(page)
    page = next(button for button in page.button if button.label == "Dealt with").click().run()
    assert "Say what was done about it" in words(page)
    next(text for text in page.text_input if text.key == "done_answer_1").set_value("It is the ECB's of 2 July.")
    page = next(button for button in page.button if button.label == "Dealt with").click().run()
    assert "Nothing that a donor disputed or remarked waits." in words(page)
    sign_in(SWEDEN)
    assert "The project office on" in (told := words(open_page(PAGE))) and "It is the ECB's of 2 July." in told
    sign_in(None)
    assert "The krona's rate" not in words(open_page("9_releases.py"))
    assert "disputed by Sweden on" in open_page("2_funding.py").get("plotly_chart")[0].proto.spec


def test_who_is_not_of_the_staff_closes_no_dispute(sign_in, own_lake):
    sign_in(SWEDEN)
    state(open_page(PAGE), "disputed", "Too little.")
    sign_in(Audience("staff"))
    page = open_page("9_releases.py")
    next(text for text in page.text_input if text.key == "done_answer_1").set_value("Nothing")
    sign_in(None)
    page = next(button for button in page.button if button.label == "Dealt with").click().run()
    assert "Only the staff may do this." in words(page)
    assert kept(own_lake)[0].is_open


def test_a_store_is_made_anew_for_a_verdict_on_the_whole_and_for_nothing_else(sign_in, own_lake):
    wanted = current.Wanted(Audience("public"), own_lake)
    before = current.newest(wanted)
    sign_in(SWEDEN)
    page = state(open_page(PAGE), "disputed", "Not this one.", "C-005")
    assert kept(own_lake) and current.newest(wanted).store is before.store
    state(page, "confirmed")
    after = current.newest(wanted)
    assert after.store is not before.store
    assert after.answer("confirmations").rows["donor_id"].tolist() == ["SWE"]
    assert before.answer("confirmations").rows.empty
