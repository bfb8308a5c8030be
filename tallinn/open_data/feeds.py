"""Which releases there are: releases.json for programs, releases.atom for feed readers (RFC 4287). About all releases, the newest first."""

from collections.abc import Sequence
from typing import Any
from uuid import NAMESPACE_URL, uuid5
from xml.etree.ElementTree import Element

from tallinn.open_data.package import moment_of
from tallinn.open_data.stamp import FOLDER, Stamp, folder_of
from tallinn.releases import Release
from tallinn.settings import ADDRESS, LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _, day
from tallinn.xml_file import XML_LANG, add, as_xml


def listed(releases: Sequence[Release]) -> dict[str, Any]:
    """The releases with their notes, what they correct, and where each stays readable."""
    return {
        "title": f"{TITLE}: {_('releases')}",
        "licence": {"name": LICENCE, "url": LICENCE_URL},
        "releases": [
            {
                "id": release.id,
                "published": moment_of(Stamp(release, None)),
                "next_date": release.next_date.isoformat() if release.next_date else None,
                "note": release.note,
                "corrects": release.corrects,
                "invented": release.demonstration,
                "address": _address(release),
                "data_package": f"{_address(release)}datapackage.json",
                "page": f"{ADDRESS}/?release={release.id}",
            }
            for release in releases
        ],
    }


def atom(releases: Sequence[Release]) -> bytes:
    """The feed. Entries keep their id for ever; it is made of their address."""
    feed = Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", XML_LANG: "en"})
    add(feed, "id", _id(f"{ADDRESS}/{FOLDER}/"))
    add(feed, "title", f"{TITLE}: {_('releases')}")
    add(feed, "updated", moment_of(Stamp(releases[0], None)))
    add(add(feed, "author"), "name", TITLE)
    add(feed, "link", rel="self", type="application/atom+xml", href=f"{ADDRESS}/{FOLDER}/releases.atom")
    add(feed, "link", rel="alternate", type="text/html", href=f"{ADDRESS}/{FOLDER}/")
    add(feed, "link", rel="license", href=LICENCE_URL)
    add(feed, "rights", f"{LICENCE}, {LICENCE_URL}")
    for release in releases:
        entry = add(feed, "entry")
        add(entry, "id", _id(_address(release)))
        add(entry, "title", _("Release {release} of {date}").format(release=release.id, date=day(release.date)))
        add(entry, "updated", moment_of(Stamp(release, None)))
        add(entry, "published", moment_of(Stamp(release, None)))
        add(entry, "link", rel="alternate", type="text/html", href=_address(release))
        add(entry, "summary", _in_words(release))
    return as_xml(feed)


def _in_words(release: Release) -> str:
    corrects = _("Corrects release {release}.").format(release=release.corrects) if release.corrects else ""
    return " ".join(filter(None, [*Stamp(release, None).warning, corrects, release.note])) or _("New figures were published.")


def _address(release: Release) -> str:
    return f"{ADDRESS}/{folder_of(release)}/"


def _id(address: str) -> str:
    return uuid5(NAMESPACE_URL, address).urn
