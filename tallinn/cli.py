"""The command line: check, import, ask, history. The same functions as the pages; one sentence on stderr instead of a traceback."""

import argparse
import csv
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from tallinn import ask as questions
from tallinn.audience import Audience, open_store
from tallinn.datasets import datasets
from tallinn.founding import found
from tallinn.ingest.accept import Receipt, bring_in
from tallinn.ingest.findings import Refused
from tallinn.ingest.names import country_code
from tallinn.ingest.read import read_path
from tallinn.ingest.submission import understand
from tallinn.lake import Lake
from tallinn.report import as_json, effect_in_words, report, report_in_words
from tallinn.settings import lake_dir
from tallinn.wording import _

ALL_TAKEN, SOME_HELD, REFUSED = 0, 1, 2


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 when all is well, 1 when rows were held, 2 when the file or the question was refused."""
    options = _parser().parse_args(arguments)
    try:
        status: int = options.command(options)
        sys.stdout.flush()
    except (Refused, questions.UnknownQuestion, _BadArgument) as reason:
        print(reason, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever reads the output has seen enough; what is left of it must not fail again when Python closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


class _BadArgument(Exception):
    """An argument that argparse lets through but that means nothing."""


def _check(options: argparse.Namespace) -> int:
    donor, file = _donor(options), read_path(options.file)
    with _lake(options) as lake:
        submission = understand(file, lake, dataset=options.dataset, donor=donor, mode=options.mode)
        words = [] if options.json else [report_in_words(submission), effect_in_words(submission, lake)]
    _print(report(submission), words, options)
    return SOME_HELD if submission.rows_held else ALL_TAKEN


def _import(options: argparse.Namespace) -> int:
    donor = _donor(options)
    with _lake(options) as lake:
        return max(_import_one(path, lake, donor, options) for path in options.files)


def _import_one(path: Path, lake: Lake, donor: str | None, options: argparse.Namespace) -> int:
    """A file that is refused does not keep the others from being taken."""
    try:
        file = read_path(path)
        receipt = bring_in(file, lake, author=options.by, message=options.message, mode=options.mode, dataset=options.dataset, donor=donor)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return REFUSED
    _print({**report(receipt.submission), **_receipt(receipt)}, [report_in_words(receipt.submission), _taken(receipt)], options)
    return SOME_HELD if receipt.submission.rows_held else ALL_TAKEN


def _ask(options: argparse.Namespace) -> int:
    lists = questions.question(options.query).lists
    parameters = dict(_parameter(text, lists) for text in options.param)
    audience = Audience(options.audience, _donor(options))
    with _lake(options) as lake:
        rows = questions.ask(open_store(lake, audience), options.query, **parameters).rows
    if options.format == "json":
        print(as_json(rows.to_dict("records")))
    elif options.format == "csv":
        rows.to_csv(sys.stdout, index=False, quoting=csv.QUOTE_MINIMAL)
    else:
        print(rows.to_string(index=False, na_rep=_("unknown")))
    return ALL_TAKEN


def _history(options: argparse.Namespace) -> int:
    with _lake(options) as lake:
        submissions = lake.history()
    if options.json:
        print(as_json(submissions))
        return ALL_TAKEN
    for each in submissions:
        line = _(
            "{submission_id}  {submitted_at:%Y-%m-%d %H:%M}  {author}: {file_name}, {rows_accepted} rows taken, {rows_held} held. {message}"
        )
        print(line.format(**each))
    return ALL_TAKEN


def _lake(options: argparse.Namespace) -> Lake:
    directory: Path = options.lake or lake_dir()
    try:
        lake = Lake(directory)
        if not lake.founded():
            found(directory)
        return lake
    except (OSError, duckdb.Error) as error:
        reason = str(error).partition("\n")[0]
        raise _BadArgument(_("The lake in {directory} cannot be opened: {reason}").format(directory=directory, reason=reason)) from None


def _donor(options: argparse.Namespace) -> str | None:
    code = country_code(options.donor) if options.donor else None
    if options.donor and code is None:
        raise _BadArgument(_("“{donor}” is no country or organisation known here.").format(donor=options.donor))
    return code


def _user() -> str:
    """The name of whoever runs the command; in a container there may be none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _parameter(text: str, lists: frozenset[str]) -> tuple[str, Any]:
    """name=value; the values of a list are separated by commas."""
    name, sign, value = text.partition("=")
    if not sign:
        raise _BadArgument(_("--param takes name=value, not “{text}”.").format(text=text))
    return name, [each for each in value.split(",") if each] if name in lists else value


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {"submission_id": receipt.submission_id, "snapshot": receipt.snapshot, "changed": receipt.submission_id is not None}


def _taken(receipt: Receipt) -> str:
    if receipt.submission_id is None:
        return _("This very file was taken before and changes nothing: nothing was stored.")
    return _("Taken as submission {submission_id}, snapshot {snapshot}.").format(
        submission_id=receipt.submission_id, snapshot=receipt.snapshot
    )


def _print(facts: dict[str, Any], words: list[str], options: argparse.Namespace) -> None:
    print(as_json(facts) if options.json else "\n".join(filter(None, words)))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tallinn", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    check = _command(commands, "check", _check, "say what a file holds and what would change; store nothing")
    check.add_argument("file", type=Path)
    _add_file_options(check)
    bring = _command(commands, "import", _import, "take files into the lake, each as one commit")
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE")
    bring.add_argument("--by", default=_user(), metavar="NAME", help="who imports")
    bring.add_argument("--message", default="", metavar="TEXT", help="why")
    _add_file_options(bring)
    ask = _command(commands, "ask", _ask, "ask one of the questions in queries/")
    ask.add_argument("query")
    ask.add_argument("--audience", choices=["public", "partner", "staff"], default="public")
    ask.add_argument("--donor", metavar="ID", help="the donor a partner is tied to")
    ask.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="may be repeated; lists are separated by commas")
    ask.add_argument("--format", choices=["table", "csv", "json"], default="table")
    history = _command(commands, "history", _history, "list all submissions, the newest first")
    history.add_argument("--json", action="store_true")
    return parser


def _command(commands: Any, name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=function)
    parser.add_argument("--lake", type=Path, metavar="DIR", help="another lake than $TALLINN_LAKE or data/lake")
    return parser


def _add_file_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dataset", choices=sorted(datasets()), help="what the file holds, if its headers do not say")
    parser.add_argument("--donor", metavar="ID", help="the donor of all rows that name none")
    parser.add_argument(
        "--mode", choices=["update", "replace"], default="update", help="add and update (default), or replace what the sender sent before"
    )
    parser.add_argument("--json", action="store_true")
