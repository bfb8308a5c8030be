"""What donors say of their figures: kept for one release, never edited, and public only as a verdict with a day."""

from datetime import date

import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.confirmations import MOST_LETTERS, answer, standing, state, statements
from tallinn.ingest.findings import Refused
from tallinn.lake import Lake
from tallinn.releases import Release, approve, drop, prepare, publish, published
from tallinn.store import Store, open_store
from tests.audience.test_who_sees_what import everything_in
from tests.samples import taken, workbook

PUBLIC = Audience("public")


@pytest.fixture
def office(lake: Lake) -> Lake:
    """Rows of three donors in a release: Estonia's are public but for two, Sweden's are not, and Norway's are for the office alone."""
    rows = [
        {"contribution_id": "EST-1"},
        {"contribution_id": "EST-2", "tlp": "TLP:AMBER"},
        {"contribution_id": "EST-3", "tlp": "TLP:AMBER+STRICT"},
        {"contribution_id": "SWE-1", "donor_id": "SWE", "tlp": "TLP:AMBER"},
        {"contribution_id": "NOR-1", "donor_id": "NOR", "tlp": "TLP:AMBER+STRICT"},
    ]
    taken(workbook(contributions=rows), lake)
    next_release(lake)
    return lake


def next_release(lake: Lake) -> Release:
    publish(lake, approve(lake, prepare(lake, author="Mari", note="").id, author="Olena").id, author="Mari")
    return published(lake)


def say(lake: Lake, verdict: str, text: str = "", donor: str = "EST", subject: str | None = None, release: str = "", by: str = "anna@est"):
    return state(lake, release or published(lake).id, donor, verdict, text, subject, by)


def verdicts(lake: Lake) -> dict[str, str]:
    return {each.donor_id: each.verdict for each in standing(lake, published(lake))}


def shown(lake: Lake, audience: Audience = PUBLIC) -> list[tuple[str, str, date]]:
    rows = ask(open_store(lake, audience, published(lake)), "confirmations").rows
    return [(each["donor_id"], each["verdict"], each["stated_on"].date()) for each in rows.to_dict("records")]


def test_a_statement_is_kept_with_who_made_it_and_when(office):
    said = say(office, "disputed", "The amount of EST-1 is in kroons.", subject="EST-1")
    assert statements(office) == [said]
    assert (said.donor_id, said.subject, said.stated_by, said.is_open) == ("EST", "EST-1", "anna@est", True)
    assert said.release_id == published(office).id


def test_the_newest_verdict_on_the_whole_stands_and_a_comment_replaces_none(office):
    say(office, "disputed", "Too little.")
    say(office, "confirmed", donor="SWE")
    say(office, "confirmed")
    say(office, "comment", "A payment follows in May.")
    say(office, "disputed", "Not this row.", subject="EST-1")
    assert verdicts(office) == {"EST": "confirmed", "SWE": "confirmed"}
    say(office, "disputed", "Too little after all.")
    assert verdicts(office)["EST"] == "disputed"
    assert len(statements(office, donor_id="EST")) == 5


def test_a_confirmation_is_for_one_release_and_changes_no_row_of_it(office):
    first = published(office)
    before = dict(everything_in(open_store(office, PUBLIC, first)))
    say(office, "confirmed")
    after = dict(everything_in(open_store(office, PUBLIC, first)))
    assert {name for name in before if before[name] != after[name]} == {"confirmations"}
    taken(workbook(needs=[{}]), office)
    second = next_release(office)
    assert standing(office, second) == ()
    assert [each.donor_id for each in standing(office, first)] == ["EST"]
    assert [each.release_id for each in statements(office, first.id)] == [first.id]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"verdict": "disputed"}, "what is wrong"),
        ({"verdict": "comment", "text": " \n\x1b\u200b "}, "what is wrong"),
        ({"verdict": "approved"}, "“approved” is nothing"),
        ({"verdict": "confirmed", "by": " "}, "Say who"),
        ({"verdict": "comment", "text": "x" * (MOST_LETTERS + 1)}, "2,001 characters"),
        ({"verdict": "confirmed", "release": "1999-01"}, "no published release “1999-01”"),
        ({"verdict": "confirmed", "donor": "FIN"}, "Finland has no contribution"),
        ({"verdict": "confirmed", "donor": "'; DROP TABLE"}, "has no contribution"),
        ({"verdict": "confirmed", "subject": "SWE-1"}, "“SWE-1” is no contribution of Estonia"),
        ({"verdict": "confirmed", "subject": "EST-3"}, "“EST-3” is no contribution of Estonia"),
        ({"verdict": "confirmed", "donor": "NOR"}, "Norway has no contribution"),
    ],
    ids=str,
)
def test_what_cannot_be_said_is_refused_in_a_sentence_and_not_kept(office, given, told):
    with pytest.raises(Refused, match=told):
        say(office, **given)
    assert statements(office) == []


def test_of_a_release_that_is_not_public_a_donor_may_speak_until_it_is_dropped(office):
    second = prepare(office, author="Mari", note="").id
    say(office, "disputed", "Wait.", release=second)
    assert verdicts(office) == {}
    drop(office, second, author="Olena", reason="Estonia disputes it")
    with pytest.raises(Refused):
        say(office, "confirmed", release=second)


def test_a_text_is_kept_in_one_line_without_what_nobody_sees(office):
    assert say(office, "comment", " Two\nlines\x1b[31m and \u202ea trap ").text == "Two lines [31m and a trap"


def test_the_office_answers_each_dispute_once_with_a_word_on_it(office):
    disputed = say(office, "disputed", "Too little.").statement_id
    with pytest.raises(Refused, match="what was done"):
        answer(office, disputed, " ", author="Olena")
    done = answer(office, disputed, "Corrected in the next release.", author="Olena")
    assert (done.answer, done.answered_by, done.is_open) == ("Corrected in the next release.", "Olena", False)
    with pytest.raises(Refused, match="dealt with already"):
        answer(office, disputed, "Again", author="Olena")
    with pytest.raises(Refused, match="no statement 99"):
        answer(office, 99, "?", author="Olena")
    assert verdicts(office) == {"EST": "disputed"}, "what a donor says stands until the donor says something else"


def test_a_store_holds_the_verdict_and_the_day_and_neither_person_nor_text(office):
    say(office, "disputed", "SECRET TEXT", by="secret@person")
    say(office, "comment", "SECRET TEXT", subject="EST-2", by="secret@person")
    answer(office, 1, "SECRET TEXT", author="secret@person")
    today = statements(office)[0].stated_at.date()
    assert shown(office) == [("EST", "disputed", today)]
    for audience in (PUBLIC, Audience("partner", "SWE"), Audience("staff")):
        assert not [name for name, text in everything_in(open_store(office, audience, published(office))) if "secret" in text.lower()]


def test_a_confirmation_does_not_tell_that_there_are_rows_that_a_reader_may_not_see(office):
    say(office, "confirmed", donor="SWE")
    assert shown(office) == shown(office, Audience("partner", "EST")) == []
    assert [donor for donor, _verdict, _day in shown(office, Audience("partner", "SWE"))] == ["SWE"]
    assert not [name for name, text in everything_in(store_of_public(office)) if name != "names" and "SWE" in text]


def store_of_public(lake: Lake) -> Store:
    return open_store(lake, PUBLIC, published(lake))
