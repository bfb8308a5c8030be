"""The command confirmations: what donors say of their figures, for whoever runs the machine."""

import argparse
from dataclasses import asdict

from tallinn.cli.common import ALL_TAKEN, add_lake, donor_of, open_lake, tell
from tallinn.confirmations import in_a_line, statements
from tallinn.ingest.names import country_name
from tallinn.releases import dossier
from tallinn.wording import _


def confirmations(options: argparse.Namespace) -> int:
    """List every statement, the newest first, with its text and what the office did."""
    with open_lake(options) as lake:
        if options.release:
            dossier(lake, options.release)
        found = [each for each in statements(lake, options.release, donor_of(options)) if each.is_open or not options.open]
    line = _("{number}  {donor}. {statement}")
    lines = [line.format(number=each.statement_id, donor=country_name(each.donor_id), statement=in_a_line(each)) for each in found]
    tell([asdict(each) for each in found], lines or [_("No donor has said anything of this.")], options)
    return ALL_TAKEN


def add_options(parser: argparse.ArgumentParser) -> None:
    """Of which release, by which donor, and whether only what waits."""
    add_lake(parser)
    parser.add_argument("--release", metavar="ID", help="only what was said of this release")
    parser.add_argument("--donor", metavar="ID", help="only what this donor said")
    parser.add_argument("--open", action="store_true", help="only disputes and comments that nobody has dealt with")
    parser.add_argument("--json", action="store_true")
