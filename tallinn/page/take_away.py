"""What a reader takes away from a chart or a table: a picture, its rows as files, and the address that leads back to it."""

from contextvars import copy_context
from datetime import date
from functools import partial
from html import escape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit, urlunsplit

import pandas as pd
import streamlit as st

from tallinn.ask import Answer
from tallinn.columns import column
from tallinn.frames import FOLDER, FRAMES
from tallinn.languages import language
from tallinn.page.current import ask, public_releases
from tallinn.page.drawing import Drawing
from tallinn.page.kept import Kept
from tallinn.page.table import answer_file
from tallinn.pictures import FORMS, Form, Picture, picture
from tallinn.provenance import cited, sources
from tallinn.settings import ADDRESS
from tallinn.wording import _, day, listing, unknown
from tallinn.workbook import Rows, workbook

MIME = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "pdf": "application/pdf",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
WIDEST, NARROWEST = 60, 12
AROUND = 170
"""Pixels of a frame for the title, the notes and the source of its chart."""


def take_away(name: str, answer: Answer, drawing: Drawing | None = None) -> None:
    """A button that opens what can be taken away. Nothing is made before it is asked for. `name` is unique on the page."""
    panel = st.popover(_("Take away"), type="tertiary", icon=":material/download:", on_change="rerun", key=f"take_{name}")
    if panel.open:
        with panel:
            _files(name, answer, drawing)
            st.caption(_("The address of this page as you see it, filters and release included:"))
            st.code(address(answer), language=None, wrap_lines=True)
            if drawing and answer.name in FRAMES:
                st.caption(_("For a page of your own: the chart in a frame, as the public reads it, always of the newest release:"))
                st.code(frame(answer, drawing), language="html", wrap_lines=True)


def _files(name: str, answer: Answer, drawing: Drawing | None) -> None:
    where = address(answer)
    if drawing:
        st.markdown(_("The chart, with its title, sources, release and licence:"))
        with st.container(horizontal=True):
            for form in FORMS:
                made = partial(_pictures.of, answer, drawing=drawing, where=where, form=form)
                button(form.upper(), made, file_name(answer, form), key=f"{form}_of_{name}")
    st.markdown(_("The rows behind it:"))
    with st.container(horizontal=True):
        button("CSV", partial(answer_file, answer), file_name(answer, "csv"), key=f"csv_of_{name}")
        button("XLSX", partial(_workbooks.of, answer, where=where), file_name(answer, "xlsx"), key=f"xlsx_of_{name}")


def _spoken(code: str, make: "partial[bytes]") -> bytes:
    with language.spoken(code):
        return make()


def button(label: str, make: "partial[bytes]", file_name: str, *, key: str, icon: str | None = None, code: str = "") -> None:
    """A button for a file that is made when it is asked for, of the release of this run, in the reader's language or that of `code`."""
    # It is made in another thread, which would know neither.
    made = partial(copy_context().run, _spoken, code or language.get(), make)
    st.download_button(label, made, file_name, MIME[file_name.rpartition(".")[2]], key=key, on_click="ignore", icon=icon)


def file_name(answer: Answer, form: str) -> str:
    """What a file is called: the question and the release, with its days; an invented or restricted one says so in its name."""
    release, data = answer.release, _data_date()
    days = {"of": release.date, "data_to": None if data is None else f"{data:%Y-%m-%d}", "next": release.next_date}
    parts = [answer.name, release.marked_id, *(f"{name}_{day}" for name, day in days.items() if day)]
    return "_".join(parts).replace(" ", "_").replace(":", "-") + f".{form}"


def asked(answer: Answer, *, sign: str = "") -> str:
    """The values that were asked with, as the SQL knows them; `sign` stands around each, such as that of Markdown for code."""
    given = [(name, value if isinstance(value, str) else listing(value)) for name, value in answer.parameters.items() if value]
    words = [f"{sign}{name} = {value.replace(sign, ' ') if sign else value}{sign}" for name, value in given]
    return _("Asked with {choices}.").format(choices="; ".join(words)) if words else ""


def address(answer: Answer) -> str:
    """The address of the page as the reader sees it, with its filters; with its release too, so that it leads to the same figures later."""
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    if any(answer.release.id == release.id for release in public_releases()):
        query["release"] = [answer.release.id]
    shown = urlsplit(st.context.url or ADDRESS)
    return urlunsplit((shown.scheme, shown.netloc, shown.path, urlencode(query, doseq=True, quote_via=quote), ""))


def frame(answer: Answer, drawing: Drawing) -> str:
    """The HTML that shows the chart of the answer in somebody else's page."""
    shown = urlsplit(st.context.url or ADDRESS)
    asked = {name: value for name, value in answer.parameters.items() if value} | {"lang": language.get()}
    target = urlunsplit((shown.scheme, shown.netloc, f"{FOLDER}/{answer.name}", urlencode(asked, doseq=True), ""))
    height = int(drawing.figure.layout.height) + AROUND
    return f'<iframe src="{escape(target)}" title="{escape(drawing.title)}" width="100%" height="{height}" style="border:0"></iframe>'


def _picture(answer: Answer, *, drawing: Drawing, where: str, form: Form) -> bytes:
    release = answer.release
    said = (sources(answer, ask), f"{cited(release, _data_date(), where)}")
    return picture(Picture(drawing.figure, said, release.demonstration), form)


def _workbook(answer: Answer, *, where: str) -> bytes:
    """The rows with their types, after a sheet with the question, what it was asked with, and how to cite it."""
    names = list(answer.rows.columns)
    looks = [column(str(name), answer.rows[name]) for name in names]
    about = [
        (_("Question"), answer.question),
        *([(_("Filters"), chosen)] if (chosen := asked(answer)) else []),
        (_("Release"), answer.release.marked_id),
        (_("Published"), day(answer.release.date)),
        (_("Data to"), day(_data_date())),
        (_("Cite as"), cited(answer.release, _data_date(), where)),
        ("", ""),
        *((str(name), look.title) for name, look in zip(names, looks, strict=True)),
    ]
    widths = [WIDEST if look.kind in ("long", "link") else NARROWEST + len(look.title) // 3 for look in looks]
    taken = (tuple(map(_cell, row)) for row in answer.rows.itertuples(index=False))
    return workbook(about, Rows(_("Rows"), list(map(str, names)), widths, taken, len(answer.rows)), answer.release.date)


def _cell(value: Any) -> Any:
    """A value with the type that a workbook has for it; unknown is an empty cell."""
    if unknown(value):
        return None
    if isinstance(value, pd.Timestamp):
        return value.date() if value == value.normalize() else value.to_pydatetime()
    return value.item() if hasattr(value, "item") else value


def _data_date() -> date | None:
    """The day of the newest source, if any has one."""
    known: date | None = ask("release_facts").rows["data_date"].iloc[0]
    return None if unknown(known) else known


_pictures = Kept(_picture, most=50)
_workbooks = Kept(_workbook, most=20)
