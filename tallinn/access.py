"""Who a visitor is: what the OpenID Connect provider says of them, and the role that the configuration gives them."""

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from time import time
from typing import Any

from tallinn.audience import PUBLIC, Audience
from tallinn.configuration import Configuration, Unusable, configuration
from tallinn.ingest.names import english_names

STAFF = Audience("staff")
CLOCKS_APART = 300
"""Seconds by which the provider's clock may be before ours."""
Claims = Mapping[str, Any]
Session = tuple[str, str, int]

log = logging.getLogger(__name__)
_ended: dict[Session, float] = {}


@dataclass(frozen=True)
class Person:
    """Somebody who is signed in. `id` is what the history shows: the address, or, where the provider tells none, its name for the person.

    `until`: when this session ends, in seconds since 1970.
    """

    id: str
    name: str
    audience: Audience
    session: Session
    until: float

    @property
    def is_staff(self) -> bool:
        return self.audience.role == "staff"


def person(claims: Claims) -> Person | None:
    """Whom these claims of a signed ID token are about (OpenID Connect Core 1.0, section 2). None: nobody, or no longer.

    Closed by default: without a usable configuration everybody is the public.
    """
    try:
        config = configuration()
    except Unusable as problem:
        log.error("%s Until then everybody is the public.", problem)
        return None
    session = _session(claims)
    if session is None or not config.has_sign_in or not claims.get("is_logged_in"):
        return None
    until = session[2] + config.session_hours * 3600
    if session in _ended or not session[2] - CLOCKS_APART <= time() < until:
        return None
    address = _address(claims)
    return Person(address or f"{session[1]} ({session[0]})", _name(claims) or address, _audience(claims, address, config), session, until)


def end(claims: Claims) -> None:
    """End the session of these claims, in every tab that has it."""
    now = time()
    for past in [each for each, until in list(_ended.items()) if until < now]:
        del _ended[past]
    if session := _session(claims):
        # No session lasts longer than a month (configuration), so that an ended one is forgotten when it could not go on anyway.
        _ended[session] = session[2] + 31 * 24 * 3600


def _session(claims: Claims) -> Session | None:
    """What tells a session from others: who issued it, to whom, and when."""
    issuer, subject, issued = claims.get("iss"), claims.get("sub"), claims.get("iat")
    if not (isinstance(issuer, str) and isinstance(subject, str) and subject and isinstance(issued, int | float)):
        return None
    return issuer, subject, int(issued)


def _address(claims: Claims) -> str:
    """The e-mail address, unless the provider says that it has not made sure of it."""
    address, verified = claims.get("email"), claims.get("email_verified", True)
    if not isinstance(address, str) or str(verified).lower() != "true":
        return ""
    address = address.strip().lower()
    return address if address.count("@") == 1 and address.isprintable() and not any(sign.isspace() for sign in address) else ""


def _name(claims: Claims) -> str:
    name = claims.get("name")
    return " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())[:100] if isinstance(name, str) else ""


def _audience(claims: Claims, address: str, config: Configuration) -> Audience:
    """An address goes before its domain, and both before the claim."""
    for member in (address, address[address.find("@") :]) if address else ():
        if member in config.staff:
            return STAFF
        if donor := next((donor for donor, members in config.donors.items() if member in members), None):
            return Audience("partner", donor)
        if member in config.partners:
            return Audience("partner")
    return next(_claimed(claims, config), PUBLIC)


def _claimed(claims: Claims, config: Configuration) -> Iterator[Audience]:
    """The roles that the provider names: staff, partner:NLD, partner, the first of them first."""
    said = claims.get(config.claim) if config.claim else None
    named = {each for each in ([said] if isinstance(said, str) else said if isinstance(said, list) else []) if isinstance(each, str)}
    if "staff" in named:
        yield STAFF
    for name in sorted(named):
        role, colon, donor = name.partition(":")
        if role == "partner" and colon and donor in english_names():
            yield Audience("partner", donor)
    if "partner" in named:
        yield Audience("partner")
