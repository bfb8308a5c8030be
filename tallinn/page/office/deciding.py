"""What a file does not say itself, decided by a person: who sends it, which sheet counts, what each column is, what holds for all rows."""

from collections.abc import Mapping

import streamlit as st

from tallinn.datasets import Field, code_lists, datasets
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.names import english_names
from tallinn.ingest.recognise import Column, Table, is_guidance
from tallinn.ingest.sheets import Sheet, column_letters
from tallinn.page import marks
from tallinn.page.current import ask
from tallinn.page.office.desk import Case
from tallinn.page.office.grid import grid
from tallinn.rates import currencies
from tallinn.wording import _, ngettext, share

IGNORE = "-"
OPEN = ""
UNMAPPED_FIRST = ("currency", "within_mechanism", "tlp")
"""What often holds for all rows and seldom has a column."""
SHOWN_ROWS = 40


def sender(case: Case) -> None:
    """Who sends the file. Left open, the file says it, or it is the office's own."""
    names = senders()
    st.selectbox(
        _("Who sends this file?"),
        list(names),
        index=list(names).index(case.choices.donor) if case.choices.donor in names else None,
        format_func=names.__getitem__,
        placeholder=_said_by_the_file(case),
        key=f"donor_{case.id}",
        on_change=lambda: case.decide(donor=st.session_state[f"donor_{case.id}"]),
        help=_("What was decided for this sender's earlier files is offered again. “Replace” takes away what this sender sent before."),
    )


def senders() -> dict[str, str]:
    """Codes and names of all who may send a file, the members first."""
    rows = ask("members").rows
    members = dict(zip(rows["organisation_id"], rows["name"], strict=True))
    return members | {code: name for code, name in sorted(english_names().items(), key=lambda pair: pair[1]) if code not in members}


def _said_by_the_file(case: Case) -> str:
    said = case.shown.sender if case.shown and case.choices.donor is None else None
    if said:
        return _("The file says: {donor}").format(donor=senders().get(said, said))
    return _("The project office, or donors whom the file names")


def which_sheet(case: Case) -> None:
    """All visible sheets, or a single one, which may be hidden."""
    sheets = case.file.sheets if case.file else ()
    if len(sheets) < 2:
        return
    hidden = {sheet.name for sheet in sheets if sheet.hidden}
    st.selectbox(
        _("Which sheet?"),
        [sheet.name for sheet in sheets],
        index=None,
        format_func=lambda name: _("{sheet} (hidden)").format(sheet=name) if name in hidden else name,
        placeholder=_("All visible sheets"),
        key=f"sheet_{case.id}",
        on_change=lambda: case.decide(sheet=st.session_state[f"sheet_{case.id}"]),
    )


def tables(case: Case) -> None:
    """Each sheet that is read: as it was sent, and the form that says what it is."""
    for sheet, table in _sheets(case):
        if len(case.file.sheets if case.file else ()) > 1:
            st.subheader(marks.plain(sheet.name), anchor=False)
        as_sent(sheet, f"{case.id}_{sheet.name}")
        table_form(case, sheet, table)


def _sheets(case: Case) -> list[tuple[Sheet, Table | None]]:
    """The sheets that hold data or might, with what they were taken as when they were last understood."""
    if case.file is None:
        return []
    known = dict(zip((sheet.name for sheet in case.shown.sheets), case.shown.tables, strict=True)) if case.shown else {}
    sheets = [sheet for sheet in case.file.sheets if case.choices.sheet in (None, sheet.name) and sheet.height and not is_guidance(sheet)]
    return [(sheet, known.get(sheet.name)) for sheet in sheets if case.choices.sheet or not sheet.hidden]


def as_sent(sheet: Sheet, key: str) -> None:
    """The first rows of a sheet with the numbers and letters of a spreadsheet, made only when somebody looks."""
    panel = st.expander(_("The sheet as it was sent"), type="compact", on_change="rerun", key=f"sent_{key}")
    if panel.open:
        with panel:
            st.dataframe(grid(sheet, 1, SHOWN_ROWS), alt=_("The first rows of the sheet"), key=f"rows_{key}")
            if sheet.height > SHOWN_ROWS:
                st.caption(_("The first {n} of {rows} rows.").format(n=SHOWN_ROWS, rows=sheet.height))


def table_form(case: Case, sheet: Sheet, table: Table | None) -> None:
    """The form for one sheet: what it holds, where its header is, what each column is, what holds for all rows."""
    key = f"{case.id}_{sheet.name}_{case.round}"
    undecided = [column for column in table.columns if not column.decided] if table else []
    with st.form(f"form_{key}", border=True):
        _what_it_holds(sheet, table, key)
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


def _what_it_holds(sheet: Sheet, table: Table | None, key: str) -> None:
    titles = {name: _(dataset.title) for name, dataset in datasets().items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.selectbox(
            _("What the sheet holds"),
            list(titles),
            index=list(titles).index(table.dataset.name) if table else None,
            format_func=titles.__getitem__,
            placeholder=_("Not recognised: choose"),
            key=f"dataset_{key}",
        )
        st.number_input(
            _("Row of the header"),
            min_value=1,
            max_value=max(sheet.height, 1),
            value=table.header_row if table else None,
            placeholder=_("find it"),
            key=f"header_{key}",
        )


def _columns(table: Table, undecided: list[Column], key: str) -> None:
    if undecided:
        one, many = _("{n} column waits for your decision."), _("{n} columns wait for your decision.")
        st.markdown(f"**{ngettext(one, many, len(undecided)).format(n=len(undecided))}** " + _("Until then no row of this sheet is taken."))
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
        key=f"column_{key}_{column.index}",
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
        "values": _("Its values look like it."),
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
        st.checkbox(_("Take unknown names of donors as organisations of that name"), value=bool(table.as_stated), key=f"as_stated_{key}")


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
            key=f"constant_{key}_{field.name}",
            help=_(field.description),
        )
    else:
        st.text_input(label, value=now or "", key=f"constant_{key}_{field.name}", help=_(field.description), max_chars=500)


def _options(field: Field) -> Mapping[str, str]:
    """What a field may hold where that is a list."""
    if field.code_list:
        return {row["code"]: _(row["name"]) for row in code_lists()[field.code_list].rows if row.get("accepted") != "no"}
    if field.kind == "currency":
        return {code: code for code in sorted(currencies())}
    return senders() if field.kind == "country" else {}


def _decide(case: Case, sheet: Sheet, table: Table | None, take: str, key: str) -> None:
    """What the form says, as decisions about this sheet; another dataset or header row begins anew."""
    dataset, header_row = st.session_state[f"dataset_{key}"], st.session_state[f"header_{key}"]
    if table is None or dataset != table.dataset.name or header_row != table.header_row:
        decided = Decisions(dataset=dataset, header_row=header_row)
    else:
        decided = _of_columns(case, table, take, key, case.choices.decisions.get(sheet.name, Decisions()))
    case.decide(decisions={**case.choices.decisions, sheet.name: decided})


def _of_columns(case: Case, table: Table, take: str, key: str, before: Decisions) -> Decisions:
    chosen = {column.header: (column, _chosen(column, take, key)) for column in table.columns}
    constants = {field.name: st.session_state.get(f"constant_{key}_{field.name}") for field in table.dataset.fields}
    if constants.get("donor_id") == case.choices.donor:
        # The sender gives it, and goes on to do so if another is chosen.
        constants.pop("donor_id", None)
    country = [field.name for field in table.dataset.fields if field.kind == "country"]
    return Decisions(
        dataset=table.dataset.name,
        header_row=before.header_row,
        columns={header: name for header, (column, name) in chosen.items() if name not in (OPEN, IGNORE) and name != _by_itself(column)},
        constants={name: text.strip() for name, text in constants.items() if text and text.strip()},
        ignored=frozenset(header for header, (_column, name) in chosen.items() if name == IGNORE),
        as_stated=frozenset(country) if st.session_state.get(f"as_stated_{key}") else frozenset(),
    )


def _by_itself(column: Column) -> str | None:
    """What a column is without anybody's decision."""
    return column.field if column.reason in ("name", "synonym") else None


def _chosen(column: Column, take: str, key: str) -> str:
    name: str = st.session_state[f"column_{key}_{column.index}"]
    if name == OPEN and take == "proposals" and column.proposal:
        return column.proposal
    return IGNORE if name == OPEN and take == "ignore" else name


def _short(text: str, most: int = 40) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
