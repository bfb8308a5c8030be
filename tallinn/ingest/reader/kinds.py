"""What kind of file it is, told by its content and not by its name, and who reads it."""

import io
import re
import zipfile
from typing import Any

from tallinn.ingest.reader.made import Made, NotReadable
from tallinn.later import later

Read = tuple[list[dict[str, Any]], list[Made]]
# What a zip archive begins with: its first member, or its end. (A CSV can begin with PK.)
_ARCHIVE = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
# The record that begins the stream of a workbook of before 2007, and the one that follows it soon where a password protects it.
_BOOK_BEGINS = re.compile(rb"\x09\x08..\x00[\x05\x06]\x05\x00", re.DOTALL)
_FILE_PASS = re.compile(rb"\x2f\x00(?:\x36|\x04|\xc8)\x00|\x2f\x00..\x01\x00[\x01-\x04]\x00", re.DOTALL)
_KNOWN = {
    b"%PDF": later("it is a PDF document, not a spreadsheet"),
    b"\x89PNG": later("it is a picture, not a spreadsheet"),
    b"\xff\xd8\xff": later("it is a picture, not a spreadsheet"),
    b"GIF8": later("it is a picture, not a spreadsheet"),
    b"{\\rtf": later("it is a text document, not a spreadsheet"),
    b"Rar!": later("it is an archive; send the file that is in it"),
    b"7z\xbc\xaf": later("it is an archive; send the file that is in it"),
    b"\x1f\x8b": later("it is an archive; send the file that is in it"),
}


def sheets_of(content: bytes, suffix: str) -> Read:
    """Notes and sheets of a file. Raises NotReadable."""
    if not content:
        raise NotReadable("the file is empty")
    reason = next((reason for start, reason in _KNOWN.items() if content.startswith(start)), None)
    if reason:
        raise NotReadable(reason)
    if content.startswith(_ARCHIVE):
        notes, sheets = _of_archive(content)
    elif content.startswith(_OLE):
        notes, sheets = _of_ole(content)
    else:
        notes, sheets = _of_text(content, suffix)
    if not any(sheet.columns for sheet in sheets):
        raise NotReadable("no cell in it has anything in it")
    return notes, sheets


def _of_archive(content: bytes) -> Read:
    from tallinn.ingest.reader.workbook import ods, xlsb, xlsx

    if not zipfile.is_zipfile(io.BytesIO(content)):
        raise NotReadable("it is no xlsx workbook, or it is damaged")
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = set(package.namelist())
        kind = package.read("mimetype")[:100] if "mimetype" in names else b""
    if b"opendocument.spreadsheet" in kind:
        return ods(content)
    if "xl/workbook.bin" in names:
        return xlsb(content)
    if any(name.startswith("word/") for name in names) or b"opendocument.text" in kind:
        raise NotReadable("it is a text document, not a spreadsheet")
    if any(name.lower().startswith("xl/") for name in names):
        return xlsx(content)
    raise NotReadable("it is no workbook, or it is damaged")


def _of_ole(content: bytes) -> Read:
    from tallinn.ingest.reader.workbook import xls

    if "EncryptedPackage".encode("utf-16-le") in content:
        raise NotReadable("it is password-protected")
    if any(_FILE_PASS.search(content, match.end(), match.end() + 200) for match in _BOOK_BEGINS.finditer(content)):
        raise NotReadable("it is password-protected")
    if "WordDocument".encode("utf-16-le") in content:
        raise NotReadable("it is a text document, not a spreadsheet")
    return xls(content)


def _of_text(content: bytes, suffix: str) -> Read:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    # "<" and a letter; the byte of "<" also begins a Cyrillic letter in UTF-16.
    if re.match(rb"<[A-Za-z?!]", head) or head.replace(b"\x00", b"").lstrip(b"\xff\xfe\xfe\xff").startswith(b"<?xml"):
        return _of_markup(head, content)
    from tallinn.ingest.reader.text import csv_sheets

    return csv_sheets(content, suffix)


def _of_markup(head: bytes, content: bytes) -> Read:
    if b"<iati-" not in head and re.search(rb"<(?:!doctype html|html|table)", head, re.IGNORECASE):
        raise NotReadable("it is a web page; open it in a spreadsheet program and save it as xlsx")
    from tallinn.ingest.reader.iati import iati

    return iati(content)
