"""Commands about files: check, import, annotate, template."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

from tallinn.cli.common import ALL_TAKEN, REFUSED, SOME_HELD, BadArgument, add_lake, donor_of, open_lake, tell, write
from tallinn.datasets import datasets
from tallinn.giveback import annotate, template
from tallinn.ingest.accept import Receipt, bring_in
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.expected import expected
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import read_path
from tallinn.ingest.submission import Submission, understand
from tallinn.lake import Lake
from tallinn.report import effect_in_words, expected_in_words, report, report_in_words
from tallinn.wording import _


def check(options: argparse.Namespace) -> int:
    """Say what a file holds and what would change; store nothing."""
    with open_lake(options) as lake:
        submission = _understood(options, lake)
        beside = expected(submission, lake)
        words = [] if options.json else [report_in_words(submission), expected_in_words(beside), effect_in_words(submission, lake)]
    tell({**report(submission), "expected": asdict(beside) if beside else None}, words, options)
    return ALL_TAKEN if submission.decided and not submission.rows_held else SOME_HELD


def bring(options: argparse.Namespace) -> int:
    """Take files into the lake, each as one commit."""
    donor, decided = donor_of(options), decisions(options)
    with open_lake(options) as lake:
        return max(_bring_one(path, lake, donor, decided, options) for path in options.files)


def _bring_one(path: Path, lake: Lake, donor: str | None, decided: Decisions, options: argparse.Namespace) -> int:
    """A file that is refused does not keep the others from being taken."""
    try:
        receipt = bring_in(
            read_path(path),
            lake,
            author=options.by,
            message=options.message,
            mode=options.mode,
            decisions=decided,
            sheet=options.sheet,
            donor=donor,
            accept_valid=options.accept_valid,
        )
    except Refused as reason:
        print(reason, file=sys.stderr)
        return REFUSED
    beside = expected(receipt.submission, lake)
    words = [report_in_words(receipt.submission), expected_in_words(beside), _taken(receipt)]
    tell({**report(receipt.submission), "expected": asdict(beside) if beside else None, **_receipt(receipt)}, words, options)
    return SOME_HELD if receipt.submission.rows_held else ALL_TAKEN


def marked(options: argparse.Namespace) -> int:
    """Write the same workbook with each finding as a comment at its cell."""
    with open_lake(options) as lake:
        submission = _understood(options, lake)
    write(options.out, annotate(submission.file, submission.findings))
    return ALL_TAKEN if submission.decided and not submission.rows_held else SOME_HELD


def blank(options: argparse.Namespace) -> int:
    """Write the template of a dataset; with --donor, filled with what this donor has on file."""
    donor = donor_of(options)
    rows = None
    if donor:
        with open_lake(options) as lake:
            rows = lake.of_sender(options.dataset, donor)
    write(options.out, template(options.dataset, rows=rows))
    return ALL_TAKEN


def _understood(options: argparse.Namespace, lake: Lake) -> Submission:
    file = read_path(options.file)
    return understand(file, lake, decisions=decisions(options), sheet=options.sheet, donor=donor_of(options), mode=options.mode)


def decisions(options: argparse.Namespace) -> Decisions:
    """What the options decide about every sheet that is read."""
    columns = dict(_pair(text, "--map") for text in options.map)
    return Decisions(
        dataset=options.dataset,
        header_row=options.header_row,
        columns={header: field for field, header in columns.items()},
        constants=dict(_pair(text, "--set") for text in options.set),
        ignored=frozenset(options.ignore),
        as_stated=frozenset(options.as_stated),
    )


def _pair(text: str, option: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name:
        raise BadArgument(_("{option} takes column=value, not “{text}”.").format(option=option, text=text))
    return name.strip(), value


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {"submission_id": receipt.submission_id, "snapshot": receipt.snapshot, "changed": receipt.submission_id is not None}


def _taken(receipt: Receipt) -> str:
    if receipt.submission_id is None:
        return _("This very file was taken before and changes nothing: nothing was stored.")
    return _("Taken as submission {submission_id}, snapshot {snapshot}.").format(
        submission_id=receipt.submission_id, snapshot=receipt.snapshot
    )


def add_file_options(parser: argparse.ArgumentParser) -> None:
    """The options that say what a file does not say itself."""
    add_lake(parser)
    parser.add_argument("--dataset", choices=sorted(datasets()), help="what the file holds, if its headers do not say")
    parser.add_argument("--sheet", metavar="NAME", help="read this sheet only, even if it is hidden")
    parser.add_argument("--header-row", type=int, metavar="ROW", help="the (last) row of the header, as the spreadsheet counts")
    parser.add_argument("--map", action="append", default=[], metavar="COLUMN=HEADER", help="this column of the file is that field")
    parser.add_argument("--set", action="append", default=[], metavar="COLUMN=VALUE", help="the value of all rows that state none")
    parser.add_argument("--ignore", action="append", default=[], metavar="HEADER", help="leave this column of the file out")
    parser.add_argument(
        "--as-stated", action="append", default=[], metavar="COLUMN", help="take unknown names as organisations of that name"
    )
    parser.add_argument("--donor", metavar="ID", help="who sends the file, and the donor of all rows that name none")
    parser.add_argument(
        "--mode", choices=["update", "replace"], default="update", help="add and update (default), or replace what the sender sent before"
    )
