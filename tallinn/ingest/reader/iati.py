"""IATI activity files (XML, standard 2.01 to 2.03) as two sheets: what they say of Ukraine, under the titles of our own datasets.

Activities become projects, transactions become contributions. What is left out is told in notes: other countries, other types of
transaction, amounts for several countries without a share. The file is walked through activity by activity, so that it need not fit
into memory as a tree.
"""

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from tallinn.ingest.reader.activity import READ, Activity
from tallinn.ingest.reader.contributions import Contributions
from tallinn.ingest.reader.made import Made, NotReadable
from tallinn.ingest.reader.package import defines_entities
from tallinn.ingest.reader.projects import Projects
from tallinn.ingest.reader.remarks import Remarks
from tallinn.later import later

VERSIONS = ("2.01", "2.02", "2.03")
DEEPEST = 50
"""No element of the standard stands deeper than ten."""
_ENTITIES = later("it contains forbidden XML entities")


def iati(content: bytes) -> tuple[list[dict[str, Any]], list[Made]]:
    """Notes and the sheets Activities and Transactions. Raises NotReadable for other XML and for versions before 2.01."""
    if defines_entities(content):
        raise NotReadable(_ENTITIES)
    taken = _Taken()
    _Walk(taken.take).through(content)
    sheets = taken.sheets()
    return taken.remarks.notes(), sheets


class _Taken:
    """The rows and remarks gathered on the way."""

    def __init__(self) -> None:
        self.remarks = Remarks()
        self.projects = Projects()
        self.contributions = Contributions(self.remarks)
        self.publishers: set[str] = set()
        self.identifiers: list[str] = []

    def take(self, element: Element) -> None:
        activity = Activity(element)
        self.publishers |= {activity.publisher_id} if activity.publisher_id else set()
        self.identifiers += [activity.identifier] if activity.identifier else []
        if not activity.places_stated:
            self.remarks.count("iati-without-country", activity.identifier)
        elif not activity.in_ukraine:
            self.remarks.count("iati-elsewhere", activity.identifier)
        else:
            self.projects.add(activity)
            self.contributions.add(activity)

    def sheets(self) -> list[Made]:
        if not self.projects.rows:
            left_out = self.remarks.counted("iati-without-country", "iati-elsewhere")
            if not left_out:
                raise NotReadable("it has no activity")
            raise NotReadable("none of its {n} activities names Ukraine as recipient country", n=left_out)
        published = {"by": "; ".join(sorted(self.publishers)), "activities": sorted(set(self.identifiers))}
        return [self.projects.sheet(published), self.contributions.sheet(published)]


class _Walk:
    """The way through the XML: builds one activity at a time and hands it over."""

    def __init__(self, take: Callable[[Element], None]) -> None:
        self._take = take
        self._depth = 0
        self._builder: TreeBuilder | None = None
        self._left_out_at = 0
        self._version: str | None = None
        self._parser = expat.ParserCreate()
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = _refuse
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text

    def through(self, content: bytes) -> None:
        try:
            self._parser.Parse(content, True)
        except expat.ExpatError as error:
            raise NotReadable("its XML is damaged in line {n}: {problem}", n=error.lineno, problem=expat.ErrorString(error.code)) from None

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise NotReadable("its XML is nested deeper than any IATI file")
        if self._depth == 1:
            _look_at_root(tag)
            self._version = _version(attributes)
        elif self._depth == 2 and tag == "iati-activity":
            _look_at_version(_version(attributes) or self._version)
            self._builder = TreeBuilder()
        elif self._depth == 3 and tag not in READ:
            self._left_out_at = self._left_out_at or 3
        if self._builder and not self._left_out_at:
            self._builder.start(tag, attributes)

    def _text(self, text: str) -> None:
        if self._builder and not self._left_out_at:
            self._builder.data(text)

    def _end(self, tag: str) -> None:
        if self._builder and not self._left_out_at:
            element = self._builder.end(tag)
            if self._depth == 2:
                self._builder = None
                self._take(element)
        if self._depth == self._left_out_at:
            self._left_out_at = 0
        self._depth -= 1


def _refuse(*_declaration: object) -> None:
    """An encoding can hide a document type from whoever looks at the bytes, but not from the parser."""
    raise NotReadable(_ENTITIES)


def _look_at_root(tag: str) -> None:
    if tag == "iati-organisations":
        raise NotReadable("it is an IATI organisation file; send the publisher's activity file")
    if tag != "iati-activities":
        raise NotReadable("it is XML, but no IATI activity file; if it is a spreadsheet, save it as xlsx")


def _version(attributes: dict[str, str]) -> str | None:
    """The version of the standard; files that were put together from those of several publishers say it at each activity."""
    named = (value for name, value in attributes.items() if name.rpartition(":")[2] == "version")
    return next((" ".join(each.split()) for each in named if each.strip()), None)


def _look_at_version(version: str | None) -> None:
    if version is None:
        raise NotReadable("it does not say which version of the IATI standard it follows; 2.01, 2.02 and 2.03 are read")
    if version not in VERSIONS:
        raise NotReadable("it follows version {version} of the IATI standard; 2.01, 2.02 and 2.03 are read", version=version[:10])
