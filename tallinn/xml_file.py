"""XML written element by element."""

import re
from xml.etree.ElementTree import Comment, Element, SubElement, indent, tostring

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 has no place for, not even escaped: https://www.w3.org/TR/xml/#charsets
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def add(parent: Element, tag: str, text: str | None = None, **attributes: str | None) -> Element:
    """An element below another; an underscore in an attribute's name is a hyphen, and what is None is left out."""
    named = {name.replace("_", "-"): legal(value) for name, value in attributes.items() if value is not None}
    element = SubElement(parent, tag, named)
    element.text = None if text is None else legal(text)
    return element


def remark(parent: Element, text: str) -> None:
    """A comment for whoever reads the file itself."""
    parent.append(Comment(f" {text.replace('--', '–')} "))


def legal(text: str) -> str:
    """The text without the characters that XML has no place for."""
    return _ILLEGAL.sub("\ufffd", text)


def as_xml(root: Element) -> bytes:
    """The document in UTF-8."""
    indent(root, " ")
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
