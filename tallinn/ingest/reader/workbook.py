"""Workbooks: xlsx and xlsm, xlsb, xls, ods. calamine reads the cells; what it does not tell is looked up in the XML."""

import io
import zipfile
from typing import Any

from tallinn.ingest.reader import opendocument
from tallinn.ingest.reader import package as packages
from tallinn.ingest.reader.made import MAX_CELLS, MAX_COLUMNS, Made, NotReadable, made_of

Read = tuple[list[dict[str, Any]], list[Made]]


def xlsx(content: bytes) -> Read:
    """An Office Open XML workbook; macros in it are not run, and told."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        packages.inspect(package)
        details = packages.details(package)
        macros = any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
    return _notes(macros=macros), _read(content, details)


def xlsb(content: bytes) -> Read:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        packages.inspect(package)
        macros = any(name.lower().endswith("vbaproject.bin") for name in package.namelist())
    return _notes(macros=macros, formats=True), _read(content, {})


def xls(content: bytes) -> Read:
    return _notes(macros="_VBA_PROJECT".encode("utf-16-le") in content, formats=True), _read(content, {})


def ods(content: bytes) -> Read:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        packages.inspect(package)
        if "META-INF/manifest.xml" in package.namelist() and b"encryption-data" in package.read("META-INF/manifest.xml"):
            raise NotReadable("it is password-protected")
        details = opendocument.details(package)
        more = opendocument.shows_more_than_numbers(package)
    return _notes(formats=more), _read(content, details)


def _notes(*, macros: bool = False, formats: bool = False) -> list[dict[str, Any]]:
    """`formats`: whether number formats may show what is not read, such as a currency."""
    rules = [*(["macros"] if macros else []), *(["formats-not-read"] if formats else [])]
    return [{"rule": rule, "sheet": None, "facts": {}} for rule in rules]


def _read(content: bytes, details: dict[str, packages.Details]) -> list[Made]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    sheets = []
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise NotReadable("the sheet “{sheet}” is too large", sheet=meta.name)
            known = details.get(meta.name, packages.Details())
            rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
            _put_in(rows, known)
            sheets.append(
                made_of(
                    meta.name,
                    rows,
                    hidden=meta.visible != SheetVisibleEnum.Visible,
                    merged=known.merged,
                    hidden_columns=known.hidden_columns,
                    hidden_rows=known.hidden_rows,
                )
            )
    return sheets


def _put_in(rows: list[list[Any]], known: packages.Details) -> None:
    """Formulas without a result, which calamine shows as empty, and what formats say of numbers."""
    for (row, column), make in known.cells.items():
        if row < len(rows) and column < MAX_COLUMNS:
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = make(rows[row][column])
