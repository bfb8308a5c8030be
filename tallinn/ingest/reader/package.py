"""The archive of a workbook: what must not be opened, and what only its XML tells: formulas, formats, merged and hidden cells."""

import functools
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree
from xml.parsers import expat

import pyarrow as pa
import pyarrow.compute as pc

from tallinn.ingest.reader.formats import Make, meaning
from tallinn.ingest.reader.made import MAX_COLUMNS, NotReadable, as_one
from tallinn.ingest.sheets import Failed

MAX_UNPACKED_BYTES = 800 * 2**20
MAX_MERGED = 100_000
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\x00!\x00[DE]\x00|\x00<\x00!\x00[DE]", re.IGNORECASE)
_FORMULA_OR_ERROR = r"""<(?:\w+:)?f[\s/>]|\bt=["']e["']"""
_ADDRESS = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_AT = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
# What attributes look like where it is not as everybody writes them.
_UNUSUAL = (b"='", b" =", b"= ")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*\bref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*\bhidden="(?:1|true)"')

Styles = dict[int, Make]


@dataclass
class Details:
    """What a sheet's XML tells: for some cells (row and column from 0) what to make of them, merged ranges, hidden columns and rows."""

    cells: dict[tuple[int, int], Make] = field(default_factory=dict)
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
    """Whether XML has a document type or entities. Looking for one letter is much faster than for a pattern; few have it."""
    return b"!" in xml and any(mark in xml for mark in (b"<!", b"<\x00!")) and bool(_ENTITY.search(xml))


def details(package: zipfile.ZipFile) -> dict[str, Details]:
    """The details of each sheet of an Office Open XML workbook, by its name."""
    # The names of parts are compared without regard to case, as the format has it.
    known = {name.lower().replace("\\", "/"): name for name in package.namelist()}
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= known.keys():
        return {}
    book, relations = (ElementTree.fromstring(package.read(known[f"xl/{name}"])) for name in ("workbook.xml", "_rels/workbook.xml.rels"))  # noqa: S314 - inspected, and in this process only
    targets = {each.get("Id"): each.get("Target", "") for each in relations}
    parts = {each.get("name", ""): targets.get(_relation(each), "") for each in book.iter() if each.tag.endswith("}sheet")}
    paths = {name: (part.lstrip("/") if part.startswith(("/", "xl/")) else f"xl/{part}").lower() for name, part in parts.items()}
    styles = _styles(package.read(known["xl/styles.xml"])) if "xl/styles.xml" in known else {}
    return {name: _of_sheet(package.read(known[path]), styles) for name, path in paths.items() if path in known}


def _relation(sheet: ElementTree.Element) -> str | None:
    """The id of a sheet's part; the strict and the common form of the format write it in two namespaces."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("/relationships}id")), None)


def _of_sheet(xml: bytes, styles: Styles) -> Details:
    found = Details()
    formulas = pc.match_substring_regex(as_one(xml, pa.large_binary()), _FORMULA_OR_ERROR)[0].as_py()
    formatted = _formatted(xml, styles) if styles else {}
    if formulas or formatted is None:
        found.cells |= _Cells(styles).read(xml)
    else:
        found.cells |= formatted
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


def _styles(xml: bytes) -> Styles:
    """Styles that show more than the number, such as a currency: style → what to make of the number."""
    root = ElementTree.fromstring(xml)  # noqa: S314 - inspected, and in this process only
    codes = {int(each.get("numFmtId", 0)): each.get("formatCode", "") for each in root.iter() if each.tag.endswith("}numFmt")}
    formats = next((each for each in root.iter() if each.tag.endswith("}cellXfs")), ())
    numbers = [int(each.get("numFmtId", 0)) for each in formats]
    made = {index: meaning(number, codes.get(number, "")) for index, number in enumerate(numbers)}
    return {index: make for index, make in made.items() if make}


def _formatted(xml: bytes, styles: Styles) -> dict[tuple[int, int], Make] | None:
    """What to make of the cells of these styles; None where the XML has to be parsed to find them."""
    if any(mark in xml for mark in _UNUSUAL):
        return None
    styled = re.compile(rb'<(?:\w+:)?c\s([^>]*\bs="(%s)"[^>]*)>' % "|".join(map(str, styles)).encode())
    found = {}
    for match in styled.finditer(xml):
        place = _AT.search(match[1])
        if place is None:
            return None
        found[int(place[2]) - 1, _index(place[1])] = styles[int(match[2])]
    return found


class _Cells:
    """Walks through the XML of a sheet: cells of these styles, formulas that failed or were never calculated.

    Rows and cells may leave their address out; they follow the one before.
    """

    def __init__(self, styles: Styles) -> None:
        self._styles = {str(style): make for style, make in styles.items()}
        self._found: dict[tuple[int, int], Make] = {}
        self._cell: dict[str, str] = {}
        self._row = self._column = -1
        self._formula = self._in_value = False
        self._value = ""

    def read(self, xml: bytes) -> dict[tuple[int, int], Make]:
        """Row and column (from 0) → what to make of the cell."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = self._start, self._end, self._text
        parser.Parse(xml, True)
        return self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self._row, self._column = int(number) - 1 if number.isdecimal() else self._row + 1, -1
        if tag == "c":
            self._cell, self._formula, self._value = attributes, False, ""
            self._go_to(attributes.get("r", ""))
        self._formula |= tag == "f"
        self._in_value = tag == "v"

    def _go_to(self, address: str) -> None:
        place = _ADDRESS.fullmatch(address)
        self._row, self._column = (int(place[2]) - 1, _index(place[1])) if place else (self._row, self._column + 1)

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += text

    def _end(self, name: str) -> None:
        self._in_value = False
        if name.rpartition(" ")[2] != "c":
            return
        kind = self._cell.get("t")
        if kind == "e" or (self._formula and kind != "str" and not self._value):
            self._found[self._row, self._column] = functools.partial(_failed, self._value if kind == "e" else "")
        elif make := self._styles.get(self._cell.get("s", "")):
            self._found[self._row, self._column] = make
