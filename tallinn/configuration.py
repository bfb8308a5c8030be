"""The configuration of an installation: [auth] names the OpenID Connect provider, [roles] who is of the staff or a partner.

It is read anew whenever the file changes, so that a role that is taken away ends with the next action.
"""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from tallinn.ingest.names import english_names
from tallinn.settings import PUBLIC_ONLY, config_file
from tallinn.wording import _

ROLES = {"staff", "partner", "donors", "claim", "session_hours"}
NEEDED = ("redirect_uri", "cookie_secret")
SHORTEST_SECRET = 32


class Unusable(Exception):
    """The configuration cannot be used; the text says where, why and what to do."""


@dataclass(frozen=True)
class Configuration:
    """Whom the provider's people are here. Members are addresses (anna@example.org) or domains (@example.org), in lower case.

    `auth`: Streamlit's own section, empty where nobody can sign in. `claim`: the claim of the provider that names roles, if any does.
    """

    auth: Mapping[str, Any] = field(default_factory=dict)
    staff: frozenset[str] = frozenset()
    partners: frozenset[str] = frozenset()
    donors: Mapping[str, frozenset[str]] = field(default_factory=dict)
    claim: str | None = None
    session_hours: float = 12

    @property
    def has_sign_in(self) -> bool:
        return bool(self.auth)


def configuration() -> Configuration:
    """The configuration as it is now; the empty one where there is no file or only the public side is served. Raises Unusable."""
    if PUBLIC_ONLY:
        return Configuration()
    path = config_file()
    try:
        changed = path.stat().st_mtime_ns
    except FileNotFoundError:
        return Configuration()
    except OSError as error:
        raise Unusable(_("{file} cannot be read: {reason}.").format(file=path, reason=error.strerror)) from None
    return _read(path, changed)


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> Configuration:
    try:
        return _configuration(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        raise Unusable(_("{file} cannot be used: {reason}.").format(file=path, reason=error)) from None


def _configuration(said: Mapping[str, Any]) -> Configuration:
    """Raises ValueError for what it cannot use."""
    auth, roles = _table(said, "auth"), _table(said, "roles")
    for name in NEEDED if auth else ():
        if not isinstance(auth.get(name), str):
            raise ValueError(_("[auth] lacks {name}").format(name=name))
    if auth and len(auth["cookie_secret"]) < SHORTEST_SECRET:
        raise ValueError(_("cookie_secret in [auth] has fewer than {n} characters").format(n=SHORTEST_SECRET))
    if unknown := sorted(roles.keys() - ROLES):
        raise ValueError(
            _("[roles] does not know {names}; it knows {known}").format(names=", ".join(unknown), known=", ".join(sorted(ROLES)))
        )
    donors = {donor: _members(listed, f"donors.{donor}") for donor, listed in _table(roles, "donors").items()}
    if strange := sorted(donors.keys() - english_names().keys()):
        raise ValueError(_("[roles.donors] has no donor {names}; write codes such as NLD").format(names=", ".join(strange)))
    found = Configuration(
        auth=auth,
        staff=_members(roles.get("staff", []), "staff"),
        partners=_members(roles.get("partner", []), "partner"),
        donors=donors,
        claim=_text(roles.get("claim"), "claim"),
        session_hours=_hours(roles.get("session_hours", 12)),
    )
    twice = [member for member, roles_given in Counter(_all_members(found)).items() if roles_given > 1]
    if twice:
        raise ValueError(_("[roles] gives {member} two roles").format(member=twice[0]))
    return found


def _all_members(found: Configuration) -> Iterator[str]:
    for members in (found.staff, found.partners, *found.donors.values()):
        yield from members


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(_("{name} is no table").format(name=name))
    return found


def _members(listed: Any, name: str) -> frozenset[str]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise ValueError(_("{name} in [roles] is no list of texts").format(name=name))
    members = [each.strip().lower() for each in listed]
    for member in members:
        person, at, domain = member.partition("@")
        if not at or not domain or "@" in domain or any(sign.isspace() for sign in person):
            raise ValueError(
                _("“{member}” for {name} is neither an address nor a domain such as @example.org").format(member=member, name=name)
            )
    return frozenset(members)


def _text(value: Any, name: str) -> str | None:
    if value is not None and not (isinstance(value, str) and value.strip()):
        raise ValueError(_("{name} in [roles] is no text").format(name=name))
    return value


def _hours(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= 24 * 30:
        raise ValueError(_("session_hours in [roles] is no number of hours up to 720"))
    return float(value)
