"""Every number of the page is that of the answer, and every word that of the dashboard."""

import math
import re
from datetime import date

import pandas as pd
import pytest

from tallinn.ask import ask
from tallinn.static_summary.tables import MOST_STEPS
from tallinn.told import told
from tests.pages.conftest import _pages_in_their_frame, open_page  # noqa: F401
from tests.pages.test_every_page import plain
from tests.samples import store
from tests.static_summary.conftest import PUBLIC, made, text

UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "bn": 1_000_000_000}


def number(words: str) -> float:
    """A cell as a number; NaN where it says that nothing is published."""
    return math.nan if words in ("not published", "") else float(words.replace(",", ""))


def same(cells: list[str], values: pd.Series, *, digits: int = 0) -> bool:
    return [number(cell) for cell in cells] == pytest.approx(
        [round(float(value), digits) for value in values], nan_ok=True, abs=0.51 / 10**digits
    )


@pytest.fixture
def dashboard(founded_directory, monkeypatch):
    """A page of the dashboard as the public reads the same release."""
    monkeypatch.setenv("TALLINN_LAKE", str(founded_directory))
    return open_page


def spaced(words: str) -> str:
    return " ".join(plain(words).split())


def test_the_sentence_the_figures_and_what_is_said_of_them_are_those_of_the_dashboard(page, dashboard):
    summary = dashboard("1_summary.py")
    assert text(page.tree.find(".//p[@class='sentence']")) == spaced(summary.markdown[0].value)
    figures = [[text(part) for part in figure] for figure in page.all("div", "content") if figure.find("dt") is not None]
    assert figures == [[metric.label, metric.value, spaced(metric.help)] for metric in summary.metric]
    captions = [spaced(caption.value) for caption in summary.caption]
    notes = [text(each) for each in page.all("p") if each.get("class") == "notes"]
    assert notes[0] == captions[0]
    assert text(page.tree.find(".//p[@class='imprint']")) == captions[-1]


@pytest.mark.parametrize(
    ("section", "script", "position"),
    [("support", "1_summary.py", 0), ("donors", "2_funding.py", 0), ("projects", "1_summary.py", 1), ("attacks", "1_summary.py", 2)],
)
def test_a_chart_has_the_takeaway_and_the_description_that_it_has_on_the_dashboard(section, script, position, page, dashboard):
    opened = dashboard(script)
    headings = [spaced(each.value) for each in opened.markdown if each.value.startswith("#### ")]
    assert text(page.all("h3", section)[0]) == headings[position]
    assert text(page.all("desc", section)[0]) == " ".join(opened.get("plotly_chart")[position].proto.alt.split())


@pytest.mark.parametrize(
    ("section", "script"),
    [("support", "1_summary.py"), ("donors", "2_funding.py"), ("projects", "1_summary.py"), ("attacks", "1_summary.py")],
)
def test_a_chart_has_unit_sources_and_release_as_on_the_dashboard(section, script, page, dashboard):
    said = " ".join(spaced(caption.value) for caption in dashboard(script).caption)
    (notes,) = (text(each) for each in page.all("p", section) if each.get("class") == "notes")
    for sentence in re.split(r"(?<=\.) (?=[A-Z])", notes):
        assert sentence in said or sentence.startswith("November 2025: Resolution 1533"), sentence


def test_what_is_not_known_is_what_the_dashboard_says(page, dashboard):
    listed = next(each.value for each in dashboard("1_summary.py").markdown if "not itemised in any public source" in each.value)
    gaps = [text(each) for each in page.all("li") if "not itemised" in text(each) or "without" in text(each)]
    assert gaps and all(gap in spaced(listed.replace("**", "")) for gap in gaps)


def test_the_table_of_donors_has_the_amounts_of_the_answer(page, public):
    rows = ask(public, "donor_ladder").rows
    _head, *cells = page.table("donors")
    assert [each[0] for each in cells] == rows["donor"].tolist()
    for at, name in enumerate(("committed_eur", "disbursed_eur", "pledged_not_committed_eur"), start=1):
        assert same([each[at] for each in cells], rows[name])


def test_the_table_of_projects_has_the_numbers_of_the_answer(page, public):
    rows = told(ask(public, "project_status")).rows
    _head, *cells = page.table("projects")
    assert [each[0] for each in cells] == rows["status_name"].tolist()
    for at, name in enumerate(("projects", "in_mechanism", "related"), start=1):
        assert same([each[at] for each in cells], rows[name])


def test_the_table_of_attacks_has_the_counts_of_the_answer_and_their_sources(page, public):
    rows = ask(public, "attacks_by_year").rows
    _head, *cells = page.table("attacks")
    assert [each[0] for each in cells] == rows["year"].astype(str).tolist()
    assert same([each[1] for each in cells], rows["incidents"])
    assert same([each[2] for each in cells], rows["per_day"], digits=1)
    assert same([each[3].removesuffix("%") for each in cells], rows["change_on_year"] * 100, digits=1)
    assert [each[4] for each in cells] == ["", "2541", "", ""]
    assert [each.get("href") for each in page.all("a", "attacks")] == rows["source_url"].tolist()


def test_the_table_of_support_has_each_figure_of_both_lines(page, public):
    rows = ask(public, "funding_over_time").rows
    _head, *cells = page.table("support")
    for at, line in ((1, "reported"), (2, "itemised")):
        assert same([each[at] for each in cells if each[at]], rows[rows["line"] == line]["amount_eur"])
    assert cells[-1][0] == "with undated"


def test_a_key_figure_is_the_answer_s_rounded(page, public):
    facts = ask(public, "headline").rows.iloc[0]
    shown = [text(each) for each in page.all("dd") if each.get("class") == "value"]
    for words, name in zip(shown, ("committed_eur", "disbursed_eur", "pledged_not_committed_eur", "reported_eur"), strict=False):
        amount, unit = re.fullmatch(r"EUR ([\d.]+)(k|m|bn)?", words).groups(default="")
        assert float(amount) * UNITS[unit] == pytest.approx(facts[name], rel=0.01)
    assert shown[-1] == f"{facts['share_itemised']:.0%}"


def test_a_long_line_is_told_by_the_last_figure_of_each_year():
    contributions = [{"value_date": f"{2020 + n // 4}-{1 + n % 4:02}-15", "amount": 10} for n in range(4 * MOST_STEPS)]
    page = made(store(PUBLIC, contributions=contributions))
    _head, *cells = page.table("support")
    assert [each[0] for each in cells] == [f"15 Apr {2020 + n}" for n in range(MOST_STEPS)]
    assert [number(each[2]) for each in cells] == [40 * (n + 1) for n in range(MOST_STEPS)]


def test_unknown_is_words_and_never_zero():
    page = made(
        store(PUBLIC, contributions=[{"amount": None}], organisations=[{"organisation_id": "EST", "name": "Estonia", "country": "EE"}])
    )
    figures = [text(each) for each in page.all("dd") if each.get("class") == "value"]
    assert set(figures) == {"not published"}
    assert page.table("donors")[1] == ["Estonia", *["not published"] * 3]
    assert "EUR 0" not in page.words


def test_with_nothing_on_file_the_page_says_so_in_words():
    page = made(store(PUBLIC))
    said = [text(page.all("h3", section)[0]) for section in ("support", "donors", "projects", "attacks")]
    assert said == [
        "No amount with a date has been published.",
        "No donor is on file yet.",
        "No project states its status",
        "This series has no count of a calendar year.",
    ]
    assert "No commitment to the Tallinn Mechanism is on file." in page.words
    assert "date not stated" in page.words and "NaT" not in page.source and "nan" not in page.words.split()


def test_the_release_its_day_its_data_and_the_next_one_are_told(public):
    release = public.release
    later = type(public)(
        type(release)(release.id, release.snapshot, release.date, next_date=date(2030, 1, 15)), public.audience, public.connection
    )
    imprint = text(made(later).tree.find(".//p[@class='imprint']"))
    assert imprint.startswith(f"Release {release.id} of ") and "Data to 3 April 2026." in imprint
    assert "The next release is due on 15 January 2030." in imprint
