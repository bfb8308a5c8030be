"""The parts that pages are made of: what is kept, what is renewed, and text that stays text."""

import csv
import io
from datetime import date, datetime
from itertools import pairwise
from pathlib import Path

import pandas as pd
import plotly.graph_objects as go
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from tallinn import charts, page
from tallinn.ask import Answer
from tallinn.audience import Audience
from tallinn.lake import Change, Lake
from tallinn.page import current, marks
from tallinn.page.current import WORKING, Wanted
from tallinn.page.drawing import draw
from tallinn.page.proof import behind
from tallinn.page.table import MOST_ROWS, answer_file
from tallinn.provenance import ROWS_BEHIND
from tallinn.releases import Release
from tests.pages.conftest import Visit
from tests.samples import copied

PUBLIC = Audience("public")
NEWS = pd.DataFrame([{"milestone_id": "M-1", "date": "2026", "title": "News", "tlp": "TLP:CLEAR"}], dtype=object)


def test_an_answer_is_computed_once(in_default_lake: Path):
    assert current.ask("donor_ladder", donors=("EST",)) is current.ask("donor_ladder", donors=("EST",))


def test_a_figure_is_drawn_once_and_is_still_the_same_figure(in_default_lake: Path):
    ladder = current.ask("donor_ladder")
    drawing = draw(charts.donor_ladder, ladder)
    assert draw(charts.donor_ladder, ladder) is drawing
    assert drawing.figure.to_dict() == charts.donor_ladder(ladder.rows).to_dict()
    assert isinstance(drawing.figure, go.Figure)


def test_a_store_stays_until_the_lake_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("TALLINN_LAKE", str(tmp_path))
    with Lake(tmp_path) as lake:
        commit(lake, pd.DataFrame([{"founded_at": datetime(2026, 1, 1)}], dtype=object), "founding")
        first = current.newest(Wanted(PUBLIC, tmp_path, WORKING))
        assert current.newest(Wanted(PUBLIC, tmp_path, WORKING)) is first
        commit(lake, NEWS, "milestones")
        second = current.newest(Wanted(PUBLIC, tmp_path, WORKING))
    assert second.store.release.snapshot > first.store.release.snapshot
    assert list(second.answer("milestones").rows.columns)


def test_the_release_in_force_is_opened_once_also_under_its_name(in_default_lake: Path):
    in_force = current.newest(Wanted(PUBLIC, in_default_lake))
    named = current.newest(Wanted(PUBLIC, in_default_lake, in_force.store.release.id))
    assert named.store is in_force.store and named.answer("headline") is in_force.answer("headline")
    partner = current.newest(Wanted(Audience("partner", "EST"), in_default_lake, in_force.store.release.id))
    assert partner.store is not in_force.store and partner.store.audience == Audience("partner", "EST")


def test_stores_of_many_rows_are_given_up_unused_longest_first(in_default_lake: Path, monkeypatch: pytest.MonkeyPatch):
    people = [Wanted(Audience("partner", donor), in_default_lake) for donor in ("EST", "SWE", "NLD")]
    monkeypatch.setattr(current, "_opened", current.OrderedDict())
    first, second = map(current.newest, people[:2])
    assert first.store.size > 0
    monkeypatch.setattr(current, "KEPT_BYTES", first.store.size + second.store.size)
    assert current.newest(people[0]).store is first.store
    current.newest(people[2])
    assert current.newest(people[0]).store is first.store and current.newest(people[1]).store is not second.store


def test_a_page_run_keeps_its_release_while_a_newer_one_appears(in_default_lake: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    own = copied(in_default_lake, tmp_path / "lake")
    monkeypatch.setenv("TALLINN_LAKE", str(own))
    current.begin(WORKING)
    before = current.ask("release_facts").release
    with Lake(own) as lake:
        commit(lake, NEWS, "milestones")
    assert current.ask("release_facts").release == before
    current.begin(WORKING)
    assert current.ask("release_facts").release != before


def test_pages_go_on_when_the_lake_cannot_be_read(in_default_lake: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture):
    wanted = Wanted(PUBLIC, in_default_lake)
    opened = current.newest(wanted)
    monkeypatch.setattr(current, "version_mark", lambda directory: (0, 0))
    monkeypatch.setattr(current, "Lake", broken)
    assert current.newest(wanted) is opened
    assert "cannot be read" in caplog.text


def test_a_failure_is_told_in_a_sentence_without_a_traceback(visit: Visit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("tallinn.page.lists.not_known", broken)
    shown: AppTest = visit("1_summary.py")
    assert len(shown.exception) == 0
    assert [problem.value.split(".")[0] for problem in shown.error] == ["Something went wrong while this page was made"]
    assert any("Release" in caption.value for caption in shown.caption)


def test_text_of_a_file_cannot_act_as_a_formula():
    rows = pd.DataFrame({"name": ["=1+1", "+1+1", "-1+1", "@a", "\tx", "\rx", "-1", None], "amount": [-5.5, 1, 2, 3, 4, 5, 6, None]})
    lines = list(csv.reader(io.StringIO(answer_file(answer(rows)).decode("utf-8-sig"), newline="")))
    assert [line[0] for line in lines[1:]] == ["'=1+1", "'+1+1", "'-1+1", "'@a", "'\tx", "'\rx", "-1", ""]
    assert [line[1] for line in lines[1:]] == ["-5.5", "1.0", "2.0", "3.0", "4.0", "5.0", "6.0", ""]


def test_a_long_table_shows_its_first_rows_and_the_file_has_all():
    rows = pd.DataFrame({"name": [f"row {number}" for number in range(MOST_ROWS + 1)]})
    page = AppTest.from_function(long_table, kwargs={"rows": rows}).run()
    assert len(page.dataframe[0].value) == MOST_ROWS
    assert "The first 1,000 of 1,001 rows" in page.caption[0].value
    assert len(answer_file(answer(rows)).splitlines()) == MOST_ROWS + 2


def long_table(rows: object) -> None:
    from tallinn.page.table import table
    from tests.pages.test_parts import answer

    table(answer(rows), alt="long")


@pytest.mark.parametrize("text", ["**bold**", "[a](https://evil.example)", "<b>x</b>", "$x^2$", ":red[x]", "a | b", "# title", "a\nb"])
def test_text_of_a_file_is_shown_as_it_stands(text: str):
    escaped = marks.plain(text)
    assert escaped.replace("\\", "") == text.replace("\n", " ")
    assert all(before == "\\" for before, sign in pairwise(escaped) if sign in "*[]()<>$:|#")


def test_only_addresses_of_the_web_become_links():
    assert marks.link("x", "javascript:alert(1)") == "x"
    assert marks.link("x", None) == "x"
    assert marks.link("x", "https://a.example/b c>") == "[x](<https://a.example/b%20c%3E>)"


@pytest.mark.parametrize("name", ROWS_BEHIND)
def test_every_sum_leads_to_rows_with_their_cells(name: str, in_default_lake: Path):
    for rows in behind(page.ask(name)):
        assert {"file_name", "sheet", "row_number", "source_url"} <= set(rows.rows.columns)


def answer(rows: pd.DataFrame) -> Answer:
    return Answer("made_up", "?", "", rows, Release("2026-01-01.1", 1, date(2026, 1, 1)), {})


def commit(lake: Lake, rows: pd.DataFrame, table: str) -> None:
    lake.commit(
        [Change(table, None, [], pa.Table.from_pandas(rows, preserve_index=False))], author="test", message="news", since=lake.snapshot()
    )


def broken(*_arguments: object) -> None:
    raise RuntimeError("broken on purpose")
