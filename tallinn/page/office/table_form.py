"""The form for one sheet: what it holds, where its header is, what each column is, and what holds for all rows."""

from collections.abc import Mapping

import streamlit as st

from tallinn.datasets import Field, code_lists, datasets
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.likeness import likeness
from tallinn.ingest.recognise import Column, Table
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.page import marks
from tallinn.page.office.desk import Case
from tallinn.page.office.senders import senders
from tallinn.rates import currencies
from tallinn.wording import _, ngettext, share

IGNORE = "-"
OPEN = ""
UNMAPPED_FIRST = ("currency", "within_mechanism", "tlp")
"""What often holds for all rows and seldom has a column."""


def table_form(case: Case, sheet: Sheet, table: Table | None) -> None:
    """The form for one sheet: what it holds, where its header is, what each column is, what holds for all rows.

    The key of each widget holds what is decided now: a decision makes the widget anew, and what is chosen but not yet used stays.
    """
    key = f"{case.id}_{sheet.name}"
    undecided = [column for column in table.columns if not column.decided] if table else []
    with st.form(f"form_{key}", border=True):
        _what_it_holds(sheet, table, key, left_out=_decided(case, sheet).left_out)
        if table:
            _columns(table, undecided, key)
            _constants(table, key)
        with st.container(horizontal=True):
            _submit(_("Use these decisions"), case, sheet, table, "chosen", key, primary=True)
            if any(column.proposal for column in undecided):
                _submit(_("Take all proposals"), case, sheet, table, "proposals", key)
            if undecided:
                _submit(_("Ignore all undecided columns"), case, sheet, table, "ignore", key)


def _submit(label: str, case: Case, sheet: Sheet, table: Table | None, take: str, key: str, *, primary: bool = False) -> None:
    st.form_submit_button(
        label,
        type="primary" if primary else "secondary",
        key=f"{take}_{key}",
        on_click=_decide,
        args=(case, sheet, table, take, key),
    )


def _what_it_holds(sheet: Sheet, table: Table | None, key: str, *, left_out: bool) -> None:
    titles = {name: _(dataset.title) for name, dataset in datasets().items()} | {IGNORE: _("Nothing: leave this sheet out")}
    now = table.dataset.name if table else IGNORE if left_out else _likely(sheet)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("What the sheet holds"),
            list(titles),
            index=list(titles).index(now) if now else None,
            format_func=titles.__getitem__,
            placeholder=_("Not recognised: choose"),
            key=_dataset_key(table, key),
        )
        st.number_input(
            _("Row of the header"),
            min_value=1,
            max_value=max(sheet.height, 1),
            value=table.header_row if table else None,
            placeholder=_("find it"),
            key=_header_key(table, key),
        )


def _likely(sheet: Sheet) -> str | None:
    """What a sheet that was not recognised by itself looks like most, for a person to confirm."""
    like = likeness(sheet)
    return like.dataset.name if like and like.missing else None


def _columns(table: Table, undecided: list[Column], key: str) -> None:
    if undecided:
        waits = ngettext(
            "**{n} column waits for your decision.** Until then no row of this sheet is taken.",
            "**{n} columns wait for your decision.** Until then no row of this sheet is taken.",
            len(undecided),
        )
        st.markdown(waits.format(n=len(undecided)))
    for column in undecided:
        _column(table, column, key)
    known = [column for column in table.columns if column.decided]
    if known:
        with st.expander(ngettext("{n} column is known", "{n} columns are known", len(known)).format(n=len(known))):
            for column in known:
                _column(table, column, key)


def _column(table: Table, column: Column, key: str) -> None:
    """One column: its letter, header and first values, and what it is."""
    options = [OPEN, *_proposals(column), IGNORE, *(field.name for field in table.dataset.fields if field.name != column.proposal)]
    names = {field.name: _(field.title) for field in table.dataset.fields} | {IGNORE: _("Ignore this column"), OPEN: _("undecided")}
    if column.proposal:
        words = _("{field} – proposed, {sure} sure")
        names[column.proposal] = words.format(field=names[column.proposal], sure=share(column.confidence))
    chosen = IGNORE if column.ignored else column.field or OPEN
    examples = "; ".join(_short(sample) for sample in column.samples) or _("no value")
    label = _("**{letter}** “{header}”: {examples}")
    st.selectbox(
        label.format(letter=column_letters(column.index), header=marks.plain(_short(column.header, 80)), examples=marks.plain(examples)),
        options,
        index=options.index(chosen),
        format_func=names.__getitem__,
        key=_column_key(column, key),
        help=_reason(column),
    )


def _proposals(column: Column) -> list[str]:
    return [column.proposal] if column.proposal else []


def _reason(column: Column) -> str | None:
    """Why a column is taken as what it is, and how sure that is."""
    words = {
        "name": _("Its header is the name of the column."),
        "synonym": _("Its header is a known word for it."),
        "remembered": _("It was decided so for an earlier file."),
        "given": _("You decided it."),
        "similar": _("Its header is like a known word for it."),
        "values": _("Its values look like it."),
        "both": _("Its header and its values look like it."),
        "twin": _("Another column means the same."),
    }.get(column.reason)
    return _("{reason} {sure} sure.").format(reason=words, sure=share(column.confidence)) if words else None


def _constants(table: Table, key: str) -> None:
    """One value for all rows, for what the sheet has no column for: what is missing first, the rest folded away."""
    absent = [field for field in table.dataset.fields if field.name not in table.mapping and field.name != table.dataset.key]
    first = [field for field in absent if field.required or field.name in UNMAPPED_FIRST or field.name in table.constants]
    if first:
        st.markdown(_("**One value for all rows**, where the sheet has no column for it:"))
        with st.grid(3, min_column_width=220):
            for field in first:
                _constant(table, field, key)
    rest = [field for field in absent if field not in first]
    if rest:
        with st.expander(_("Other columns that the sheet lacks")), st.grid(3, min_column_width=220):
            for field in rest:
                _constant(table, field, key)
    if any(field.kind == "country" for field in table.dataset.fields):
        st.checkbox(
            _("Take unknown names of donors as organisations of that name"), value=bool(table.as_stated), key=_stated_key(table, key)
        )


def _constant(table: Table, field: Field, key: str) -> None:
    label = _("{column} (required)").format(column=_(field.title)) if field.required else _(field.title)
    now = table.constants.get(field.name)
    options = _options(field)
    if options:
        chosen = next((code for code, name in options.items() if now in (code, name)), None)
        st.selectbox(
            label,
            list(options),
            index=list(options).index(chosen) if chosen else None,
            format_func=options.__getitem__,
            placeholder=_("no value"),
            key=_constant_key(table, field, key),
            help=_(field.description),
        )
    else:
        st.text_input(label, value=now or "", key=_constant_key(table, field, key), help=_(field.description), max_chars=500)


def _options(field: Field) -> Mapping[str, str]:
    """What a field may hold where that is a list."""
    if field.code_list:
        return {row["code"]: _(row["name"]) for row in code_lists()[field.code_list].rows if row.get("accepted") != "no"}
    if field.kind == "currency":
        return {code: code for code in sorted(currencies())}
    return senders() if field.kind == "country" else {}


def _decide(case: Case, sheet: Sheet, table: Table | None, take: str, key: str) -> None:
    """What the form says, as decisions about this sheet; another dataset or header row begins anew."""
    dataset, header_row = st.session_state[_dataset_key(table, key)], st.session_state[_header_key(table, key)]
    if dataset == IGNORE:
        decided = Decisions(left_out=True)
    elif table is None or dataset != table.dataset.name or header_row != table.header_row:
        decided = Decisions(dataset=dataset, header_row=header_row)
    else:
        decided = _of_columns(case, table, take, key, _decided(case, sheet))
    case.decide(decisions={**case.choices.decisions, sheet.name: decided})


def _decided(case: Case, sheet: Sheet) -> Decisions:
    """What was decided about a sheet before."""
    return case.choices.decisions.get(sheet.name, Decisions())


def _of_columns(case: Case, table: Table, take: str, key: str, before: Decisions) -> Decisions:
    chosen = {column.header: (column, _chosen(column, take, key)) for column in table.columns}
    constants = {field.name: st.session_state.get(_constant_key(table, field, key)) for field in table.dataset.fields}
    if constants.get("donor_id") == case.choices.donor:
        # The sender gives it, and goes on to do so if another is chosen.
        constants.pop("donor_id", None)
    country = [field.name for field in table.dataset.fields if field.kind == "country"]
    return Decisions(
        dataset=table.dataset.name,
        header_row=before.header_row,
        columns={header: name for header, (column, name) in chosen.items() if name not in (OPEN, IGNORE) and name != _by_itself(column)},
        constants={name: (text or "").strip() for name, text in constants.items() if text or name in table.constants},
        ignored=frozenset(header for header, (_column, name) in chosen.items() if name == IGNORE),
        as_stated=frozenset(country) if st.session_state.get(_stated_key(table, key)) else frozenset(),
    )


def _by_itself(column: Column) -> str | None:
    """What a column is without anybody's decision."""
    return column.field if column.reason in ("name", "synonym") else None


def _chosen(column: Column, take: str, key: str) -> str:
    name: str = st.session_state[_column_key(column, key)]
    if name == OPEN and take == "proposals" and column.proposal:
        return column.proposal
    return IGNORE if name == OPEN and take == "ignore" else name


def _dataset_key(table: Table | None, key: str) -> str:
    return f"dataset_{key}_{table.dataset.name if table else ''}"


def _header_key(table: Table | None, key: str) -> str:
    return f"header_{key}_{table.header_row if table else ''}"


def _column_key(column: Column, key: str) -> str:
    return f"column_{key}_{column.index}_{IGNORE if column.ignored else column.field or OPEN}"


def _constant_key(table: Table, field: Field, key: str) -> str:
    return f"constant_{key}_{field.name}_{table.constants.get(field.name, '')}"


def _stated_key(table: Table, key: str) -> str:
    return f"stated_{key}_{sorted(table.as_stated)}"


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
