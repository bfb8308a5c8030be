"""Workbooks written by hand, as a hostile or broken program would write them: a zip of XML parts."""

import io
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FORM = "application/vnd.openxmlformats-officedocument.spreadsheetml"

CONTENT_TYPES = f"""<Types xmlns="{PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="{FORM}.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{FORM}.worksheet+xml"/></Types>"""
RELATIONS = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
WORKBOOK = f"""<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}"><sheets><sheet name="Needs" sheetId="1" r:id="rId1"/></sheets></workbook>"""
WORKBOOK_RELATIONS = f"""<Relationships xmlns="{PACKAGE}/relationships">
<Relationship Id="rId1" Type="{DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
PARTS = {
    "[Content_Types].xml": CONTENT_TYPES,
    "_rels/.rels": RELATIONS,
    "xl/workbook.xml": WORKBOOK,
    "xl/_rels/workbook.xml.rels": WORKBOOK_RELATIONS,
}


def text(address: str, content: str) -> str:
    """A cell with text, as XML."""
    return f'<c r="{address}" t="inlineStr"><is><t>{content}</t></is></c>'


def number(address: str, content: str) -> str:
    """A cell with a number, as XML."""
    return f'<c r="{address}"><v>{content}</v></c>'


def row(number: int, *cells: str) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


HEADER = row(1, text("A1", "Need ID"), text("B1", "Need"))


def needs(need: str = "Training") -> str:
    """The rows of a sheet with one need."""
    return HEADER + row(2, text("A2", "N-1"), text("B2", need))


def sheet(rows: str, before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData></worksheet>'


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """A zip archive of these parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def members(archive: bytes) -> dict[str, bytes]:
    """The parts of a zip archive by their names."""
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def package(rows: str = needs(), *, before: str = "", parts: dict[str, str | bytes] | None = None) -> bytes:
    """An xlsx file: the XML of its only sheet's rows, what stands before them, and parts to add or replace."""
    return zipped({**PARTS, "xl/worksheets/sheet1.xml": sheet(rows, before), **(parts or {})})


OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = {"office": "office", "table": "table", "text": "text", "number": "datastyle"}
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'


def opendocument(rows: str, styles: str = "", *, parts: dict[str, str | bytes] | None = None) -> bytes:
    """An ods file around the XML of its rows and its automatic styles, with parts to add or replace."""
    names = " ".join([*(f'xmlns:{short}="{OASIS}:{name}:1.0"' for short, name in NAMES.items()), CALC])
    head = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    body = f'<office:body><office:spreadsheet><table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body>'
    content = f'<?xml version="1.0"?><office:document-content {names}>{head}{body}</office:document-content>'
    manifest = f'<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0"/>'
    usual = {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content, "META-INF/manifest.xml": manifest}
    return zipped({**usual, **(parts or {})})
