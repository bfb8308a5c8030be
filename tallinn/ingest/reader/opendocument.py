"""What only the XML of an OpenDocument spreadsheet tells: currencies, percentages, formulas that failed, and absurd sizes."""

import functools
import re
import zipfile
from typing import Any
from xml.parsers import expat

from tallinn.ingest.reader.formats import Make, money, percent
from tallinn.ingest.reader.made import MAX_CELLS, NotReadable
from tallinn.ingest.reader.package import Details
from tallinn.ingest.sheets import Failed

CELLS = ("table-cell", "covered-table-cell")
ASIDE = ("annotation", "frame", "custom-shape", "g")
"""What lies on or beside a cell and is not in it: comments and drawings."""
# A style of numbers that shows words beside the number, or divides it before showing it.
_NUMBER_STYLE = re.compile(rb"<number:number-style\b.*?</number:number-style>", re.DOTALL)
_SHOWS_MORE = re.compile(rb"<number:text>[^<]*[^\W_][^<]*</number:text>|number:display-factor")


def details(package: zipfile.ZipFile) -> dict[str, Details]:
    """What to make of some cells of each sheet. Refuses sheets that declare absurd sizes before anybody unrolls them."""
    if "content.xml" not in package.namelist():
        raise NotReadable("it is damaged")
    return _Cells().read(package.read("content.xml"))


def shows_more_than_numbers(package: zipfile.ZipFile) -> bool:
    """Whether some style of numbers says more than the cells do, such as “Mio.”"""
    parts = [package.read(name) for name in ("content.xml", "styles.xml") if name in package.namelist()]
    return any(_SHOWS_MORE.search(style) for part in parts for style in _NUMBER_STYLE.findall(part))


class _Cells:
    """Walks through the cells of content.xml, whose runs of equal rows and cells are written once with a number."""

    def __init__(self) -> None:
        self._details: dict[str, Details] = {}
        self._now = Details()
        self._row = self._column = self._rows = 0
        self._widest = 0
        self._cell: dict[str, str] = {}
        self._text = ""
        self._aside = 0

    def read(self, xml: bytes) -> dict[str, Details]:
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._characters
        parser.Parse(xml, True)
        return self._details

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(" ")[2]
        if tag == "table":
            self._now = self._details.setdefault(_attribute(attributes, "name") or "", Details())
            self._row = self._widest = 0
        elif tag == "table-row":
            self._rows, self._column = _repeated(attributes, "number-rows-repeated"), 0
        elif tag in CELLS:
            self._cell, self._text = attributes, ""
        self._aside += tag in ASIDE

    def _characters(self, text: str) -> None:
        if not self._aside:
            self._text += text

    def _end(self, name: str) -> None:
        tag = name.rpartition(" ")[2]
        self._aside -= tag in ASIDE
        if tag == "table-row":
            self._row += self._rows
        elif tag in CELLS:
            self._take_note(_repeated(self._cell, "number-columns-repeated"))

    def _take_note(self, times: int) -> None:
        make = _made(self._cell, self._text)
        if make or _attribute(self._cell, "value-type"):
            self._widest = max(self._widest, self._column + times)
            if (self._row + self._rows) * self._widest > MAX_CELLS:
                raise NotReadable("a sheet in it is too large")
        if make:
            for row in range(self._row, self._row + self._rows):
                for column in range(self._column, self._column + times):
                    self._now.cells[row, column] = make
        self._column += times


def _made(cell: dict[str, str], text: str) -> Make | None:
    """What to make of a cell; None for what it is read as anyway."""
    kinds = {value for key, value in cell.items() if key.endswith(" value-type")}
    if "error" in kinds:
        return functools.partial(_failed, text or "Err")
    if not kinds and _attribute(cell, "formula"):
        return functools.partial(_failed, "")
    if not kinds and text.strip():
        return functools.partial(_text, text)
    if kinds & {"float", "currency", "percentage"} and not _attribute(cell, "value"):
        return functools.partial(_failed, text)
    if "percentage" in kinds:
        return percent
    currency = _attribute(cell, "currency")
    return functools.partial(money, currency, 1) if "currency" in kinds and currency else None


def _failed(error: str, _cell: Any) -> Failed:
    return Failed(error)


def _text(text: str, _cell: Any) -> str:
    return text


def _attribute(attributes: dict[str, str], name: str) -> str | None:
    return next((value for key, value in attributes.items() if key.rpartition(":")[2].rpartition(" ")[2] == name), None)


def _repeated(attributes: dict[str, str], name: str) -> int:
    text = _attribute(attributes, name) or "1"
    return int(text) if text.isdigit() and len(text) < 12 else MAX_CELLS + 1
