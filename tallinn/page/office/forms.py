"""Templates: a workbook for each dataset, empty or with what a donor has on file."""

from functools import partial

import streamlit as st

from tallinn.datasets import datasets
from tallinn.giveback import template
from tallinn.lake import Lake
from tallinn.page import dictionary, marks
from tallinn.page.office import door
from tallinn.page.office.senders import senders
from tallinn.wording import _

OFFICE = "office"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer() -> None:
    """Choose a dataset and perhaps whose rows it is filled with, and take the workbook away."""
    titles = {name: _(dataset.title) for name, dataset in datasets().items()}
    whose = {OFFICE: _("The project office"), **senders()}
    with st.grid(2, min_column_width=300):
        dataset = st.selectbox(_("Dataset"), list(titles), index=list(titles).index("contributions"), format_func=titles.__getitem__)
        donor = st.selectbox(
            _("Filled with what is on file from"),
            list(whose),
            index=None,
            format_func=whose.__getitem__,
            placeholder=_("nobody: an empty workbook"),
        )
    st.download_button(
        _("Download the workbook"),
        door.later(partial(_made, dataset, donor)),
        "_".join(filter(None, ["template", dataset, donor])) + ".xlsx",
        SHEET,
        key=f"template_{dataset}_{donor}",
        type="primary",
        on_click="ignore",
        icon=":material/download:",
    )
    st.markdown(marks.plain(_(datasets()[dataset].description)))
    dictionary.columns_of(dataset)


def _made(dataset: str, donor: str | None, lake: Lake) -> bytes:
    rows = lake.of_sender(dataset, None if donor == OFFICE else donor) if donor else None
    return template(dataset, rows=rows)
