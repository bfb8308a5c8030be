"""The command publish-site: the public side as plain files, for any web server."""

import argparse
from pathlib import Path
from typing import Any

from tallinn import site
from tallinn.cli.common import ALL_TAKEN, BadArgument, add_lake, open_lake
from tallinn.wording import _, ngettext


def published(options: argparse.Namespace) -> int:
    """Write what the public may read; what an earlier run wrote and is no longer part of it goes."""
    with open_lake(options) as lake:
        try:
            files = site.write(site.documents(lake, options.release), options.folder)
        except OSError as error:
            problem = _("{folder} cannot be written: {reason}.").format(folder=options.folder, reason=error.strerror)
            raise BadArgument(problem) from None
    print(ngettext("{n} file written to {folder}.", "{n} files written to {folder}.", files).format(n=files, folder=options.folder))
    return ALL_TAKEN


def add_options(command: Any) -> None:
    """`publish-site DIR [--release ID]`."""
    command.add_argument("folder", type=Path, metavar="DIR", help="where open-data/ is to stand, such as the folder of a web server")
    command.add_argument("--release", metavar="ID", help="only the files of this release")
    add_lake(command)
