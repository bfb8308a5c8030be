"""Charts: pure functions from the rows of a query to a Plotly figure, each named like the query that it draws.

Title, text alternative and notes are in `figure.layout.meta`: {"title": str, "alt": str, "notes": list[str]}, plain text for the page.
"""

from tallinn.charts.attacks import attack_breakdown, attacks_by_year
from tallinn.charts.bridge import headline_bridge
from tallinn.charts.counts import incident_counts
from tallinn.charts.flow import flow
from tallinn.charts.funding import funding_by_category, funding_by_year
from tallinn.charts.growth import donor_over_time
from tallinn.charts.ladder import donor_ladder
from tallinn.charts.life import project_dates
from tallinn.charts.matrix import donor_categories
from tallinn.charts.mix import incident_sector_types, incident_severities, incident_weekdays
from tallinn.charts.needs import category_coverage, needs
from tallinn.charts.notable import incident_sectors, incident_types, incidents
from tallinn.charts.over_time import funding_over_time
from tallinn.charts.own import own_question
from tallinn.charts.panels import donor_years
from tallinn.charts.projects import project_categories, project_delivery, project_partners, project_status
from tallinn.charts.purse import project_money
from tallinn.charts.quality import data_quality
from tallinn.charts.timeline import project_timeline
from tallinn.charts.trend_years import incident_years
from tallinn.charts.trends import incident_trend
from tallinn.charts.waterfall import counting_waterfall
from tallinn.charts.years import donors_by_year

__all__ = [
    "attack_breakdown",
    "attacks_by_year",
    "category_coverage",
    "counting_waterfall",
    "data_quality",
    "donor_categories",
    "donor_ladder",
    "donor_over_time",
    "donor_years",
    "donors_by_year",
    "flow",
    "funding_by_category",
    "funding_by_year",
    "funding_over_time",
    "headline_bridge",
    "incident_counts",
    "incident_sector_types",
    "incident_sectors",
    "incident_severities",
    "incident_trend",
    "incident_types",
    "incident_weekdays",
    "incident_years",
    "incidents",
    "needs",
    "own_question",
    "project_categories",
    "project_dates",
    "project_delivery",
    "project_money",
    "project_partners",
    "project_status",
    "project_timeline",
]
