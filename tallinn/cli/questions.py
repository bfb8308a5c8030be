"""The command ask: one of the questions in queries/."""

import argparse
import csv
import sys
from typing import Any

from tallinn import ask as questions
from tallinn.audience import Audience
from tallinn.cli.common import ALL_TAKEN, BadArgument, donor_of, open_lake
from tallinn.lake import Lake
from tallinn.releases import Release, named, published, working
from tallinn.report import as_json
from tallinn.store import open_store
from tallinn.told import told
from tallinn.wording import _


def ask(options: argparse.Namespace) -> int:
    """Print the answer as a table, CSV or JSON."""
    lists = questions.question(options.query).lists
    parameters = dict(_parameter(text, lists) for text in options.param)
    audience = Audience(options.audience, donor_of(options))
    with open_lake(options) as lake:
        rows = told(questions.ask(open_store(lake, audience, _release(options, lake)), options.query, **parameters)).rows
    if options.format == "json":
        print(as_json(rows.to_dict("records")))
    elif options.format == "csv":
        rows.to_csv(sys.stdout, index=False, quoting=csv.QUOTE_MINIMAL)
    else:
        print(rows.to_string(index=False, na_rep=_("unknown")))
    return ALL_TAKEN


def _release(options: argparse.Namespace, lake: Lake) -> Release:
    """The release that was named, else what the audience sees: the staff the newest state, everybody else what is published."""
    if options.release:
        return named(lake, options.release)
    return working(lake) if options.audience == "staff" else published(lake)


def _parameter(text: str, lists: frozenset[str]) -> tuple[str, Any]:
    """name=value; the values of a list are separated by commas."""
    name, sign, value = text.partition("=")
    if not sign:
        raise BadArgument(_("--param takes name=value, not “{text}”.").format(text=text))
    return name, [each for each in value.split(",") if each] if name in lists else value
