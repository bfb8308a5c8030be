"""Commands about releases: prepare, show, approve, publish, drop, list, compare."""

import argparse
from dataclasses import asdict
from datetime import UTC, date, datetime
from typing import Any

from tallinn import revisions
from tallinn.audience import PUBLIC
from tallinn.cli.common import ALL_TAKEN, add_lake, open_lake, tell
from tallinn.releases import Dossier, approve, dossier, dossiers, drop, named, prepare, publish, working
from tallinn.store import open_store
from tallinn.wording import _, day


def prepared(options: argparse.Namespace) -> int:
    """Name the state of the lake as it is now, for somebody else to approve."""
    with open_lake(options) as lake:
        said = {"note": options.note, "next_date": options.next, "corrects": options.corrects, "reasons": dict(options.reason)}
        _tell(prepare(lake, author=options.by, **said), options)
    return ALL_TAKEN


def approved(options: argparse.Namespace) -> int:
    """Confirm a release that somebody else prepared."""
    with open_lake(options) as lake:
        _tell(approve(lake, options.release, author=options.by), options)
    return ALL_TAKEN


def published(options: argparse.Namespace) -> int:
    """Make an approved release public, at once or at its hour."""
    with open_lake(options) as lake:
        _tell(publish(lake, options.release, author=options.by, at=options.at), options)
    return ALL_TAKEN


def dropped(options: argparse.Namespace) -> int:
    """Give up a release that is not public yet, with a reason."""
    with open_lake(options) as lake:
        _tell(drop(lake, options.release, author=options.by, reason=options.reason), options)
    return ALL_TAKEN


def shown(options: argparse.Namespace) -> int:
    """Say what is known of a release."""
    with open_lake(options) as lake:
        _tell(dossier(lake, options.release), options)
    return ALL_TAKEN


def compared(options: argparse.Namespace) -> int:
    """Say what differs between two releases for the public; without a second name, between the first and the state as it is now."""
    with open_lake(options) as lake:
        later = named(lake, options.later, unpublished=True) if options.later else working(lake)
        stores = (open_store(lake, PUBLIC, release) for release in (named(lake, options.earlier), later))
        comparison = revisions.compared(*stores)
    tell([asdict(each) for each in comparison.revisions], revisions.in_sentences(comparison), options)
    return ALL_TAKEN


def listed(options: argparse.Namespace) -> int:
    """List all releases, the newest first."""
    with open_lake(options) as lake:
        found = dossiers(lake)
    tell([asdict(each) for each in found], [_line(each) for each in found], options)
    return ALL_TAKEN


def _tell(found: Dossier, options: argparse.Namespace) -> None:
    tell(asdict(found), _in_words(found), options)


def _line(found: Dossier) -> str:
    moment = found.published_at or found.prepared_at
    line = _("{id}  {state}, {moment:%Y-%m-%d %H:%M} UTC, snapshot {snapshot}. {note}")
    return line.format(id=found.id, state=_(found.state), moment=moment, snapshot=found.snapshot, note=found.note).rstrip()


def _in_words(found: Dossier) -> list[str]:
    steps = [
        (_("Prepared"), found.prepared_by, found.prepared_at),
        (_("Approved"), found.approved_by, found.approved_at),
        (_("Published") if found.state == "published" else _("To be published"), found.published_by, found.published_at),
    ]
    taken = [_("{step} by {who}, {moment:%Y-%m-%d %H:%M} UTC.").format(step=step, who=who, moment=at) for step, who, at in steps if who]
    if found.dropped_by:
        taken.append(_("Dropped by {who}: {reason}").format(who=found.dropped_by, reason=found.reason))
    corrects = _("Corrects {release}.").format(release=found.corrects) if found.corrects else ""
    following = _("The next release is due on {date}.").format(date=day(found.next_date)) if found.next_date else ""
    return [_line(found), corrects, *taken, following]


def add_options(commands: Any, command: Any, add_author: Any) -> None:
    """`release prepare|show|approve|publish|drop|list`."""
    group = commands.add_parser("release", help="prepare, approve and publish what the public reads")
    steps = group.add_subparsers(required=True, metavar="STEP")
    preparing = command(steps, "prepare", prepared, "name the state of the lake as it is now, for somebody else to approve")
    preparing.add_argument("--note", default="", metavar="TEXT", help="what a reader should know of it")
    preparing.add_argument("--next", type=_date, metavar="DATE", help="when the next release is due, such as 2026-12-15")
    preparing.add_argument("--corrects", metavar="ID", help="the published release whose error this one mends")
    preparing.add_argument(
        "--reason", type=_reason, action="append", default=[], metavar="KEY=TEXT", help="why a contribution differs; may be repeated"
    )
    confirming = command(steps, "approve", approved, "confirm a release that somebody else prepared")
    publishing = command(steps, "publish", published, "make an approved release public")
    publishing.add_argument("--at", type=_moment, metavar="MOMENT", help="not before then (UTC), such as 2026-12-15T09:00")
    dropping = command(steps, "drop", dropped, "give up a release that is not public yet")
    dropping.add_argument("--reason", required=True, metavar="TEXT")
    showing = command(steps, "show", shown, "say what is known of a release")
    listing = command(steps, "list", listed, "list all releases, the newest first")
    comparing = command(steps, "compare", compared, "say what differs between two releases for the public")
    comparing.add_argument("earlier", metavar="EARLIER")
    comparing.add_argument("later", metavar="LATER", nargs="?", help="without it, the state of the lake as it is now")
    for each in (confirming, publishing, dropping, showing):
        each.add_argument("release", metavar="ID")
    for each in (preparing, confirming, publishing, dropping):
        add_author(each)
    for each in (showing, listing, comparing):
        each.add_argument("--json", action="store_true")
    for each in (preparing, confirming, publishing, dropping, showing, listing, comparing):
        add_lake(each)


def _reason(text: str) -> tuple[str, str]:
    key, sign, reason = text.partition("=")
    if not sign or not key.strip() or not reason.strip():
        raise argparse.ArgumentTypeError(_("“{text}” is not KEY=TEXT, such as SWE-12=“Sweden raised it in May”").format(text=text))
    return key.strip(), reason.strip()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is no date such as 2026-12-15").format(text=text)) from None


def _moment(text: str) -> datetime:
    """A moment in UTC unless it names another zone."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(_("“{text}” is no moment such as 2026-12-15T09:00").format(text=text)) from None
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment
