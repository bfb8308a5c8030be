"""The data dictionary, printed from the schemas, and what the data do not hold."""

from functools import lru_cache

import streamlit as st

from tallinn.datasets import KINDS, Field, datasets
from tallinn.languages import language
from tallinn.page import choices, marks
from tallinn.page.current import ask
from tallinn.wording import _, later


def show() -> None:
    """One dataset at a time: what it holds and what each of its columns means."""
    titles = {name: _(dataset.title) for name, dataset in datasets().items()}
    chosen = choices.pick("dataset", _("Dataset"), titles)
    dataset = datasets()[chosen]
    st.markdown(marks.plain(_(dataset.description)))
    columns_of(chosen)


def columns_of(dataset: str) -> None:
    """What each column of a dataset means."""
    st.markdown(_fields(dataset, language.get()))


def show_limits() -> None:
    """What a reader might expect and will not find."""
    st.markdown(marks.bullets(_limits()))


@lru_cache
def _fields(name: str, _language: str) -> str:
    return marks.table([_("Column"), _("Kind and meaning")], (_described(field) for field in datasets()[name].fields))


def _described(field: Field) -> list[str]:
    """A field's title and name, what kind of value it holds, and what it means, with an example where one helps."""
    kind = _("code of {list}").format(list=f"`{field.code_list}`") if field.code_list else _(KINDS[field.kind or field.type])
    needed = _("{kind}, required").format(kind=kind) if field.required else kind
    meaning = _(field.description)
    if field.example is not None and field.kind != "uri":
        example = _(field.example) if field.code_list or field.type == "boolean" else field.example
        meaning = _("{meaning} Example: {example}.").format(meaning=meaning, example=example)
    return [f"**{marks.plain(_(field.title))}** `{field.name}`", f"*{needed}.* {marks.plain(meaning)}"]


NOTHING_INVENTED = later("**Anything made up.** Missing dates, budgets, statuses and donors are blank. There is no estimate anywhere.")


def _limits() -> list[str]:
    return [
        _(
            "**Most of the money.** The members report a total that is many times larger than the contributions that any source itemises. "
            "Some members have rows that no source calls Mechanism money, and some have no rows at all."
        ),
        *([] if ask("release_facts").release.demonstration else [_(NOTHING_INVENTED)]),
        _("**Settled contradictions.** Where sources disagree, each version has its own row, and notes say how they differ."),
        _("**Confirmation by the donors.** The files were filled in from public pages; no donor has sent or confirmed them."),
        _("**Details of protected systems**, and anything that is not public."),
        _("**Capabilities that donors offer.** The dataset is described and has no rows yet."),
        _("**Causes.** Support and attacks stand side by side; nothing here says that one changes the other."),
    ]
