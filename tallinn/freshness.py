"""When each donor last reported itself, so that a late report does not read as little aid. The rule is in views/7_freshness.sql."""

from collections.abc import Mapping
from datetime import date, datetime

from tallinn.lake import Lake
from tallinn.releases import Release


def last_reports(lake: Lake, release: Release) -> Mapping[str, date]:
    """The day (UTC) of the newest file that each donor sent before the release and that was not undone by then.

    What a lake of real data was founded with was compiled from public sources: no donor sent it.
    """
    begun = _founded_at(lake)
    undone = set(lake.table("undone", release.snapshot)["submission_id"].to_pylist())
    days: dict[str, date] = {}
    for each in lake.table("submissions", release.snapshot).to_pylist():
        if each["sender"] and each["submission_id"] not in undone and not (begun and each["submitted_at"] <= begun):
            days[each["sender"]] = max(each["submitted_at"].date(), days.get(each["sender"], date.min))
    return days


def _founded_at(lake: Lake) -> datetime | None:
    moments = [] if lake.is_demonstration() else lake.table("founding")["founded_at"].to_pylist()
    return max(filter(None, moments), default=None)
