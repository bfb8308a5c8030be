"""What the drawings show: lengths that are the figures, and words or hatches where a figure is missing, incomplete or only promised."""

import re
from datetime import date
from xml.etree.ElementTree import Element

import pandas as pd
import pytest

from tallinn import theme
from tallinn.ask import ask
from tallinn.static_summary import svg
from tallinn.static_summary.attacks import MOST_YEARS, PLOT, attacks_by_year
from tallinn.static_summary.donors import donor_ladder
from tallinn.static_summary.over_time import funding_over_time
from tallinn.static_summary.projects import project_status
from tests.samples import store

NO_BREAKS = pd.DataFrame({"date_start": [], "date": [], "what": []})
COUNTS = [
    {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period": str(year), "count": 100 * at}
    for at, year in enumerate((2022, 2023, 2024), 1)
]


def drawn(parts: list[Element], tag: str) -> list[Element]:
    return [part for part in parts if part.tag == tag]


def sizes(parts: list[Element], side: str, color: str) -> list[float]:
    return [float(part.get(side)) for part in drawn(parts, "rect") if part.get("fill") == color and float(part.get(side)) > 10.5]


def said(parts: list[Element]) -> list[str]:
    return [part.text for part in drawn(parts, "text")]


def by_year(rows: list[dict]) -> pd.DataFrame:
    return ask(store(incident_counts=rows), "attacks_by_year").rows


def test_bars_are_as_long_as_their_amounts(public):
    rows = ask(public, "donor_ladder").rows
    parts, _height = donor_ladder(rows)
    bars = sizes(parts, "width", theme.STAGES["commitment"])
    amounts = rows["committed_eur"].dropna().tolist()
    assert [bar / bars[0] for bar in bars] == pytest.approx([amount / amounts[0] for amount in amounts[: len(bars)]], abs=0.01)
    assert "EUR 12.1m" in said(parts) and "nothing published" in said(parts)


def test_what_is_paid_lies_within_what_is_committed_and_a_pledge_is_hatched():
    paid = {"contribution_id": "P", "stage": "disbursement", "amount": 40, "realises": "C"}
    pledge = {"contribution_id": "L", "stage": "pledge", "amount": 50}
    organisations = [{"organisation_id": "EST", "name": "Estonia", "country": "EE"}]
    rows = ask(store(contributions=[{"contribution_id": "C"}, paid, pledge], organisations=organisations), "donor_ladder").rows
    parts, _height = donor_ladder(rows)
    (committed,), (disbursed,) = (sizes(parts, "width", theme.STAGES[name]) for name in ("commitment", "disbursement"))
    (pledged,) = sizes(parts, "width", "url(#hatch-C77C00)")
    assert (disbursed / committed, pledged / committed) == pytest.approx((0.4, 0.5), abs=0.01)


def test_columns_are_as_high_as_their_counts_and_a_year_without_one_says_so():
    rows = by_year([COUNTS[0], COUNTS[2]])
    parts, _height = attacks_by_year(rows, NO_BREAKS)
    assert sizes(parts, "height", theme.ATTACKS) == pytest.approx([PLOT / 3, PLOT])
    assert [word for word in said(parts) if word in ("not", "published")] == ["not", "published"]


def test_an_incomplete_year_is_hatched():
    parts, _height = attacks_by_year(
        by_year([*COUNTS, {"period_start": date(2025, 1, 1), "period_end": date(2025, 6, 30), "period": "2025-H1", "count": 60}]), NO_BREAKS
    )
    assert len(sizes(parts, "height", "url(#hatch-D55E00)")) == 1
    assert len(sizes(parts, "height", theme.ATTACKS)) == 3


def test_a_change_of_the_rules_and_another_report_are_marked(public):
    rows, breaks = ask(public, "attacks_by_year").rows, ask(public, "series_breaks", series="cert-ua-processed").rows
    parts, _height = attacks_by_year(rows, breaks)
    looks = [part.get("class") for part in drawn(parts, "line")]
    assert looks.count("break") == 1 and looks.count("other") == 1
    assert "rules changed, November 2025" in said(parts)


def test_of_many_years_the_last_are_drawn():
    rows = by_year(
        [
            {"period_start": date(year, 1, 1), "period_end": date(year, 12, 31), "period": str(year), "count": 5}
            for year in range(2000, 2026)
        ]
    )
    parts, _height = attacks_by_year(rows, NO_BREAKS)
    assert [word for word in said(parts) if re.fullmatch(r"20\d\d", word)] == [str(year) for year in range(2026 - MOST_YEARS, 2026)]


def test_projects_are_in_two_parts_and_those_without_a_status_hatched(public):
    rows = ask(public, "project_status").rows
    parts, _height = project_status(rows)
    (inside, outside) = (float(part.get("width")) for part in drawn(parts, "rect") if part.get("fill") == theme.STATUSES["2"])
    row = rows[rows["status"] == "2"].iloc[0]
    assert inside / outside == pytest.approx(row["in_mechanism"] / row["related"], rel=0.02)
    assert any(part.get("fill") == "url(#hatch-8A8F98)" for part in drawn(parts, "rect"))


def test_both_lines_end_at_their_last_figure(public):
    rows = ask(public, "funding_over_time").rows
    parts, height = funding_over_time(rows, ask(public, "milestones").rows)
    floor = height - 22
    ends = [floor - float(re.findall(r"[MV](?:[\d.]+ )?([\d.]+)", part.get("d"))[-1]) for part in drawn(parts, "path")]
    last = rows.dropna(subset=["date"]).groupby("line")["amount_eur"].last()
    assert ends[1] / ends[0] == pytest.approx(last["itemised"] / last["reported"], abs=0.005)
    assert len(drawn(parts, "circle")) == len(ask(public, "milestones").rows) + int((rows["line"] == "reported").sum())


def test_nothing_is_drawn_beside_the_picture(public):
    for parts, height in (
        donor_ladder(ask(public, "donor_ladder").rows),
        project_status(ask(public, "project_status").rows),
        attacks_by_year(ask(public, "attacks_by_year").rows, ask(public, "series_breaks", series="cert-ua-processed").rows),
        funding_over_time(ask(public, "funding_over_time").rows, ask(public, "milestones").rows),
    ):
        for part in drawn(parts, "rect"):
            x, y, width, tall = (float(part.get(name)) for name in ("x", "y", "width", "height"))
            assert x >= 0 and x + width <= svg.WIDTH + 1 and y >= 0 and y + tall <= height + 1
        for part in drawn(parts, "text"):
            width = len(part.text) * svg.LETTER * {"start": 1, "middle": 0.5, "end": 0}[part.get("text-anchor")]
            assert float(part.get("x")) >= 0 and float(part.get("x")) + width <= svg.WIDTH + svg.LETTER
            assert 0 <= float(part.get("y")) <= height + 1


@pytest.mark.parametrize("top", [0.4, 1, 7, 241.7, 390, 12_345])
def test_an_axis_has_few_round_numbers_that_reach_its_top(top):
    found = svg.ticks(top)
    assert 3 <= len(found) <= 7 and found[0] == 0 and found[-2] < top <= found[-1]
