"""The public's files from a folder that publish-site wrote: where they are served, no lake has to be."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

from tallinn import site
from tallinn.open_data import FOLDER, folder_of
from tallinn.releases import Release
from tallinn.serving.kept import NAMED, NEWEST, File, keep
from tallinn.wording import _

LIST = f"{FOLDER}/releases.json"


class NotWritten(Exception):
    """The folder does not hold what publish-site writes; the text says what to do."""


class Folder:
    """The files of a folder, read anew when publish-site has written it anew. For one event loop."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = self._written()
        self._files = self._read()

    async def find(self, path: str) -> File | None:
        """The file at a path relative to the site; None where there is none."""
        if (mark := self._written()) != self._mark:
            self._mark, self._files = mark, await asyncio.to_thread(self._read)
        return self._files.get(path)

    def begin(self) -> None:
        """Everything is at hand already."""

    def _written(self) -> int:
        """When the list of releases was written, which is replaced together with everything else."""
        try:
            return (self._folder / LIST).stat().st_mtime_ns
        except OSError:
            problem = _("{folder} holds no {file}. Write it: python -m tallinn publish-site {folder}")
            raise NotWritten(problem.format(folder=self._folder, file=LIST)) from None

    def _read(self) -> dict[str, File]:
        listed = json.loads((self._folder / LIST).read_text(encoding="utf-8"))["releases"]
        files = site.read(self._folder)
        found: dict[str, File] = {}
        for release in map(_release, listed):
            found |= keep((each for each in files if each.path.startswith(f"{folder_of(release)}/")), release, NAMED)
        return found | keep((each for each in files if each.path not in found), _release(listed[0]), NEWEST)


def _release(said: dict[str, str]) -> Release:
    """A release as the list of releases tells of it."""
    moment = datetime.fromisoformat(said["published"]).astimezone(UTC).replace(tzinfo=None)
    return Release(said["id"], 0, moment.date(), published_at=moment)
