"""Projects as earlier releases had them. What is published never changes, so each release is read from the lake once."""

from collections import OrderedDict
from threading import Lock

import pyarrow as pa

from tallinn.datasets import datasets
from tallinn.lake import Lake
from tallinn.lake_tables import PROVENANCE, columns_of, without_rows
from tallinn.releases import Release, releases

FIELDS = (
    "project_id",
    "title",
    "status",
    "start",
    "end",
    "planned_start",
    "planned_end",
    "actual_start",
    "actual_end",
    "budget",
    "currency",
    "source_url",
    "source_publisher",
    "tlp",
    *PROVENANCE,
)
"""What of a project can be followed from release to release, and what is needed to say who may."""
KEPT = 500
"""Releases: decades of them."""

_kept: OrderedDict[tuple[object, ...], pa.Table] = OrderedDict()
_lock = Lock()


def earlier_projects(lake: Lake, release: Release) -> pa.Table:
    """FIELDS of every project in every release that was public before this one, with `release_id`, `released_on` and `place`: 1, 2, …"""
    before = [each for each in releases(lake) if each.id != release.id and _is_before(each, release)]
    return pa.concat_tables(
        [nothing(), *(_marked(_projects(lake, each), each, place) for place, each in enumerate(reversed(before), start=1))]
    )


def nothing() -> pa.Table:
    """The same of no release."""
    columns = columns_of(datasets()["projects"])
    return without_rows({"release_id": "VARCHAR", "released_on": "DATE", "place": "BIGINT", **{name: columns[name] for name in FIELDS}})


def _is_before(one: Release, other: Release) -> bool:
    return other.published_at is None or one.published_at is None or one.published_at < other.published_at


def _projects(lake: Lake, release: Release) -> pa.Table:
    key = (lake.directory, release)
    with _lock:
        if key not in _kept:
            _kept[key] = lake.table("projects", release.snapshot).select(FIELDS)
            if len(_kept) > KEPT:
                _kept.popitem(last=False)
        return _kept[key]


def _marked(projects: pa.Table, release: Release, place: int) -> pa.Table:
    rows = projects.num_rows
    marks = {
        "release_id": pa.array([release.id] * rows, pa.string()),
        "released_on": pa.array([release.date] * rows, pa.date32()),
        "place": pa.array([place] * rows, pa.int64()),
    }
    return pa.table({**marks, **{name: projects[name] for name in FIELDS}})
