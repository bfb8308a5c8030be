"""A workbook for one dataset, empty or with what a donor has on file: filled in and sent back, it is read without a question."""

from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from tallinn.datasets import KINDS, Dataset, Field, code_lists, datasets
from tallinn.giveback.cells import WRAPPED, head, put
from tallinn.giveback.marking import saved
from tallinn.wording import _

READ_ME, LISTS = "Read me", "Lists"
MARK = "Tallinn Mechanism template"
"""By this, in the second row, the reader knows a sheet that explains, whatever language the rest is in."""
ROOM = 1_000
"""Rows below the data that have drop-downs."""
WIDTHS = {"text": 50, "uri": 40, "list": 28}


def template(dataset: str, *, rows: pa.Table | None = None) -> bytes:
    """The workbook: data sheet, lists of codes, and what to know. `rows` of the lake fill the data sheet, codes by their names."""
    described = datasets()[dataset]
    book = openpyxl.Workbook()
    del book[book.sheetnames[0]]
    sheet = book.create_sheet(_(described.title)[:31])
    filled = [] if rows is None else rows.select(described.names).to_pylist()
    _fill(sheet, described, filled)
    lists = _lists(book.create_sheet(LISTS), described)
    for column, field in enumerate(described.fields, start=1):
        if field.name in lists:
            _offer(sheet, get_column_letter(column), lists[field.name], len(filled) + 1 + ROOM)
    _explain(book.create_sheet(READ_ME), described)
    return saved(book)


def _fill(sheet: Worksheet, dataset: Dataset, rows: list[dict[str, Any]]) -> None:
    for column, field in enumerate(dataset.fields, start=1):
        title = sheet.cell(1, column)
        head(title, _(field.title), required=field.required)
        title.comment = Comment(_about(field), "Tallinn Mechanism", width=320, height=140)
        letter = get_column_letter(column)
        sheet.column_dimensions[letter].width = WIDTHS.get(field.kind or "", 18)
        # A column of text stays text: a spreadsheet would turn 2025-07 into a day and cut leading zeros off.
        for number in range(2, len(rows) + 2 + ROOM):
            sheet.cell(number, column).number_format = _format(field)
    for number, row in enumerate(rows, start=2):
        for column, field in enumerate(dataset.fields, start=1):
            put(sheet.cell(number, column), _shown(row[field.name], field))
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(dataset.fields))}{len(rows) + 1}"


def _format(field: Field) -> str:
    return {"number": "#,##0.00", "integer": "#,##0", "date": "yyyy-mm-dd"}.get(field.type, "@")


def _shown(value: Any, field: Field) -> Any:
    """A value as people write it: a code by its name, yes and no."""
    if field.code_list and value is not None:
        return next((_(row["name"]) for row in code_lists()[field.code_list].rows if row["code"] == value), value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value


def _about(field: Field) -> str:
    needed = _("Required.") if field.required else ""
    example = "" if field.example is None else _("Example: {example}").format(example=_example(field))
    return " ".join(filter(None, [needed, _(field.description), example]))


def _example(field: Field) -> Any:
    return _(field.example) if field.code_list or field.type == "boolean" else field.example


def _lists(sheet: Worksheet, dataset: Dataset) -> dict[str, str]:
    """A column for each list of codes; field → range of its names."""
    _entitle(sheet, LISTS, _("The codes that cells offer."))
    ranges: dict[str, str] = {}
    chosen = [field for field in dataset.fields if field.code_list or field.type == "boolean"]
    for column, field in enumerate(chosen, start=1):
        names = _names(field)
        letter = get_column_letter(column)
        head(sheet.cell(4, column), _(field.title))
        sheet.column_dimensions[letter].width = 34
        for number, name in enumerate(names, start=5):
            put(sheet.cell(number, column), name)
        ranges[field.name] = f"'{LISTS}'!${letter}$5:${letter}${4 + len(names)}"
    return ranges


def _names(field: Field) -> list[str]:
    if field.code_list is None:
        return [_("yes"), _("no")]
    return [_(row["name"]) for row in code_lists()[field.code_list].rows if row.get("accepted") != "no"]


def _offer(sheet: Worksheet, letter: str, names: str, last: int) -> None:
    offer = DataValidation(type="list", formula1=names, allow_blank=True, showErrorMessage=True, errorStyle="warning")
    offer.error = _("This is not on the list.")
    sheet.add_data_validation(offer)
    offer.add(f"{letter}2:{letter}{last}")


def _explain(sheet: Worksheet, dataset: Dataset) -> None:
    _entitle(sheet, READ_ME, _("{dataset}. {about}").format(dataset=_(dataset.title), about=_(dataset.description)))
    advice = [
        _(
            "Write one row for each entry of “{dataset}” below the titles of the first sheet. Keep the titles; their order does not matter."
        ).format(dataset=_(dataset.title)),
        _("Columns with a dark title are required. Leave a cell empty if its value is not known; do not write 0 or “TBC”."),
        _("The first column names the row. Keep it when you correct a row; give a new row a new name."),
        _("A blank cell never erases what is on file. To withdraw a row, say so in its status or under “Not counted because”."),
        _("Write amounts in full and in the currency in which they were decided. A correction or refund is a negative amount."),
        _("Rows labelled TLP:CLEAR may be published; without a label a row is treated as TLP:AMBER. TLP:RED is not taken."),
    ]
    for number, text in enumerate(advice, start=4):
        put(sheet.cell(number, 1), text)
        sheet.merge_cells(start_row=number, start_column=1, end_row=number, end_column=5)
        sheet.cell(number, 1).alignment = WRAPPED
        sheet.row_dimensions[number].height = 30
    first = 5 + len(advice)
    for column, (title, width) in enumerate(
        {_("Column"): 26, _("Required"): 10, _("Kind"): 16, _("Meaning"): 80, _("Example"): 32}.items(), start=1
    ):
        head(sheet.cell(first, column), title)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, field in enumerate(dataset.fields, start=first + 1):
        kind = _("from a list") if field.code_list else _(KINDS[field.kind or field.type])
        described = [_(field.title), _("yes") if field.required else "", kind, _(field.description), _example(field)]
        for column, value in enumerate(described, start=1):
            put(sheet.cell(number, column), value if value is None else str(value))
            sheet.cell(number, column).alignment = WRAPPED


def _entitle(sheet: Worksheet, title: str, text: str) -> None:
    """The first two rows, by which the reader knows that a sheet explains and holds no data."""
    put(sheet["A1"], title)
    sheet["A1"].font = Font(bold=True, size=16)
    put(sheet["A2"], f"{MARK}: {text}")
    sheet["A2"].alignment = Alignment(vertical="top")
