"""The same IATI file again changes nothing; a newer one changes what it says anew, and takes back what its activities no longer have."""

from typing import Any

from tallinn.ingest.decisions import Decisions
from tallinn.ingest.undo import undo
from tallinn.lake import Lake
from tests.ingest.iati_files import activity, element, file, part_of, transaction
from tests.samples import Table, remarks, taken, understood, workbook

RELATED = Decisions(constants={"within_mechanism": "related", "tlp": "TLP:CLEAR"})
C = transaction(2, 100, "2024-01-10", ref="C")
D = transaction(3, 60, "2024-03-10", ref="D")
UNNAMED = transaction(3, 10, "2024-04-10")


def sent(lake: Lake, *activities: str, **options: Any):
    return taken(file(*activities), lake, name="sida.xml", **{"decisions": RELATED, **options}).submission


def changes(submission) -> dict[str, tuple[list, list, list]]:
    """By dataset: keys added and removed, and what was revised."""
    return {
        each.dataset.name: (each.added, each.removed, [(one.key, one.field, one.old, one.new) for one in each.revised])
        for each in submission.comparisons
    }


def on_file(lake: Lake) -> dict[str, Any]:
    return {row["contribution_id"]: row["amount"] for row in lake.table("contributions").to_pylist()}


def test_the_same_file_again_is_not_even_stored(lake):
    first = taken(file(activity(C, D, UNNAMED)), lake, name="sida.xml", decisions=RELATED)
    again = taken(file(activity(C, D, UNNAMED)), lake, name="sida.xml", decisions=RELATED)
    assert (first.submission_id, again.submission_id) == (1, None)
    assert again.submission.changes_nothing


def test_a_file_that_was_only_generated_anew_changes_nothing(lake):
    sent(lake, activity(C, D, UNNAMED))
    anew = activity(C, D, UNNAMED, last_updated_datetime="2025-08-01T00:00:00Z")
    assert sent(lake, activity(C, identifier="SE-0-0"), anew).comparisons[1].added == ["SE-0-0/C"]
    assert changes(sent(lake, anew)) == {"projects": ([], [], []), "contributions": ([], [], [])}


def test_a_corrected_amount_is_one_revision(lake):
    sent(lake, activity(C, D))
    found = changes(sent(lake, activity(C.replace(">100<", ">120<"), D)))
    assert found["contributions"] == ([], [], [("SE-0-1/C", "amount", 100, 120)])


def test_a_later_transaction_never_renames_an_earlier_one(lake):
    sent(lake, activity(C, UNNAMED))
    later = [transaction(3, 5, "2024-05-10", ref="C"), transaction(3, 7, "2024-04-10")]
    assert changes(sent(lake, activity(C, UNNAMED, *later)))["contributions"] == (
        ["SE-0-1/disbursement/2024-05-10", "SE-0-1/disbursement/2024-04-10/2"],
        [],
        [],
    )


def test_a_transaction_with_another_date_does_not_count_twice(lake):
    sent(lake, activity(UNNAMED))
    found = sent(lake, activity(UNNAMED.replace("2024-04-10", "2024-04-11")))
    assert changes(found)["contributions"] == (["SE-0-1/disbursement/2024-04-11"], ["SE-0-1/disbursement/2024-04-10"], [])
    assert list(on_file(lake)) == ["SE-0-1/disbursement/2024-04-11"]


def test_a_transaction_that_its_activity_no_longer_has_goes_and_comes_back_by_undo(lake):
    sent(lake, activity(C, D))
    sent(lake, activity(C))
    assert on_file(lake) == {"SE-0-1/C": 100}
    undo(2, lake, author="Mari", reason="Sent too early")
    assert on_file(lake) == {"SE-0-1/C": 100, "SE-0-1/D": 60}


def test_activities_that_a_file_does_not_have_and_rows_of_other_files_stay(lake):
    by_hand = {"contribution_id": "SE-0-1/by-hand", "donor_id": "SWE", "project_ids": "SE-0-2"}
    own = {"contribution_id": "C-001", "donor_id": "SWE", "project_ids": "SE-0-1"}
    taken(workbook(contributions=[by_hand, own]), lake)
    sent(lake, activity(C), activity(D, identifier="SE-0-1/2"))
    sent(lake, activity(D))
    assert set(on_file(lake)) == {"SE-0-1/by-hand", "C-001", "SE-0-1/D", "SE-0-1/2/D"}


def test_what_an_activity_no_longer_says_of_ukraine_goes(lake):
    sent(lake, activity(C), activity(D, identifier="SE-0-2"))
    found = sent(lake, activity(C, where=element("recipient-country", code="PL")), activity(D, identifier="SE-0-2"))
    assert changes(found)["contributions"][1] == ["SE-0-1/C"]
    assert {row["project_id"] for row in lake.table("projects").to_pylist()} == {"SE-0-1", "SE-0-2"}


def test_a_held_row_is_neither_new_nor_gone(lake):
    sent(lake, activity(C, D))
    found = sent(lake, activity(C, D.replace(">60<", ">sixty<")))
    assert (found.rows_held, changes(found)["contributions"]) == (1, ([], [], []))
    assert on_file(lake)["SE-0-1/D"] == 60


def test_when_a_commitment_is_lowered_its_payments_are_divided_anew(lake):
    sent(lake, activity(C, D))
    found = sent(lake, activity(C.replace(">100<", ">40<"), D))
    assert found.rows_held == 0
    assert {row["contribution_id"]: (row["amount"], row["realises"]) for row in lake.table("contributions").to_pylist()} == {
        "SE-0-1/C": (40, None),
        "SE-0-1/D": (40, "SE-0-1/C"),
        "SE-0-1/D/part-2": (20, None),
    }
    assert sent(lake, activity(C, D)).rows_held == 0
    assert on_file(lake) == {"SE-0-1/C": 100, "SE-0-1/D": 60}


def test_when_the_commitment_goes_its_payments_stand_by_themselves(lake):
    sent(lake, activity(C, D))
    assert sent(lake, activity(D)).rows_held == 0
    (row,) = lake.table("contributions").to_pylist()
    assert (row["contribution_id"], row["realises"]) == ("SE-0-1/D", None)


def test_a_payment_is_linked_anew_when_the_commitment_moves_from_the_programme_to_the_project(lake):
    programme, project = {"identifier": "SE-0-1"}, {"identifier": "SE-0-1-A"}
    sent(lake, activity(C, **programme), activity(part_of("SE-0-1"), D, **project))
    assert next(row["realises"] for row in lake.table("contributions").to_pylist() if row["realises"]) == "SE-0-1/C"
    assert sent(lake, activity(**programme), activity(part_of("SE-0-1"), D, **project)).rows_held == 0
    assert [row["realises"] for row in lake.table("contributions").to_pylist()] == [None]


def test_what_a_person_has_linked_or_added_stays(lake):
    sent(lake, activity(C))
    pledge = {"contribution_id": "P-1", "stage": "Pledge", "donor_id": "SWE", "amount": 500}
    linked = {"contribution_id": "SE-0-1/C", "donor_id": "SWE", "realises": "P-1", "confidence": "High", "value_date": "2024-01-10",
              "within_mechanism": "Related", "source_url": None}  # fmt: skip
    taken(workbook(contributions=[pledge, linked]), lake)
    sent(lake, activity(C.replace(">100<", ">120<")))
    row = next(row for row in lake.table("contributions").to_pylist() if row["contribution_id"] == "SE-0-1/C")
    assert (row["realises"], row["confidence"], row["amount"]) == ("P-1", "high", 120)


def test_replacing_takes_the_place_of_everything_that_this_donor_sent(lake):
    sent(lake, activity(C), activity(D, identifier="SE-0-2"))
    sent(lake, activity(C), mode="replace")
    assert (set(on_file(lake)), len(lake.table("projects"))) == ({"SE-0-1/C"}, 1)


# Memory


def test_what_was_decided_for_a_publisher_is_remembered_for_its_next_file_and_for_no_other_s(lake):
    sent(lake, activity(C))
    again = understood(file(activity(C, D)), lake, name="july.xml")
    assert (again.decided, again.rows_held) == (True, 0)
    other = activity(C, identifier="XM-DAC-8-1").replace("SE-0", "XM-DAC-8").replace("Sweden", "Norway")
    theirs = understood(file(other), lake, name="norad.xml")
    assert not theirs.decided
    assert "no-label" in remarks(theirs)


def test_what_was_decided_for_a_workbook_is_not_taken_for_a_publisher(lake):
    columns = [
        "period",
        "in_kind",
        "confidence",
        "duplicate_of",
        "not_counted",
        "period_as_stated",
        "source_date",
        "within_mechanism",
        "tlp",
    ]
    book = understood(file(activity(C)), lake, name="sida.xml", decisions=RELATED)
    assert book.decided
    taken(workbook(Table("contributions", [{"donor_id": "SWE"}], without=columns)), lake, decisions=RELATED)
    assert not understood(file(activity(C)), lake, name="sida.xml").decided


def test_a_file_of_activities_without_any_transaction_is_taken(lake):
    found = sent(lake, activity())
    assert (found.rows_accepted, found.rows_held) == (1, 0)
