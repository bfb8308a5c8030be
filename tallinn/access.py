"""Who is asking, and who may act. Until there is a sign-in, visitors are the public, and who runs the dashboard is its staff."""

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass

from tallinn.audience import Audience

LOCAL = "TALLINN_LOCAL_STAFF"
"""Set to 1 by `make run`: whoever sits at this machine is the staff of the project office."""
FORWARDED = {"forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via"}
"""What a proxy adds to a request: behind one, "local" says nothing of the person."""


@dataclass(frozen=True)
class Visit:
    """What is known of a visit: the address that the server listens on, the request's headers, and where it came from (None: from here)."""

    server_address: str | None
    headers: Mapping[str, str]
    ip_address: str | None


def who_is_asking() -> Audience:
    """The audience of this visit."""
    return Audience("public")


def is_staff(visit: Visit) -> bool:
    """Whether a visit may upload, mend and undo: it comes from this machine, to a server that serves this machine alone."""
    if os.environ.get(LOCAL) != "1" or not _is_local(visit.server_address):
        return False
    headers = {name.lower(): value for name, value in visit.headers.items()}
    if FORWARDED & headers.keys() or not _is_local(_host(headers.get("host", ""))):
        return False
    return visit.ip_address is None or _is_local(visit.ip_address)


def _host(header: str) -> str:
    """The name in the visitor's address bar, without the port: a stranger's name that leads to this machine is a trap."""
    name, colon, port = header.rpartition(":")
    return (name if colon and port.isdigit() else header).strip("[]")


def _is_local(address: str | None) -> bool:
    try:
        return address == "localhost" or ipaddress.ip_address(address or "").is_loopback
    except ValueError:
        return False
