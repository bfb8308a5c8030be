"""IATI activity files as publishers write them, made from the few things that a test is about."""

import re
from typing import Any
from xml.sax.saxutils import escape, quoteattr

REPORTING = '<reporting-org ref="SE-0" type="10"><narrative>Sweden</narrative></reporting-org>'
FUNDED_BY = '<participating-org role="1" ref="SE-0" type="10"><narrative>Sweden</narrative></participating-org>'
IN_UKRAINE = '<recipient-country code="UA"/>'


def element(tag: str, *inside: str, **attributes: Any) -> str:
    """An element; `lang` is xml:lang, an underscore in an attribute's name is a hyphen, None leaves it out."""
    named = {"xml:lang" if name == "lang" else name.replace("_", "-"): value for name, value in attributes.items() if value is not None}
    written = "".join(f" {name}={quoteattr(str(value))}" for name, value in named.items())
    return f"<{tag}{written}>{''.join(inside)}</{tag}>"


def narrated(tag: str, *texts: str, **attributes: Any) -> str:
    """An element with narratives: "text", or "fr: text" in a language."""
    return element(tag, *(_narrative(text) for text in texts), **attributes)


def _narrative(text: str) -> str:
    found = re.fullmatch(r"(?:([a-z]{2}(?:-[A-Z]{2})?): )?(.*)", text, re.DOTALL)
    return element("narrative", escape(found[2]), lang=found[1])


def transaction(type_: int | str, value: Any, day: str | None = "2024-03-01", *inside: str, **attributes: Any) -> str:
    """A transaction; `currency` and `value_date` belong to its value."""
    of_value = {name: attributes.pop(name, None) for name in ("currency", "value_date")}
    return element(
        "transaction",
        element("transaction-type", code=type_),
        element("transaction-date", iso_date=day) if day else "",
        "" if value is None else element("value", str(value), **of_value),
        *inside,
        **attributes,
    )


def dated(type_: int, day: str) -> str:
    return element("activity-date", type=type_, iso_date=day)


def budget(value: Any, year: int = 2024, type_: int = 1, currency: str | None = None) -> str:
    start, end = (element(f"period-{name}", iso_date=f"{year}-{day}") for name, day in (("start", "01-01"), ("end", "12-31")))
    return element("budget", start, end, element("value", str(value), currency=currency, value_date=f"{year}-01-01"), type=type_)


def activity(
    *inside: str, identifier: str | None = "SE-0-1", title: str = "Cyber Shield", where: str = IN_UKRAINE, **attributes: Any
) -> str:
    """An activity of Sweden, in Ukraine and in euro unless said otherwise."""
    return element(
        "iati-activity",
        element("iati-identifier", escape(identifier)) if identifier is not None else "",
        REPORTING,
        narrated("title", title),
        FUNDED_BY,
        element("activity-status", code=2),
        where,
        *inside,
        **{"lang": "en", "default_currency": "EUR", "humanitarian": 0, **attributes},
    )


def part_of(*parents: str) -> str:
    return "".join(element("related-activity", type=1, ref=parent) for parent in parents)


def with_parts(*children: str) -> str:
    return "".join(element("related-activity", type=2, ref=child) for child in children)


def file(*activities: str, version: str | None = "2.03", root: str = "iati-activities", before: str = "") -> bytes:
    """The file, as UTF-8."""
    everything = element(root, *activities, version=version, generated_datetime="2025-07-01T00:00:00Z")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{everything}'.encode()
