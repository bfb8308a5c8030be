"""The data dictionary, printed from the schemas, and what the data do not hold."""

from functools import lru_cache

import pandas as pd
import streamlit as st

from tallinn.datasets import Dataset, datasets
from tallinn.page import marks
from tallinn.wording import _, language


def show() -> None:
    """One dataset at a time: what it holds and what each of its columns means."""
    titles = {name: _(dataset.title) for name, dataset in datasets().items()}
    chosen = st.selectbox(_("Dataset"), list(titles), format_func=titles.__getitem__, key="dataset", bind="query-params")
    dataset = datasets()[chosen]
    st.markdown(marks.plain(_(dataset.description)))
    settings = {"title": _("Column"), "name": _("Field"), "description": st.column_config.TextColumn(_("Meaning"), width="large")}
    more = {"kind": _("Kind"), "required": st.column_config.CheckboxColumn(_("Required")), "codes": _("Code list"), "example": _("Example")}
    st.dataframe(_fields(dataset.name, language.get()), column_config=settings | more, hide_index=True, placeholder="", alt=titles[chosen])


def show_limits() -> None:
    """What a reader might expect and will not find."""
    st.markdown(marks.bullets(_limits()))


@lru_cache
def _fields(name: str, _language: str) -> pd.DataFrame:
    dataset = datasets()[name]
    return pd.DataFrame([_described(dataset, field.name) for field in dataset.fields])


def _described(dataset: Dataset, name: str) -> dict[str, object]:
    field = dataset.field(name)
    return {
        "title": _(field.title),
        "name": field.name,
        "description": _(field.description),
        "kind": field.kind or field.type,
        "required": field.required,
        "codes": field.code_list,
        "example": None if field.example is None else str(field.example),
    }


def _limits() -> list[str]:
    return [
        _(
            "**Most of the money.** The members report a total that is many times larger than the contributions that any source itemises. "
            "Some members have rows that no source calls Mechanism money, and some have no rows at all."
        ),
        _("**Anything made up.** Missing dates, budgets, statuses and donors are blank. There is no estimate anywhere."),
        _("**Settled contradictions.** Where sources disagree, each version has its own row, and notes say how they differ."),
        _("**Confirmation by the donors.** The files were filled in from public pages; no donor has sent or confirmed them."),
        _("**Details of protected systems**, and anything that is not public."),
        _("**Capabilities that donors offer.** The dataset is described and has no rows yet."),
        _("**Causes.** Support and attacks stand side by side; nothing here says that one changes the other."),
    ]
