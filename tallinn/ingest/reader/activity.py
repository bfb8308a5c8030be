"""One IATI activity (standard 2.01 to 2.03), in the terms of our datasets: who gives, for whom, when, and what was paid to Ukraine.

What is read: the elements in READ, no others. Places of work and contact persons are left unread on purpose.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, cached_property
from itertools import pairwise
from xml.etree.ElementTree import Element

from tallinn.ingest.reader.elements import attribute, day_of, number_of, share_of_ukraine, spaced, states_a_place
from tallinn.ingest.words import words

READ = frozenset(
    {
        "iati-identifier",
        "reporting-org",
        "title",
        "description",
        "participating-org",
        "activity-status",
        "activity-date",
        "recipient-country",
        "recipient-region",
        "budget",
        "transaction",
        "document-link",
        "related-activity",
    }
)
FUNDING, IMPLEMENTING = "1", "4"
"""Roles of participating organisations."""
GENERAL, TARGET_GROUPS = "1", "3"
"""Types of descriptions."""
PLANNED_START, ACTUAL_START, PLANNED_END, ACTUAL_END = "1", "2", "3", "4"
"""Types of activity dates."""
REVISED = "2"
PARENT, CHILD = "1", "2"
"""Types of related activities."""
WEB_PAGE = "A12"
LANGUAGE = "xml:lang"
_URL = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
# An agency of a state: by its register of government bodies (GB-GOV-1), or by its number among the donors of the OECD (SE-0, CA-3).
# An organisation in a register of companies or charities (NL-KVK-…) is registered in a state; it is not the state.
_AGENCY = re.compile(r"([A-Z]{2})-(?:GOV|\d{1,3})(?:-.*)?")


@dataclass(frozen=True)
class Transaction:
    """One transaction. `text` is its value as published, `amount` that value if it is a number; `share` as in `share_of_ukraine`."""

    reference: str | None
    type: str
    day: str | None
    text: str | None
    amount: Decimal | None
    currency: str | None
    donor: str | None
    channel: str | None
    purpose: str | None
    share: Decimal | None


@dataclass(frozen=True)
class Budget:
    """The sum of an activity's budgets, or the reason (a sentence) why there is none."""

    amount: Decimal | None = None
    currency: str | None = None
    reason: str = ""


class Activity:
    """An iati-activity element, and what our datasets want to know of it."""

    def __init__(self, element: Element) -> None:
        self._element = element
        self.language = element.get(LANGUAGE)
        self.currency = spaced(element.get("default-currency"))
        self.identifier = spaced(element.findtext("iati-identifier"))
        reporting = element.find("reporting-org")
        self.publisher = None if reporting is None else self.name(reporting)
        self.publisher_id = None if reporting is None else spaced(reporting.get("ref")) or self.publisher
        self.share = share_of_ukraine(element)
        self.transactions = [self._transaction(each) for each in element.findall("transaction")]

    @property
    def places_stated(self) -> bool:
        """Whether the activity or any of its transactions says for which country it is."""
        return any(states_a_place(each) for each in (self._element, *self._element.findall("transaction")))

    @property
    def in_ukraine(self) -> bool:
        return any(share is None or share > 0 for share in (self.share, *(each.share for each in self.transactions)))

    @cached_property
    def title(self) -> str | None:
        return self._said(self._element.find("title"))

    @property
    def description(self) -> str | None:
        """The general description, or the first of any kind but target groups."""
        described = {each.get("type", GENERAL): each for each in reversed(self._element.findall("description"))}
        groups = described.pop(TARGET_GROUPS, None)
        first = next((each for each in self._element.findall("description") if each is not groups), None)
        return self._said(described.get(GENERAL, first))

    @property
    def beneficiaries(self) -> str | None:
        found = self._element.findall("description")
        return self._said(next((each for each in found if each.get("type") == TARGET_GROUPS), None))

    @cached_property
    def donors(self) -> list[str]:
        """Those who fund the activity, or who reports it where it does not say."""
        return _each_once(map(self.donor, self._of_role(FUNDING))) or _each_once(map(self.donor, self._element.findall("reporting-org")))

    @property
    def implementers(self) -> list[str]:
        return _each_once(map(self.name, self._of_role(IMPLEMENTING)))

    def related(self, type_: str) -> list[str]:
        """Identifiers of the activities that this one is a part of, or of its parts."""
        related = self._element.findall("related-activity")
        return _each_once(spaced(each.get("ref")) for each in related if each.get("type") == type_)

    @property
    def status(self) -> str | None:
        return attribute(self._element.find("activity-status"), "code")

    def date(self, type_: str) -> str | None:
        """The day of one type of activity date."""
        days = {each.get("type"): day_of(each.get("iso-date")) for each in self._element.findall("activity-date")}
        return days.get(type_)

    @cached_property
    def web_page(self) -> str | None:
        """Its page on the web, or the first document that it links to."""
        links = self._element.findall("document-link")
        pages = [each for each in links if any(category.get("code") == WEB_PAGE for category in each.findall("category"))]
        addresses = (spaced(each.get("url")) for each in (*pages, *links))
        return next((address for address in addresses if address and _URL.fullmatch(address)), None)

    @property
    def budget(self) -> Budget:
        """The sum of its budgets; of two for the same time the revised one counts."""
        budgets = self._element.findall("budget")
        periods = {each: tuple(attribute(each.find(f"period-{end}"), "iso-date") or "" for end in ("start", "end")) for each in budgets}
        revised = {periods[each] for each in budgets if each.get("type") == REVISED}
        counting = [each for each in budgets if each.get("type") == REVISED or periods[each] not in revised]
        values = [self._value(each) for each in counting]
        amounts = [amount for _text, amount, _currency in values if amount is not None]
        currencies = {currency for _text, _amount, currency in values}
        if len(amounts) < len(values):
            return Budget(reason="A budget has no amount that can be read, so no sum is given.")
        if len(currencies) > 1:
            return Budget(reason="The budgets are in several currencies, so no sum is given.")
        if _overlap(sorted({periods[each] for each in counting})):
            return Budget(reason="The budgets are for times that overlap, so no sum is given.")
        return Budget(sum(amounts, Decimal()), currencies.pop()) if amounts else Budget()

    def donor(self, organisation: Element) -> str | None:
        """The code of the state or organisation that an IATI organisation is or belongs to; where that is not known, its name."""
        reference = spaced(organisation.get("ref")) or ""
        steps = reference.split("-")
        known = (_donors().get("-".join(steps[:length])) for length in range(len(steps), 0, -1))
        agency = _AGENCY.fullmatch(reference)
        return next(filter(None, known), None) or (agency[1] if agency else None) or self.name(organisation)

    def name(self, organisation: Element) -> str | None:
        return self._said(organisation) or spaced(organisation.get("ref"))

    def _of_role(self, role: str) -> list[Element]:
        return [each for each in self._element.findall("participating-org") if each.get("role") == role]

    def _said(self, element: Element | None) -> str | None:
        """A text in English; else in the activity's own language; else in the first."""
        if element is None:
            return None
        texts = [(each.get(LANGUAGE) or self.language or "", spaced(each.text)) for each in element.findall("narrative")]
        own = (self.language or "").casefold()
        filled = [(language.casefold(), text) for language, text in texts if text]
        ranked = sorted(filled, key=lambda each: (each[0].partition("-")[0] != "en", each[0] != own))
        return ranked[0][1] if ranked else None

    def _value(self, element: Element) -> tuple[str | None, Decimal | None, str | None]:
        """The value in an element as text, as a number if it is one, and its currency."""
        value = element.find("value")
        text = spaced(value.text) if value is not None else None
        return text, number_of(text), attribute(value, "currency") or self.currency

    def _transaction(self, element: Element) -> Transaction:
        text, amount, currency = self._value(element)
        provider, receiver = element.find("provider-org"), element.find("receiver-org")
        return Transaction(
            reference=spaced(element.get("ref")),
            type=attribute(element.find("transaction-type"), "code") or "",
            day=day_of(attribute(element.find("value"), "value-date") or attribute(element.find("transaction-date"), "iso-date")),
            text=text,
            amount=amount,
            currency=currency,
            donor=(self.donor(provider) if provider is not None else None) or "; ".join(self.donors) or None,
            channel=self.name(receiver) if receiver is not None else None,
            purpose=self._said(element.find("description")) or self.title,
            share=share_of_ukraine(element) if states_a_place(element) else self.share,
        )


def _each_once(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(filter(None, texts)))


def _overlap(periods: list[tuple[str, ...]]) -> bool:
    """Whether of these periods (first and last day, sorted) one begins before the one before it has ended."""
    return any(later[0] < earlier[1] for earlier, later in pairwise(periods))


@cache
def _donors() -> dict[str, str]:
    return {row["identifier"]: row["code"] for row in words("iati_donors")}
