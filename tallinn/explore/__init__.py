"""Questions that a reader puts together, about one dataset, from columns and measures that are offered; nobody types SQL."""

from tallinn.explore.composing import Composed, composed, grouped_title
from tallinn.explore.running import explored, values
from tallinn.explore.subjects import Group, Measure, Offered, Subject, subjects
from tallinn.explore.wish import Condition, Wish

__all__ = [
    "Composed",
    "Condition",
    "Group",
    "Measure",
    "Offered",
    "Subject",
    "Wish",
    "composed",
    "explored",
    "grouped_title",
    "subjects",
    "values",
]
