"""What single pages say about the default data."""

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.conftest import Visit


def test_the_summary_shows_the_five_figures(visit: Visit):
    figures = {metric.label: metric.value for metric in visit("1_summary.py").metric}
    assert figures == {
        "Committed": "EUR 16.7m",
        "Disbursed so far": "EUR 500k",
        "Pledged only": "EUR 10m",
        "Reported in total": "EUR 241.7m",
        "Share itemised": "11%",
    }


def test_the_summary_says_in_a_sentence_what_was_given(visit: Visit):
    sentence = visit("1_summary.py").markdown[0].value
    assert "EUR 241.7 million" in sentence
    assert "11%" in sentence
    assert "EUR 16.7 million" in sentence


def test_without_data_the_summary_says_not_published_and_never_zero(visit_empty: Visit):
    page = visit_empty("1_summary.py")
    assert {metric.value for metric in page.metric} == {"not published"}
    assert "No commitment" in page.markdown[0].value


def test_members_stand_with_their_offices(visit: Visit):
    table = next(text.value for text in visit("1_summary.py").markdown if "| Name |" in text.value)
    assert "back office in Warsaw" in table
    assert table.count("Founding member") == 10
    assert "World Bank" in table


def test_a_donor_without_a_figure_is_not_published_rather_than_zero(visit: Visit):
    ladder = visit("2_funding.py", donor="Germany").get("plotly_chart")[0].proto.alt
    assert "Germany" in ladder
    assert "EUR 0" not in ladder


def test_the_contributions_table_shows_original_amount_rate_and_source(visit: Visit):
    rows = table_with("contribution_id", visit("2_funding.py"))
    assert len(rows) == 31
    sweden = rows[rows["contribution_id"] == "C-005"].iloc[0]
    assert (sweden["amount"], sweden["currency"], sweden["rate_basis"]) == (135_000_000, "SEK", "value date")
    assert sweden["source_url"].startswith("https://")


def test_what_is_not_stated_is_said_in_words(visit: Visit):
    rows = table_with("project_id", visit("3_projects.py"))
    assert "not stated" in set(rows["start"])


def test_a_filter_narrows_the_list(visit: Visit):
    everything, some = visit("3_projects.py"), visit("3_projects.py", donor="EST")
    assert 0 < len(table_with("project_id", some)) < len(table_with("project_id", everything))


def test_a_filter_is_kept_from_page_to_page(visit: Visit):
    page = visit("3_projects.py", donor="EST")
    page.switch_page("pages/5_methodology.py").run()
    assert page.query_params["donor"] == "EST"
    page.switch_page("pages/2_funding.py").run()
    assert page.multiselect(key="donor_en").value == ["EST"]


def test_both_reports_of_the_same_year_are_shown(visit: Visit):
    conflicts = table_with("series_name", visit("4_cyberattacks.py"))
    assert set(conflicts["count"]) == {2543, 2541}


def test_only_one_series_is_shown_at_a_time(visit: Visit):
    page = visit("4_cyberattacks.py", series="ssu-neutralised")
    assert any("Security Service of Ukraine" in text.value for text in page.markdown)
    assert not any("CERT" in chart.proto.spec for chart in page.get("plotly_chart")[:2])


def test_the_methodology_lists_every_source_with_its_rows(visit: Visit):
    sources = table_with("keys", visit("5_methodology.py"))
    assert sources["rows"].sum() == 273


def test_the_totals_behind_the_reported_figure_stand_with_their_cells(visit: Visit):
    page = visit("1_summary.py")
    page.session_state["made_headline"] = True
    page.run()
    cells = table_with("total_id", page)
    assert set(cells["file_name"]) == {"reported_totals.csv"}


def table_with(column: str, page: AppTest) -> pd.DataFrame:
    """The first table that has this column."""
    return next(table.value for table in page.dataframe if column in table.value)
