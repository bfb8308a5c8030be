"""The command line: what the pages can do. The same functions as the pages; one sentence on stderr instead of a traceback."""

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tallinn.ask import UnknownQuestion
from tallinn.cli import auditing, briefs, demo, donors, files, local, past, questions, releasing, site
from tallinn.cli.common import REFUSED, BadArgument, add_lake
from tallinn.datasets import datasets
from tallinn.ingest.findings import Refused
from tallinn.languages import SOURCE, language, languages


def main(arguments: list[str] | None = None) -> int:
    """Run one command. Returns 0 when all is well, 1 when rows were held, 2 when the file or the question was refused."""
    options = _parser().parse_args(arguments)
    try:
        with language.spoken(options.lang):
            status: int = options.command(options)
        sys.stdout.flush()
    except (Refused, UnknownQuestion, BadArgument) as reason:
        print(reason, file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever reads the output has seen enough; what is left of it must not fail again when Python closes it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    return status


def _user() -> str:
    """The name of whoever runs the command; in a container there may be none."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tallinn", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_file_commands(commands)
    _add_past_commands(commands)
    releasing.add_options(commands, _command, _add_author)
    site.add_options(_command(commands, "publish-site", site.published, "write what the public may read as files for any web server"))
    briefs.add_options(_command(commands, "briefing", briefs.brief, "write two pages of PDF about the Mechanism or one donor"))
    donors.add_options(_command(commands, "confirmations", donors.confirmations, "list what donors say of their figures, the newest first"))
    ask = _command(commands, "ask", questions.ask, "ask one of the questions in queries/")
    add_lake(ask)
    ask.add_argument("query")
    ask.add_argument("--audience", choices=["public", "partner", "staff"], default="public")
    ask.add_argument("--release", metavar="ID", help="a published release; without it the newest, and for the staff the state as it is now")
    ask.add_argument("--donor", metavar="ID", help="the donor a partner is tied to")
    ask.add_argument("--param", action="append", default=[], metavar="NAME=VALUE", help="may be repeated; lists are separated by commas")
    ask.add_argument("--format", choices=["table", "csv", "json"], default="table")
    auditing.add_options(_command(commands, "audit", auditing.listed, "say who did what and who was refused, the newest first"))
    local.add_options(
        _command(commands, "local", local.local, "serve the dashboard on this machine, with a provider to sign in as staff or partner")
    )
    demo.add_options(
        _command(commands, "demo", demo.demo, "fill a lake with invented data for training (data/demo-lake unless --lake says)")
    )
    return parser


def _add_file_commands(commands: Any) -> None:
    check = _command(commands, "check", files.check, "say what a file holds and what would change; store nothing")
    check.add_argument("file", type=Path)
    files.add_file_options(check)
    check.add_argument("--json", action="store_true")
    bring = _command(commands, "import", files.bring, "take files into the lake, each as one commit")
    bring.add_argument("files", type=Path, nargs="+", metavar="FILE")
    bring.add_argument(
        "--accept-valid", action="store_true", help="take the rows without errors and hold the others, instead of taking none"
    )
    files.add_file_options(bring)
    _add_author(bring)
    bring.add_argument("--message", default="", metavar="TEXT", help="why")
    annotate = _command(commands, "annotate", files.marked, "write the same workbook with each finding as a comment at its cell")
    annotate.add_argument("file", type=Path)
    files.add_file_options(annotate)
    annotate.add_argument("--out", type=Path, required=True, metavar="FILE")
    template = _command(commands, "template", files.blank, "write a workbook to be filled in")
    add_lake(template)
    template.add_argument("dataset", choices=sorted(datasets()))
    template.add_argument("--donor", metavar="ID", help="filled with what this donor has on file")
    template.add_argument("--out", type=Path, required=True, metavar="FILE")


def _add_past_commands(commands: Any) -> None:
    history = _command(commands, "history", past.history, "list all submissions, the newest first")
    add_lake(history)
    history.add_argument("--json", action="store_true")
    held = _command(commands, "held", past.held, "list the rows that wait to be mended")
    add_lake(held)
    held.add_argument("--submission", type=int, metavar="NUMBER")
    held.add_argument("--out", type=Path, metavar="FILE", help="also write them to a workbook: corrected and imported, it settles them")
    held.add_argument("--json", action="store_true")
    dismiss = _command(commands, "dismiss", past.dismissed, "give up held rows, with a reason")
    add_lake(dismiss)
    dismiss.add_argument("rows", nargs="+", metavar="ROW", help="as `held` names them")
    _add_author(dismiss)
    dismiss.add_argument("--reason", required=True, metavar="TEXT")
    compact = _command(commands, "compact", past.compacted, "merge the small files of a lake; every earlier state stays as it was")
    add_lake(compact)
    compact.add_argument("--json", action="store_true")
    undo = _command(commands, "undo", past.taken_back, "take back exactly what a submission did")
    add_lake(undo)
    undo.add_argument("submission", type=int)
    _add_author(undo)
    undo.add_argument("--reason", default="", metavar="TEXT")


def _add_author(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", default=_user(), metavar="NAME", help="who does this")
    parser.add_argument("--json", action="store_true")


def _command(commands: Any, name: str, function: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
    parser.set_defaults(command=function)
    parser.add_argument("--lang", choices=list(languages()), default=_spoken_here(), help="the language of what is said")
    return parser


def _spoken_here() -> str:
    """The language of whoever runs the command, by the variables of POSIX; English where they name one that nobody has."""
    named = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    code = named.partition(".")[0].partition("_")[0]
    return code if code in languages() else SOURCE
