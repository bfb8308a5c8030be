"""The command demo: a lake of invented data for training, or the files it is filled from."""

import argparse
from functools import partial
from pathlib import Path

from tallinn.cli.common import ALL_TAKEN, add_lake
from tallinn.demonstration.fill import fill, write_files
from tallinn.settings import DEMONSTRATION_LAKE
from tallinn.wording import _, ngettext


def demo(options: argparse.Namespace) -> int:
    """Fill the lake unless that was done before; with --files, write the workbooks instead."""
    if options.files:
        paths = write_files(options.files, scale=options.scale)
        told = ngettext("{n} file written to {directory}.", "{n} files written to {directory}.", len(paths))
        print(told.format(n=len(paths), directory=options.files))
        return ALL_TAKEN
    directory: Path = options.lake or DEMONSTRATION_LAKE
    fill(directory, tell=partial(print, flush=True), scale=options.scale)
    print(_("The demonstration is in {directory}. All of its data are invented.").format(directory=directory))
    return ALL_TAKEN


def add_options(parser: argparse.ArgumentParser) -> None:
    """Where to, and how much."""
    add_lake(parser)
    parser.add_argument("--files", type=Path, metavar="DIR", help="write the invented workbooks there, to be uploaded in training")
    parser.add_argument("--scale", type=_share, default=1.0, metavar="SHARE", help="a part of it, such as 0.1 (default 1)")


def _share(text: str) -> float:
    share = float(text)
    if not 0 < share <= 1:
        raise argparse.ArgumentTypeError(_("“{text}” is not above 0 and at most 1").format(text=text))
    return share
