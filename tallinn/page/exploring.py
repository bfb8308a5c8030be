"""Ask anything: a question put together from what is offered, its answer, and its address. For persons who are signed in."""

from dataclasses import replace

import streamlit as st

from tallinn import charts, explore
from tallinn.ask import Answer
from tallinn.columns import derived
from tallinn.datasets import datasets
from tallinn.explore import Condition, Offered, Subject, Wish, subjects
from tallinn.explore.subjects import NOT_STATED
from tallinn.explore.wish import MOST_CONDITIONS, MOST_MEASURES
from tallinn.ingest.names import country_name
from tallinn.page import account, choices, filters, marks, visit
from tallinn.page.current import ask, explored, store
from tallinn.page.frame import stop
from tallinn.page.show import show, show_table
from tallinn.page.table import table
from tallinn.wording import _, count

OWN = choices.OWN
MOST_FILTERS = MOST_CONDITIONS // 2
"""One of a number or a day is two conditions."""


class NotSignedIn(Exception):
    """Somebody asked who is not signed in."""


def may_ask() -> bool:
    """Whether this visitor is signed in."""
    return visit.person() is not None


def enter() -> None:
    """Everybody who is not signed in is told who may come in."""
    if not may_ask():
        account.tell_who_may_enter(
            _("Whoever is signed in can put questions of their own together here. All other pages are open to everybody.")
        )
        stop()


def wish() -> Wish:
    """What the visitor chooses, from the widgets of this page and its address."""
    names = {name: _(datasets()[name].title) for name in subjects()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        subject = subjects()[choices.pick(f"{OWN}of", _("Dataset"), names)]
        fixed = tuple((name, _fixed(name)) for name in subject.fixed)
    forms = {"together": _("Sums and counts"), "rows": _("Single rows")}
    is_single = choices.one(f"{OWN}form", _("What is shown"), forms) == "rows"
    columns, groups, measures = (_columns(subject), (), ()) if is_single else ((), *_together(subject))
    return Wish(subject.name, fixed, columns, groups, measures, _conditions(subject))


def answered(wanted: Wish) -> Answer:
    """The answer, over what this visitor may see. Raises NotSignedIn; Refused with a sentence for a question that has no answer."""
    if not may_ask():
        raise NotSignedIn
    return explored(wanted)


def tell(wanted: Wish, answer: Answer) -> None:
    """The answer as a chart, where it is one of groups, and as a table."""
    subject, rows = subjects()[wanted.dataset], answer.rows
    if rows.empty:
        st.info(_("No row is on file that fits this question."))
        return
    everything = int(rows["all_rows"].iloc[0])
    if everything > len(rows):
        st.caption(_("The first {shown} of {all} rows.").format(shown=count(len(rows)), all=count(everything)))
    if wanted.groups:
        by, is_time = _groups_shown(subject, wanted), bool(subject.groups[wanted.groups[0]].part)
        show(charts.own_question, answer, by=by, of=wanted.measures[0], time=is_time, key=OWN + "chart")
        table(answer, _shown(subject, wanted), alt=answer.question, key=OWN + "table")
    else:
        show_table(answer, _shown(subject, wanted), alt=answer.question)
    if wanted.measures:
        _rows_behind(wanted)


def _rows_behind(wanted: Wish) -> None:
    """The single rows that were put together, each with its file and source; found when somebody wants to see them."""
    panel = st.expander(_("The rows behind it, one by one"), type="compact", on_change="rerun", key=OWN + "behind")
    if panel.open:
        with panel:
            single = replace(wanted, groups=(), measures=())
            answer = answered(single)
            show_table(answer, _shown(subjects()[wanted.dataset], single), alt=answer.question)


def _shown(subject: Subject, wanted: Wish) -> list[str]:
    """The columns for people: words where there are codes."""
    if wanted.measures:
        return [*_groups_shown(subject, wanted), *wanted.measures]
    names = wanted.columns or subject.usual
    return [subject.key, *(subject.columns[name].read_in() for name in names if name != subject.key)]


def _groups_shown(subject: Subject, wanted: Wish) -> tuple[str, ...]:
    return tuple(subject.columns[subject.groups[code].column].read_in(code, each=True) for code in wanted.groups)


def _fixed(name: str) -> str:
    """One of what is never put together."""
    if name == "scope":
        return filters.scope()
    if name == "list":
        return filters.incident_list(ask("incident_lists"))
    if name == "series":
        return filters.series()
    return choices.pick(f"{OWN}dimension", _("Broken down by"), filters.codes("dimensions"))


def _columns(subject: Subject) -> tuple[str, ...]:
    options = {name: derived(column.read_in()).title for name, column in subject.columns.items() if name != subject.key}
    usual = ", ".join(options[name] for name in subject.usual if name in options)
    return choices.several(f"{OWN}columns", _("Columns"), options, usual) or subject.usual


def _together(subject: Subject) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Groups and measures. Of two columns that hold lists only one can be chosen."""
    options = {code: explore.grouped_title(subject, code) for code in subject.groups}
    with st.grid(3, min_column_width=220):
        first = choices.pick(f"{OWN}by", _("Grouped by"), {**options, NOT_STATED: _("Nothing: all together")})
        lists = first in subject.groups and subject.columns[subject.groups[first].column].several
        rest = {
            code: title
            for code, title in options.items()
            if code != first and not (lists and subject.columns[subject.groups[code].column].several)
        }
        second = choices.pick(f"{OWN}and", _("And grouped by"), {NOT_STATED: _("Nothing else"), **rest})
        measures = {code: derived(code).title for code in subject.measures}
        chosen = choices.several(f"{OWN}measure", _("What to count"), measures, next(iter(measures.values())), most=MOST_MEASURES)
    groups = tuple(code for code in (first, second) if code in subject.groups)
    return groups, chosen or (next(iter(measures)),)


def _conditions(subject: Subject) -> tuple[Condition, ...]:
    options = {name: derived(column.read_in()).title for name, column in subject.columns.items() if column.kind != "link"}
    chosen = choices.several(f"{OWN}where", _("Filter by"), options, _("All rows"), most=MOST_FILTERS) or ()
    found: list[Condition] = []
    with st.grid(3, min_column_width=220):
        for name in chosen:
            found += _condition(subject, subject.columns[name], options[name])
    return tuple(found)


def _condition(subject: Subject, column: Offered, title: str) -> list[Condition]:
    """What somebody wants of a column; nothing where it is left as it is."""
    name = column.name
    if column.kind in ("word", "country", "yes"):
        options = {**_values(subject, column), NOT_STATED: _("not stated")}
        among = choices.several(f"{OWN}{name}", title, options, _("Any"))
        return [Condition(name, "among", among)] if among else []
    if column.kind in ("text", "long"):
        words = choices.words(f"{OWN}{name}", _("{column} contains").format(column=title))
        return [Condition(name, "words", (words,))] if words else []
    enter = choices.number if column.kind == "number" else choices.day
    since = enter(f"{OWN}{name}.from", _("{column}: from").format(column=title))
    until = enter(f"{OWN}{name}.to", _("{column}: to").format(column=title))
    bounds = [Condition(name, "from", (since,)), Condition(name, "to", (until,))]
    return [bound for bound in bounds if bound.values[0]]


def _values(subject: Subject, column: Offered) -> dict[str, str]:
    if column.kind == "yes":
        return {"yes": _("Yes"), "no": _("No")}
    if column.codes:
        return filters.codes(column.codes)
    found = explore.values(store(), subject.name, column.name)
    return {value: country_name(value) if column.kind == "country" else _(value) for value in found}


def sql(answer: Answer) -> None:
    """The question as it was put to the database."""
    st.markdown(marks.plain(_("Values are bound to the names that begin with a dollar sign; they are never part of the SQL.")))
    st.code(answer.sql, language="sql", wrap_lines=True)
