"""What all commands share: the lake, the donor, how they answer and end."""

import argparse
import sys
from pathlib import Path
from typing import Any

import duckdb

from tallinn.founding import found
from tallinn.ingest.invented import MARK
from tallinn.ingest.names import country_code
from tallinn.lake import Lake
from tallinn.report import as_json
from tallinn.settings import lake_dir
from tallinn.wording import _

ALL_TAKEN, SOME_HELD, REFUSED = 0, 1, 2


class BadArgument(Exception):
    """An argument that argparse lets through but that means nothing."""


def open_lake(options: argparse.Namespace) -> Lake:
    """The lake that was asked for, with the default data if it is new."""
    directory: Path = options.lake or lake_dir()
    try:
        lake = Lake(directory)
        if not lake.founded() or lake.is_empty("release_steps"):
            found(directory)
        if lake.is_demonstration():
            print(_("{mark}: everything in this lake is invented.").format(mark=MARK), file=sys.stderr)
        return lake
    except (OSError, duckdb.Error) as error:
        reason = str(error).partition("\n")[0]
        raise BadArgument(_("The lake in {directory} cannot be opened: {reason}").format(directory=directory, reason=reason)) from None


def donor_of(options: argparse.Namespace) -> str | None:
    """The code of the donor that was named."""
    code = country_code(options.donor) if options.donor else None
    if options.donor and code is None:
        raise BadArgument(_("“{donor}” is no country or organisation known here.").format(donor=options.donor))
    return code


def tell(facts: Any, words: list[str], options: argparse.Namespace) -> None:
    """The facts as JSON where that was asked for, else the words."""
    text = as_json(facts) if options.json else "\n".join(filter(None, words))
    if text:
        print(text)


def write(path: Path, content: bytes) -> None:
    """Write a file. Raises BadArgument where that is not possible."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise BadArgument(_("{file} cannot be written: {reason}.").format(file=path, reason=error.strerror)) from None


def add_lake(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--lake", type=Path, metavar="DIR", help="another lake than $TALLINN_LAKE or data/lake")
