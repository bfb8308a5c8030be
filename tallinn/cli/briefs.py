"""The command briefing: two pages to print or send."""

import argparse
from pathlib import Path
from typing import Any

from tallinn import ask
from tallinn.ask import Answer
from tallinn.audience import PUBLIC
from tallinn.briefing import briefing, differences
from tallinn.cli.common import ALL_TAKEN, add_lake, donor_of, open_lake, write
from tallinn.releases import named, published, releases
from tallinn.settings import ADDRESS
from tallinn.store import open_store
from tallinn.told import told
from tallinn.wording import _


def brief(options: argparse.Namespace) -> int:
    """Write the briefing that the public gets: of the Mechanism, or of the donor that was named."""
    donor = donor_of(options) or ""
    with open_lake(options) as lake:
        release = named(lake, options.release) if options.release else published(lake)
        known = [each.id for each in releases(lake)]
        before = known[known.index(release.id) + 1 :][:1]
        store = open_store(lake, PUBLIC, release)
        changes = (
            differences(open_store(lake, PUBLIC, named(lake, before[0])), store, donor) if before else [_("There is no earlier release.")]
        )

    def asked(name: str, **parameters: Any) -> Answer:
        return told(ask.ask(store, name, **parameters))

    page = f"/donor?donor={donor}" if donor else "/"
    write(options.out, briefing(asked, donor_id=donor, changes=changes, address=f"{ADDRESS}{page}" if ADDRESS else ""))
    return ALL_TAKEN


def add_options(command: Any) -> None:
    """`briefing [--donor ID] [--release ID] --out FILE`; the language is that of every command."""
    add_lake(command)
    command.add_argument("--donor", metavar="ID", help="of this donor alone, such as EST or Estonia")
    command.add_argument("--release", metavar="ID", help="as this release has it; without it the newest")
    command.add_argument("--out", type=Path, required=True, metavar="FILE", help="the PDF")
