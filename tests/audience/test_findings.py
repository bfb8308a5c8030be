"""What was remarked on files reaches those alone who see all of their rows."""

import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.lake import Lake
from tallinn.releases import working
from tallinn.store import open_store
from tests.lakes import directory, empty_directory, lake  # noqa: F401
from tests.samples import taken, workbook

NO_RATE = {"donor_id": "SWE", "currency": "UAH", "amount": 5}


def remarked(opened: Lake, audience: Audience) -> dict[str, int]:
    rows = ask(open_store(opened, audience, working(opened)), "findings").rows
    return dict(zip(rows["rule"], rows["remarks"], strict=True))


@pytest.mark.parametrize("label", ["TLP:CLEAR", "TLP:AMBER"])
def test_remarks_are_told_to_whoever_sees_all_rows_of_the_file(label: str, lake: Lake):  # noqa: F811
    taken(workbook(contributions=[NO_RATE, {**NO_RATE, "tlp": label}]), lake, name="sweden.xlsx", donor="SWE")
    everything = remarked(lake, Audience("staff"))
    assert everything["no-rate-for-currency"] >= 1
    assert remarked(lake, Audience("partner", "SWE")) == everything
    assert remarked(lake, Audience("public")) == (everything if label == "TLP:CLEAR" else {})
    assert remarked(lake, Audience("partner", "NLD")) == (everything if label == "TLP:CLEAR" else {})


def test_what_was_held_back_is_remarked_on_nowhere(lake: Lake):  # noqa: F811
    taken(workbook(contributions=[{**NO_RATE, "currency": "EUR"}, {**NO_RATE, "amount": "12,5.3"}]), lake, name="sweden.xlsx", donor="SWE")
    assert "not-a-number" not in remarked(lake, Audience("staff"))
