"""Counts of withheld rows give no small count back: not by a total, not by another breakdown, not to an insider, not by two releases.

What a reader can work out is what all tables have in common that would be published in the same way. So all small tables are published, and
those that read alike are put together: among them each count must take as many values in a row as the threshold says.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.datasets import datasets
from tallinn.lake import Lake
from tallinn.lake_tables import arrow, columns_of
from tallinn.releases import approve, prepare, publish
from tallinn.withheld import Breakdown, counted, lower_bounds
from tests.pages.conftest import open_page
from tests.samples import store, taken, workbook

Table = tuple[int, tuple[tuple[int, ...], ...]]
"""A total, and the counts of each dimension."""
Publish = Callable[[int, list[Breakdown], int], Any]
LIST = "a list"
SHAPES = [
    # (threshold, most rows, dimensions: how many cells each has)
    (2, 9, [(1, "")]),
    (2, 9, [(3, "")]),
    (2, 8, [(4, "")]),
    (3, 14, [(2, "")]),
    (3, 12, [(3, "")]),
    (4, 14, [(3, "")]),
    (2, 7, [(2, ""), (3, "")]),
    (2, 8, [(1, ""), (4, "")]),
    (3, 11, [(2, ""), (3, "")]),
    (3, 9, [(3, ""), (3, "")]),
    (3, 8, [(2, LIST)]),
    (2, 6, [(3, LIST)]),
    (2, 6, [(2, ""), (3, LIST)]),
    (3, 8, [(3, ""), (2, LIST)]),
]
every_shape = pytest.mark.parametrize(("threshold", "most", "shape"), SHAPES, ids=str)


def tables(most: int, shape: list[tuple[int, str]]) -> Iterator[Table]:
    """Every table of this shape with up to so many rows."""
    for total in range(most + 1):
        yield from ((total, counts) for counts in product(*(list(cells_of(total, cells, kind)) for cells, kind in shape)))


def cells_of(total: int, cells: int, kind: str) -> Iterator[tuple[int, ...]]:
    """Every way in which so many rows stand in these cells: each in one, or in one at least."""
    for counts in product(range(total + 1), repeat=cells):
        if sum(counts) == total or (kind == LIST and sum(counts) > total):
            yield counts


def published(table: Table, shape: list[tuple[int, str]], threshold: int, publish: Publish = lower_bounds) -> Any:
    total, dimensions = table
    breakdowns = [Breakdown(dict(enumerate(counts)), kind == LIST) for counts, (_cells, kind) in zip(dimensions, shape, strict=True)]
    said, cells = publish(total, breakdowns, threshold)
    return said, tuple(tuple(counts[code] for code in range(len(counts))) for counts in cells)


def figures(table: Table) -> list[int]:
    """The total and all cells in one row."""
    total, dimensions = table
    return [total, *(count for counts in dimensions for count in counts)]


def worked_out(most: int, shape: list[tuple[int, str]], threshold: int, publish: Publish = lower_bounds) -> dict[Any, list[set[int]]]:
    """For everything that may be published, the values that each figure can have behind it."""
    possible: dict[Any, list[set[int]]] = {}
    for table in tables(most, shape):
        said = published(table, shape, threshold, publish)
        known = possible.setdefault(said, [set() for _ in figures(table)])
        for values, value in zip(known, figures(table), strict=True):
            values.add(value)
    return possible


def given_back(most: int, shape: list[tuple[int, str]], threshold: int, publish: Publish = lower_bounds) -> list[Any]:
    """What is published of which a reader can work out a count more closely than to `threshold` values, the published one first.

    Of tables with nearly the most rows those that would read alike have more, so they are left out.
    """
    return [
        said
        for said, known in worked_out(most, shape, threshold, publish).items()
        if said[0] + 2 * threshold <= most + 1
        and any(not set(range(first, first + threshold)) <= values for first, values in zip(figures(said), known, strict=True))
    ]


@every_shape
def test_each_count_may_be_as_many_values_as_the_threshold_says(threshold, most, shape):
    assert given_back(most, shape, threshold) == []


@every_shape
def test_what_is_published_is_true_in_steps_and_nothing_below_the_threshold(threshold, most, shape):
    for table in tables(most, shape):
        said = published(table, shape, threshold)
        assert all(first <= count and first % threshold == 0 for first, count in zip(figures(said), figures(table), strict=True))
        assert all(first <= said[0] for first in figures(said))


def rounded_only(total: int, breakdowns: list[Breakdown], threshold: int) -> Any:
    """What the total alone would be without complementary suppression."""
    cells = [{code: n // threshold * threshold for code, n in each.cells.items()} for each in breakdowns]
    return total // threshold * threshold, cells


def exact_total(total: int, breakdowns: list[Breakdown], threshold: int) -> Any:
    return total, rounded_only(total, breakdowns, threshold)[1]


@pytest.mark.parametrize("publish", [rounded_only, exact_total])
def test_without_complementary_suppression_a_difference_would_give_counts_back(publish):
    assert given_back(12, [(3, "")], 3, publish)
    assert published((6, ((2, 2, 2),)), [(3, "")], 3, publish)[0] == 6
    assert published((6, ((2, 2, 2),)), [(3, "")], 3) == (3, ((0, 0, 0),))


def test_with_a_threshold_of_one_everything_is_told():
    for table in tables(5, [(2, ""), (3, "")]):
        assert published(table, [(2, ""), (3, "")], 1) == table


@every_shape
def test_two_releases_never_differ_by_a_small_count_and_hide_how_much_came(threshold, most, shape):
    known = {said: values for said, values in worked_out(most, shape, threshold).items() if said[0] + 2 * threshold <= most + 1}
    for earlier, later in product(known, repeat=2):
        for before, after, old, new in zip(figures(earlier), figures(later), known[earlier], known[later], strict=True):
            assert (after - before) % threshold == 0
            assert {b - a for a in old for b in new} >= set(range(after - before - threshold + 1, after - before + threshold))


# From rows to the table that every audience has


AUDIENCES = [Audience("public"), Audience("partner"), Audience("partner", "EST"), Audience("partner", "SWE"), Audience("staff")]


def project(label: str | None = "TLP:AMBER", sender: str | None = "EST", **values: Any) -> dict[str, Any]:
    return {"tlp": label, "sender": sender, "status": "2", "category": "training", **values}


def said(audience: Audience | None = None, dataset: str = "projects", **rows: list[dict[str, Any]]) -> dict[tuple[str, str | None], int]:
    numbered = {
        name: [{f"{name.removesuffix('s')}_id": f"{name}-{n}", **row} for n, row in enumerate(given)] for name, given in rows.items()
    }
    found = ask(store(audience or Audience("public"), **numbered), "withheld", dataset=dataset).rows
    return {(row["dimension"], row["name"]): row["at_least"] for row in found.to_dict("records")}


def test_withheld_projects_are_counted_by_status_and_category_in_steps():
    rows = [project()] * 7 + [project(status="4", category=None)] * 3 + [project("TLP:CLEAR")] * 5
    assert said(projects=rows) == {
        ("total", "all_rows"): 9,
        ("status", "Implementation"): 6,
        ("status", "Closed"): 3,
        ("category", "Training"): 6,
        ("category", "other"): 3,
    }


@pytest.mark.parametrize("label", ["TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", None])
def test_below_the_threshold_nothing_is_said(label):
    assert said(projects=[project(label)] * 2) == {}
    assert said(projects=[project(label)] * 3)["total", "all_rows"] == 3


def test_all_audiences_are_told_the_same():
    rows = [project()] * 4 + [project("TLP:GREEN")] * 5 + [project(sender="SWE")] * 8 + [project("TLP:AMBER+STRICT")] * 3
    told = [said(audience, projects=rows) for audience in AUDIENCES]
    assert told == [{("total", "all_rows"): 15, ("status", "Implementation"): 15, ("category", "Training"): 15}] * len(AUDIENCES)


def test_whoever_takes_away_the_rows_that_it_sees_is_left_with_no_small_count():
    """Estonia, which sees its own rows and takes them away from what is told."""
    possible: dict[Any, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for own, wipers, others, strict in product((0, 1, 2, 4, 5), range(6), range(6), (0, 2)):
        of_sweden = {("donor SWE", "wiper"): wipers, ("donor SWE", None): others}
        told = told_of({("donor EST", "wiper"): own, ("staff", "wiper"): strict, **of_sweden})
        for name, count in {"total": others + wipers + strict, "type": others, "wiper": wipers + strict}.items():
            possible[own, told][name].add(count)
    for (own, told), unseen in possible.items():
        for name, counts in unseen.items():
            first = dict(told).get(name, 0) - (0 if name == "type" else own // 3 * 3)
            assert set(range(first, min(first + 3, 6))) <= counts, (own, told, name)


def told_of(rows: dict[tuple[str, str | None], int]) -> tuple[tuple[str, int], ...]:
    """What is told of so many incidents with these readers and of this type, where the public knows of wipers; "type": of no known type."""
    each = [("public", "wiper"), *(kind for kind, n in rows.items() for _ in range(n))]
    readers, types = (pa.chunked_array([pa.array(values, pa.string())]) for values in zip(*each, strict=True))
    no_project = arrow(pd.DataFrame(), columns_of(datasets()["projects"]))
    incidents = pa.table({"type": types, "sector": pa.nulls(len(each), pa.string())})
    told = counted({"incidents": incidents, "projects": no_project}, {"incidents": readers, "projects": no_project["tlp"]}, 3).to_pylist()
    return tuple((row["code"] or row["dimension"], row["at_least"]) for row in told if row["dimension"] != "sector")


def test_a_kind_of_attack_that_stands_in_withheld_rows_alone_is_not_named():
    hidden = [{"tlp": None, "type": "unheard of", "sector": "Energy; Water"}] * 3
    shown = [{"tlp": "TLP:CLEAR", "type": "wiper", "sector": "Government; Energy"}]
    assert said(dataset="incidents", incidents=hidden + shown) == {
        ("total", "all_rows"): 3,
        ("type", "other"): 3,
        ("sector", "Energy"): 3,
        ("sector", "other"): 3,
    }


# On the pages


@pytest.mark.parametrize(("script", "words"), [("3_projects.py", "At least 6 projects"), ("4_cyberattacks.py", "At least 3 notable")])
def test_pages_say_how_much_is_not_public_whatever_is_filtered_for(script, words, directory, monkeypatch):
    projects = [{"tlp": "TLP:GREEN", "status": "Closed"}] * 7 + [{}]
    incidents = [{"tlp": "TLP:AMBER", "type": "{odd}", "sector": "Energy", "date": f"2024-0{n}"} for n in range(1, 5)] + [{"type": "{odd}"}]
    with Lake(directory) as lake:
        taken(workbook(projects=projects, incidents=incidents, incident_counts=[{}]), lake)
        publish(lake, approve(lake, prepare(lake, author="Mari", note="").id, author="Olena").id, author="Mari")
    monkeypatch.setenv("TALLINN_LAKE", str(directory))
    for query in ({}, {"search": "nothing is called like this", "incident": "nor this"}):
        page = open_page(script, **query)
        assert any(words in caption.value for caption in page.caption)
        assert not page.exception and not page.error


def test_pages_say_nothing_where_all_is_public(founded_directory, monkeypatch):
    monkeypatch.setenv("TALLINN_LAKE", str(founded_directory))
    for script in ("3_projects.py", "4_cyberattacks.py"):
        assert not any("not public" in caption.value for caption in open_page(script).caption)
