"""The chart of a question that a reader put together."""

import pandas as pd

from tallinn import charts
from tests.charts.samples import frame, own_question


def told(figure) -> dict:
    return figure.layout.meta


def test_the_first_that_is_known_is_named_and_what_is_unknown_has_no_bar():
    figure = charts.own_question(own_question())
    assert told(figure)["title"] == "Sweden stands first: EUR 12.1 million (Committed, EUR)"
    bars, gone = figure.data
    assert list(bars.x) == [12.1, 1.5] and list(gone.text) == [" not published"]
    assert "not stated: not published" in told(figure)["alt"]


def test_years_follow_each_other_and_a_year_without_rows_has_no_bar():
    rows = frame("date_year rows", ("2022", 21), ("2024", 9), (None, 4))
    figure = charts.own_question(rows, by=("date_year",), of="rows", time=True)
    assert (list(figure.data[0].x), list(figure.data[0].y)) == ([2022, 2024], [21, 9])
    assert told(figure)["title"] == "The most in 2022: 21 (Rows)"
    assert told(figure)["notes"] == ["1 row is in the table alone."]


def test_two_columns_make_fields_and_what_is_not_on_file_stays_empty():
    rows = frame("state_name category_name rows", ("Open", "Training", 3), ("Open", None, 1), ("Planned", "Training", 2))
    figure = charts.own_question(rows, by=("state_name", "category_name"), of="rows")
    assert [list(row) for row in figure.data[0].z] == [[3, 1], [2, None]]
    assert [note.text for note in figure.layout.annotations] == ["3", "1", "2"]
    assert "Open, not stated: 1" in told(figure)["alt"]


def test_many_bars_end_somewhere_and_the_rest_is_told():
    rows = pd.DataFrame({"name": [f"n{at}" for at in range(40)], "rows": range(40, 0, -1)})
    figure = charts.own_question(rows, by=("name",), of="rows")
    assert len(figure.data[0].x) == 25 and told(figure)["notes"] == ["15 rows are in the table alone."]
