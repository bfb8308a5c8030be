"""Commands about what was taken before: history, held rows, dismissing them, undoing a submission."""

import argparse
from typing import Any

from tallinn.cli.common import ALL_TAKEN, SOME_HELD, BadArgument, open_lake, tell, write
from tallinn.giveback import held_workbook
from tallinn.ingest.held import dismiss, held_rows
from tallinn.ingest.undo import undo
from tallinn.report import held_in_words, undone_in_words
from tallinn.wording import _, listing


def history(options: argparse.Namespace) -> int:
    """List all submissions, the newest first."""
    with open_lake(options) as lake:
        submissions = lake.history()
    line = _(
        "{submission_id}  {submitted_at:%Y-%m-%d %H:%M}  {author}: {file_name}, {rows_accepted} rows taken, {rows_held} held. {message}"
    )
    undone = _("  Undone on {undone_at:%Y-%m-%d} by {undone_by}: {undone_reason}")
    tell(submissions, [line.format(**each) + (undone.format(**each) if each["undone_at"] else "") for each in submissions], options)
    return ALL_TAKEN


def held(options: argparse.Namespace) -> int:
    """List the rows that wait to be mended; with --out, write them to a workbook that settles them when it is filled in and imported."""
    with open_lake(options) as lake:
        rows = held_rows(lake, options.submission)
        if options.out and rows:
            _name, content = held_workbook(lake, _only_submission(rows))
            write(options.out, content)
    tell(rows, [held_in_words(row) for row in rows] or [_("No row is held.")], options)
    return SOME_HELD if rows else ALL_TAKEN


def _only_submission(rows: list[dict[str, Any]]) -> int:
    numbers = sorted({row["submission_id"] for row in rows})
    if len(numbers) > 1:
        raise BadArgument(_("Rows of the submissions {numbers} are held: choose one with --submission.").format(numbers=listing(numbers)))
    return int(numbers[0])


def dismissed(options: argparse.Namespace) -> int:
    """Give up held rows, with a reason."""
    with open_lake(options) as lake:
        dismiss(lake, options.rows, author=options.by, reason=options.reason)
    tell({"dismissed": options.rows}, [_("Dismissed: {rows}.").format(rows=", ".join(options.rows))], options)
    return ALL_TAKEN


def taken_back(options: argparse.Namespace) -> int:
    """Take back exactly what a submission did."""
    with open_lake(options) as lake:
        undone = undo(options.submission, lake, author=options.by, reason=options.reason)
    tell(undone.facts(), [undone_in_words(undone)], options)
    return ALL_TAKEN


def compacted(options: argparse.Namespace) -> int:
    """Merge the small files of a lake that has seen many submissions; every release and every earlier state stays as it was."""
    with open_lake(options) as lake:
        lake.compact()
    tell({"compacted": True}, [_("The lake's small files are merged. Every release and earlier state stays as it was.")], options)
    return ALL_TAKEN
