"""The command about the audit trail."""

import argparse
import sys
from dataclasses import asdict
from pathlib import Path

from tallinn import audit
from tallinn.cli.common import ALL_TAKEN, add_lake, open_lake, tell, write
from tallinn.wording import _


def listed(options: argparse.Namespace) -> int:
    """Say who did what and who was refused, the newest first."""
    with open_lake(options) as lake:
        events = audit.trail(lake)
    if options.out:
        write(options.out, audit.as_csv(events))
        print(_("{n} entries written to {file}.").format(n=len(events), file=options.out), file=sys.stderr)
    else:
        tell([asdict(each) for each in events], [_line(each) for each in events], options)
    return ALL_TAKEN


def _line(event: audit.Event) -> str:
    words = _("{moment} UTC  {who}  {act}  {about}")
    return words.format(moment=f"{event.happened_at:%Y-%m-%d %H:%M}", who=event.who, act=_(event.act), about=event.about).rstrip()


def add_options(parser: argparse.ArgumentParser) -> None:
    add_lake(parser)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all of it as CSV")
    parser.add_argument("--json", action="store_true")
