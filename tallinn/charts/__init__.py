"""Charts: pure functions from the rows of a query to a Plotly figure, each named like the query that it draws.

Title, text alternative and notes are in `figure.layout.meta`: {"title": str, "alt": str, "notes": list[str]}, plain text for the page.
"""

from tallinn.charts.attacks import attack_breakdown, attacks_by_year
from tallinn.charts.counts import incident_counts
from tallinn.charts.funding import funding_by_category, funding_by_year
from tallinn.charts.ladder import donor_ladder
from tallinn.charts.notable import incident_sectors, incident_types, incidents
from tallinn.charts.over_time import funding_over_time
from tallinn.charts.projects import project_categories, project_partners, project_status
from tallinn.charts.timeline import project_timeline
from tallinn.charts.waterfall import counting_waterfall

__all__ = [
    "attack_breakdown",
    "attacks_by_year",
    "counting_waterfall",
    "donor_ladder",
    "funding_by_category",
    "funding_by_year",
    "funding_over_time",
    "incident_counts",
    "incident_sectors",
    "incident_types",
    "incidents",
    "project_categories",
    "project_partners",
    "project_status",
    "project_timeline",
]
