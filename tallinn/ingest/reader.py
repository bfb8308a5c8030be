"""The child process that parses a stranger's file: limits first, then sheets of cells as JSON on standard output.

Runs alone (`python reader.py SUFFIX MEMORY_BYTES SECONDS`, the file on standard input) with nothing of this project imported, because a
spreadsheet can exhaust the memory of its reader or abort the process. Prints {"sheets": [...]} or {"refused": "one sentence"}.
"""

import csv
import functools
import io
import json
import math
import re
import resource
import sys
import zipfile
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

MAX_CELLS = 20_000_000
# Whoever asked works through the rows without such limits: 50,000 below their headers take it twenty seconds and half a gigabyte.
MAX_ROWS = 50_000
MAX_UNPACKED_BYTES = 800 * 2**20
MAX_CELL_CHARACTERS = 32_767
MAX_COLUMNS = 16_384
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_FORMULA_OR_ERROR = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt=["']e["']""")
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}sheet"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")


class NotReadable(Exception):
    """The file cannot be read; the text says why."""


def sheets_of(content: bytes, suffix: str) -> list[dict[str, Any]]:
    """Sheets in order: name, hidden, rows (lists of cells from A1 on, without the blank ones at the end)."""
    if not content:
        raise NotReadable("the file is empty")
    sheets = _csv_sheets(content, suffix) if suffix in {".csv", ".tsv"} else _workbook_sheets(io.BytesIO(content))
    for row in (row for sheet in sheets for row in sheet["rows"]):
        while row and row[-1] is None:
            row.pop()
    if sum(bool(row) for sheet in sheets for row in sheet["rows"]) > MAX_ROWS + len(sheets):
        raise NotReadable(f"it has more than {MAX_ROWS:,} rows; divide it")
    return sheets


def _workbook_sheets(book_file: io.BytesIO) -> list[dict[str, Any]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    _inspect_package(book_file)
    failed = _failed_formulas(book_file)
    book_file.seek(0)
    with CalamineWorkbook.from_filelike(book_file) as book:
        sheets = []
        for meta in book.sheets_metadata:
            if meta.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if sheet.total_height * sheet.total_width > MAX_CELLS:
                raise NotReadable(f"the sheet {meta.name!r} is too large")
            hidden = meta.visible != SheetVisibleEnum.Visible
            rows = [[_cell(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
            _put_in(rows, failed.get(meta.name, {}))
            sheets.append({"name": meta.name, "hidden": hidden, "rows": rows})
    return sheets


def _failed_formulas(book_file: io.BytesIO) -> dict[str, dict[tuple[int, int], str]]:
    """The cells that calamine shows as empty though they are not: sheet → (row, column) → the error, or "" for a result never stored."""
    with zipfile.ZipFile(book_file) as package:
        book, relations = (ElementTree.fromstring(package.read(f"xl/{name}")) for name in ("workbook.xml", "_rels/workbook.xml.rels"))  # noqa: S314 - in this process only
        targets = {each.get("Id"): each.get("Target", "") for each in relations}
        parts = {each.get("name", ""): targets.get(each.get(_RELATION), "") for each in book.iter(_SHEET)}
        paths = {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}
        known = set(package.namelist())
        return {name: _Formulas().failed(package.read(path)) for name, path in paths.items() if path in known}


class _Formulas:
    """Looks through the XML of a sheet for formulas that failed or were never calculated."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], str] = {}
        self._cell: dict[str, str] = {}
        self._formula = self._in_value = False
        self._value = ""

    def failed(self, xml: bytes) -> dict[tuple[int, int], str]:
        if _FORMULA_OR_ERROR.search(xml):
            parser = expat.ParserCreate(namespace_separator=" ")
            parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
            parser.Parse(xml, True)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "c":
            self._cell, self._formula, self._value = attributes, False, ""
        self._formula |= tag == "f"
        self._in_value = tag == "v"

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, name: str) -> None:
        self._in_value = False
        kind, place = self._cell.get("t"), _ADDRESS.fullmatch(self._cell.get("r", ""))
        never_calculated = self._formula and kind != "str" and not self._value
        if name.rpartition(" ")[2] == "c" and place and (kind == "e" or never_calculated):
            column = functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, place[1], 0)
            self._found[int(place[2]) - 1, column - 1] = self._value if kind == "e" else ""


def _put_in(rows: list[list[Any]], failed: dict[tuple[int, int], str]) -> None:
    for (row, column), error in failed.items():
        if row < len(rows) and column < MAX_COLUMNS:
            rows[row] += [None] * (column + 1 - len(rows[row]))
            rows[row][column] = {"failed": error}


def _inspect_package(book_file: io.BytesIO) -> None:
    """Refuse archives that would unpack beyond reason or that define XML entities, before any parser sees them."""
    if not zipfile.is_zipfile(book_file):
        raise NotReadable(_what_it_is(book_file.getvalue()))
    with zipfile.ZipFile(book_file) as package:
        if sum(member.file_size for member in package.infolist()) > MAX_UNPACKED_BYTES:
            raise NotReadable("it unpacks to more than this server reads")
        for member in package.infolist():
            if member.filename.endswith((".xml", ".rels")):
                with package.open(member) as part:
                    if _ENTITY.search(part.read(4096)):
                        raise NotReadable("it contains forbidden XML entities")


def _what_it_is(content: bytes) -> str:
    """A workbook with a password is an OLE container around the encrypted package; so are the workbooks of before 2007."""
    if not content.startswith(_OLE):
        return "it is no xlsx workbook, or it is damaged"
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "it is password-protected"
    return "it is a workbook of an old form; save it as xlsx"


def _csv_sheets(content: bytes, suffix: str) -> list[dict[str, Any]]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise NotReadable("it is UTF-16 text; save it as CSV UTF-8")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotReadable(f"it is not UTF-8 text (byte {error.start + 1}); save it as CSV UTF-8") from None
    csv.field_size_limit(len(text) + 1)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter="\t" if suffix == ".tsv" else ",", strict=True))
    return [{"name": "", "hidden": False, "rows": [[_cell(value) for value in row] for row in rows]}]


def _cell(value: object) -> Any:
    """A cell as JSON can carry it: text, number, true/false, null, or {"date": …}, {"duration": …}."""
    if value is None or value == "":
        return None
    if isinstance(value, datetime):
        return {"date": (value.date() if value.time() == time() else value).isoformat()}
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, (time, timedelta)):
        return {"duration": str(value)}
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, str) and len(value) > MAX_CELL_CHARACTERS:
        raise NotReadable(f"a cell holds more than {MAX_CELL_CHARACTERS:,} characters")
    return value


def main(suffix: str, memory: str, seconds: str) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (int(memory), int(memory)))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        answer: dict[str, Any] = {"sheets": sheets_of(sys.stdin.buffer.read(), suffix)}
    except NotReadable as reason:
        answer = {"refused": str(reason)}
    except csv.Error as error:
        answer = {"refused": f"the CSV is damaged: {error}"}
    except MemoryError:
        answer = {"refused": "it needs more memory than one file may use"}
    except BaseException as error:  # noqa: BLE001 - a Rust panic arrives as a BaseException; the parent only needs the sentence
        answer = {"refused": "it is password-protected" if "assword" in str(error) else "it is damaged or no workbook"}
    sys.stdout.write(json.dumps(answer))
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
