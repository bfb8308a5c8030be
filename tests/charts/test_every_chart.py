"""What holds for each chart: it draws any rows, says what it shows, and lets no text of the data act as markup."""

import inspect
import json
import pkgutil
import re
import time
from importlib import import_module

import pandas as pd
import plotly.graph_objects as go
import pytest

from tallinn import charts, theme
from tallinn.languages import language
from tests.charts import samples

MORE_ROWS = {
    "donor_ladder": "confirmations",
    "funding_over_time": "milestones",
    "incident_counts": "series_breaks",
    "incident_trend": "incidents",
}
HOSTILE = '<script>alert("1")</script><b>x</b> & %{y} $x^2$'


def as_sampled(rows: pd.DataFrame) -> pd.DataFrame:
    return rows


def without_rows(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.head(0)


def first_row(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.head(1)


def last_row(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.tail(1)


def all_unknown(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.astype(object).map(lambda _value: None)


def numbers_unknown(rows: pd.DataFrame) -> pd.DataFrame:
    numeric = rows.select_dtypes("number").columns
    return rows.assign(**{name: float("nan") for name in numeric})


def without_columns(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame()


def hostile(rows: pd.DataFrame) -> pd.DataFrame:
    keep = {
        "series",
        "stage",
        "delivery",
        "category",
        "status",
        "freshness",
        "verdict",
        "line",
        "kind",
        "role",
        "precision",
        "start_precision",
        "end_precision",
        "date",
        "start_text",
        "end_text",
        "step",
        "unit",
        "rule",
        "dataset",
        "source",
        "target",
        "severity",
        "state",
        "donor_id",
    }
    texts = [name for name in rows.columns if name not in keep and rows[name].map(lambda value: isinstance(value, str)).any()]
    return rows.assign(**dict.fromkeys(texts, HOSTILE))


def drawn(name: str, change=as_sampled) -> go.Figure:
    frames = [change(getattr(samples, one)()) for one in (name, MORE_ROWS.get(name)) if one]
    return getattr(charts, name)(*frames)


def texts_of(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for key, inner in value.items() if key != "meta" for text in texts_of(inner)]
    return [text for inner in value for text in texts_of(inner)] if isinstance(value, (list, tuple)) else []


CHANGES = [as_sampled, without_rows, first_row, last_row, all_unknown, numbers_unknown, without_columns, hostile]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", charts.__all__)
def test_a_chart_draws_any_rows_and_says_what_it_shows(name, change):
    figure = drawn(name, change)
    go.Figure(figure.to_dict())  # raises where Plotly knows no such property
    meta = figure.layout.meta
    assert meta["title"].strip()
    assert meta["alt"].strip()
    assert all(note.strip() for note in meta["notes"])
    assert figure.layout.height >= 130
    assert "{" not in meta["title"].replace(HOSTILE, "")
    assert not re.search(r"\b(nan|NaN|NaT)\b|None[,;.)]", json.dumps(meta))
    json.loads(figure.to_json())


@pytest.mark.parametrize("name", charts.__all__)
def test_text_of_the_data_is_no_markup(name):
    figure = drawn(name, hostile).to_dict()
    assert not [text for text in texts_of(figure) if "<" in re.sub("<b>|</b>|<br>", "", text) or "%{" in text]
    assert not any("hovertemplate" in trace for trace in figure["data"])


def test_every_public_chart_has_sample_rows():
    public = {
        name
        for module in pkgutil.iter_modules(charts.__path__)
        for name, function in inspect.getmembers(import_module(f"tallinn.charts.{module.name}"), inspect.isfunction)
        if inspect.signature(function).parameters and next(iter(inspect.signature(function).parameters)) == "rows"
        if "Draws " in (function.__doc__ or "") and function.__module__ == f"tallinn.charts.{module.name}"
    }
    assert public == set(charts.__all__)
    assert all(hasattr(samples, name) for name in public)


@pytest.mark.parametrize("name", charts.__all__)
def test_a_chart_carries_no_drawn_title_and_only_colours_of_the_theme(name):
    figure = drawn(name).to_dict()
    assert "title" not in figure["layout"]
    allowed = {value.lower() for value in vars(theme).values() if isinstance(value, str)} | {"#ffffff"}
    assert {text.lower() for text in texts_of(figure) if text.startswith("#")} <= allowed


@pytest.mark.parametrize("name", charts.__all__)
def test_labels_follow_the_language_of_the_reader(name):
    with language.spoken("uk"):
        assert drawn(name).layout.separators == ",\u00a0"


def test_a_figure_is_built_in_a_few_milliseconds():
    frames = {name: [getattr(samples, one)() for one in (name, MORE_ROWS.get(name)) if one] for name in charts.__all__}
    spent = {}
    for name, given in frames.items():
        runs = []
        for _run in range(5):
            start = time.process_time()
            getattr(charts, name)(*given)
            runs.append(time.process_time() - start)
        spent[name] = min(runs)
    assert max(spent.values()) < 0.03, spent
