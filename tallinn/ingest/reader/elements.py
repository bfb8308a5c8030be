"""What IATI elements say in their own forms: texts, days, numbers, and which part of something is for Ukraine."""

import re
from decimal import Decimal
from xml.etree.ElementTree import Element

UKRAINE = "UA"
WHOLE = Decimal(100)
# An amount or percentage as the standard writes them; what has more digits is left for the finding that says so.
_DECIMAL = re.compile(r"[+-]?(?:\d{1,15}\.?\d{0,40}|\.\d{1,40})")
# xs:date may carry a time zone, and some publishers write the time of midnight.
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d|T[\d:.]*(?:Z|[+-]\d\d:\d\d)?)?")


def spaced(text: str | None) -> str | None:
    """A text with single spaces; None if there is nothing else in it."""
    return " ".join(text.split()) or None if text else None


def attribute(element: Element | None, name: str) -> str | None:
    return spaced(element.get(name)) if element is not None else None


def number_of(text: str | None) -> Decimal | None:
    """The number that a text is; None if it is none."""
    return Decimal(text) if text and _DECIMAL.fullmatch(text) else None


def day_of(text: str | None) -> str | None:
    """A day without the time zone or time that may follow it; any other text as it is."""
    found = _DAY.fullmatch(text.strip()) if text else None
    return found[1] if found else spaced(text)


def states_a_place(element: Element) -> bool:
    return element.find("recipient-country") is not None or element.find("recipient-region") is not None


def share_of_ukraine(element: Element) -> Decimal | None:
    """Ukraine's percentage of an activity or transaction: 0 where it is not named; None where it shares and no percentage is published."""
    countries = element.findall("recipient-country")
    own = [each for each in countries if (spaced(each.get("code")) or "").upper() == UKRAINE]
    if not own:
        return Decimal()
    shares = [spaced(each.get("percentage")) for each in own]
    if len(own) == len(countries) and element.find("recipient-region") is None and not any(shares):
        return WHOLE
    numbers = [number_of(share) for share in shares]
    total = sum((number for number in numbers if number is not None), Decimal())
    return total if None not in numbers and 0 <= total <= WHOLE else None
