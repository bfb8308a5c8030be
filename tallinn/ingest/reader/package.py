"""The archive of a workbook: what must not be opened, and what only its XML tells: formulas, formats, merged and hidden cells."""

import functools
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

from tallinn.ingest.reader.made import MAX_CELLS, NotReadable
from tallinn.ingest.sheets import Failed, Money, Percent

MAX_UNPACKED_BYTES = 800 * 2**20
MAX_COLUMNS = 16_384
MAX_MERGED = 100_000
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]", re.IGNORECASE)
_FORMULA_OR_ERROR = re.compile(rb"""<(?:\w+:)?f[\s/>]|\bt=["']e["']""")
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*)>")
_AT = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')
_SIGN = re.compile(r'\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]|"\s*([^"]{1,4}?)\s*"|([€£₴])')
_CURRENCIES = re.compile(r"[A-Z]{3}|[€£$₴]|kr\.?|zł|грн\.?|Kč", re.IGNORECASE)
_PERCENT_FORMATS = {9, 10}


@dataclass
class Details:
    """What a sheet's XML tells: for some cells (row and column from 0) what to make of them, merged ranges, hidden columns and rows."""

    cells: dict[tuple[int, int], Callable[[Any], Any]] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: list[int] = field(default_factory=list)
    hidden_rows: int = 0


def inspect(package: zipfile.ZipFile) -> None:
    """Refuse archives that would unpack beyond reason or whose XML defines entities, before any parser sees them."""
    if sum(member.file_size for member in package.infolist()) > MAX_UNPACKED_BYTES:
        raise NotReadable("it unpacks to more than this server reads")
    for member in package.infolist():
        if member.flag_bits & 1:
            raise NotReadable("it is password-protected")
        if member.filename.lower().endswith((".xml", ".rels", ".vml")) and defines_entities(package.read(member)):
            raise NotReadable("it contains forbidden XML entities")


def defines_entities(xml: bytes) -> bool:
    """Whether XML has a document type or entities. Looking for two letters is faster than for a pattern, and few files have them."""
    return any(mark in xml for mark in (b"<!", b"<\x00!")) and bool(_ENTITY.search(xml))


def details(package: zipfile.ZipFile) -> dict[str, Details]:
    """The details of each sheet of an Office Open XML workbook, by its name."""
    known = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= known:
        return {}
    book, relations = (ElementTree.fromstring(package.read(f"xl/{name}")) for name in ("workbook.xml", "_rels/workbook.xml.rels"))  # noqa: S314 - inspected, and in this process only
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    parts = {each.get("name", ""): targets.get(_relation(each), "") for each in book.iter() if each.tag.endswith("}sheet")}
    paths = {name: part.lstrip("/") if part.startswith("/") else f"xl/{part}" for name, part in parts.items()}
    styles = _styles(package.read("xl/styles.xml")) if "xl/styles.xml" in known else {}
    return {name: _of_sheet(package.read(path), styles) for name, path in paths.items() if path in known}


def _relation(sheet: ElementTree.Element) -> str | None:
    """The id of a sheet's part; the strict and the common form of the format write it in two namespaces."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("/relationships}id")), None)


def _of_sheet(xml: bytes, styles: dict[int, Callable[[Any], Any]]) -> Details:
    found = Details()
    if styles:
        found.cells |= _formatted(xml, styles)
    if any(mark in xml for mark in (b"<f", b":f", b"='e'", b'="e"')) and _FORMULA_OR_ERROR.search(xml):
        found.cells |= {place: functools.partial(_failed, error) for place, error in _Formulas().failed(xml).items()}
    if b"mergeCell" in xml:
        ranges = [tuple(match) for match in _MERGED.findall(xml)[:MAX_MERGED]]
        found.merged = [(int(top), _index(left), int(bottom), _index(right)) for left, top, right, bottom in ranges]
    if b"hidden=" in xml:
        found.hidden_rows = len(_HIDDEN_ROW.findall(xml))
        found.hidden_columns = [column for attributes in _COLUMN.findall(xml) for column in _hidden(attributes)]
    return found


def _failed(error: str, _cell: Any) -> Failed:
    return Failed(error)


def _hidden(attributes: bytes) -> Iterator[int]:
    first, last = (re.search(rb'\b%s="([0-9]{1,5})"' % name, attributes) for name in (b"min", b"max"))
    if first and last and re.search(rb'\bhidden="(?:1|true)"', attributes):
        yield from range(int(first[1]) - 1, min(int(last[1]), MAX_COLUMNS))


def _index(letters: bytes | str) -> int:
    text = letters.decode() if isinstance(letters, bytes) else letters
    return functools.reduce(lambda number, letter: number * 26 + ord(letter) - 64, text, 0) - 1


def _styles(xml: bytes) -> dict[int, Callable[[Any], Any]]:
    """Styles that say that a number is a percentage, or in which currency it is: style → what to make of the number."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - inspected, and in this process only
    codes = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter() if each.tag.endswith("}numFmt")}
    formats = next((each for each in root.iter() if each.tag.endswith("}cellXfs")), ())
    made = {index: _meaning(int(each.get("numFmtId", 0)), codes) for index, each in enumerate(formats)}
    return {index: make for index, make in made.items() if make}


def _meaning(number: int, codes: dict[int, str]) -> Callable[[Any], Any] | None:
    code = codes.get(number, "")
    if number in _PERCENT_FORMATS or "%" in re.sub(r'"[^"]*"|\\.', "", code):
        return _percent
    for match in _SIGN.finditer(code.split(";")[0]):
        sign = (match[1] or match[2] or match[3] or "").strip()
        if _CURRENCIES.fullmatch(sign):
            return functools.partial(_money, sign)
    return None


def _percent(cell: Any) -> Any:
    return Percent(cell) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


def _money(currency: str, cell: Any) -> Any:
    return Money(cell, currency) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


def _formatted(xml: bytes, styles: dict[int, Callable[[Any], Any]]) -> dict[tuple[int, int], Callable[[Any], Any]]:
    wanted = {str(style).encode(): make for style, make in styles.items()}
    found = {}
    for match in _CELL.finditer(xml):
        style, place = _STYLE.search(match[1]), _AT.search(match[1])
        if style and place and style[1] in wanted:
            found[int(place[2]) - 1, _index(place[1])] = wanted[style[1]]
    return found


class _Formulas:
    """Looks through the XML of a sheet for formulas that failed or were never calculated."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, int], str] = {}
        self._cell: dict[str, str] = {}
        self._formula = self._in_value = False
        self._value = ""

    def failed(self, xml: bytes) -> dict[tuple[int, int], str]:
        """Row and column (from 0) → the error that the cell shows, or "" for a result never stored."""
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
            self._found[int(place[2]) - 1, _index(place[1])] = self._value if kind == "e" else ""


def ods_details(package: zipfile.ZipFile) -> dict[str, Details]:
    """The currencies of an OpenDocument spreadsheet; refuses sheets that declare absurd sizes before anybody unrolls them."""
    if "content.xml" not in package.namelist():
        raise NotReadable("it is damaged")
    return _OdsCells().read(package.read("content.xml"))


class _OdsCells:
    """Walks through the cells of content.xml, whose runs of equal rows and cells are written once with a number."""

    def __init__(self) -> None:
        self._details: dict[str, Details] = {}
        self._now = Details()
        self._row = self._column = self._rows = 0
        self._widest = 0

    def read(self, xml: bytes) -> dict[str, Details]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.Parse(xml, True)
        return self._details

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2].rpartition(" ")[2]
        if tag == "table":
            self._now = self._details.setdefault(_attribute(attributes, "name") or "", Details())
            self._row = self._widest = 0
        elif tag == "table-row":
            self._rows, self._column = _repeated(attributes, "number-rows-repeated"), 0
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell(attributes, _repeated(attributes, "number-columns-repeated"))

    def _cell(self, attributes: dict[str, str], times: int) -> None:
        kind = _attribute(attributes, "value-type")
        if kind:
            self._widest = max(self._widest, self._column + times)
            if (self._row + self._rows) * self._widest > MAX_CELLS:
                raise NotReadable("a sheet in it is too large")
        if kind == "currency" and (currency := _attribute(attributes, "currency")):
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + times):
                    self._now.cells[row, column] = functools.partial(_money, currency)
        self._column += times

    def _end(self, name: str) -> None:
        if name.rpartition(" ")[2] == "table-row":
            self._row += self._rows


def _attribute(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2].rpartition(" ")[2] == name), None)


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = _attribute(attributes, name) or "1"
    return int(text) if text.isdigit() and len(text) < 12 else MAX_CELLS + 1
