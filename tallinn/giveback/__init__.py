"""What the office gives back: a donor's own workbook with our findings in it, templates to fill in, figures as typed workbooks."""

from tallinn.giveback.annotate import annotate
from tallinn.giveback.mending import held_workbook, mend
from tallinn.giveback.template import template

__all__ = ["annotate", "held_workbook", "mend", "template"]
