"""Which files there are: those of the newest release, always at hand, and those of older ones, made when somebody asks for them.

They are made by `python -m tallinn publish-site` in a process of its own: a workbook of 40,000 rows takes ten seconds of Python, during
which pages in this process would wait. Meanwhile readers go on with the files of the release before.
"""

import asyncio
import logging
import subprocess
import sys
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tallinn import site
from tallinn.document import Document
from tallinn.lake import Lake, version_mark
from tallinn.open_data import folder_of
from tallinn.releases import Release, next_publication, now, releases
from tallinn.serving.kept import NAMED, NEWEST, File, keep
from tallinn.settings import ROOT

OLD_RELEASES = 3
"""Older releases whose files are kept; those unused longest go first."""
AGAIN_AFTER = timedelta(seconds=60)
"""After a failure the same files stay for so long before the lake is looked at again."""
MOST_SECONDS = 600

log = logging.getLogger(__name__)
Make = Callable[[Path, str], list[Document]]


@dataclass(frozen=True)
class Shelf:
    """The files at hand, and the state of the lake that they were taken from; `until` is when (UTC) to look at it again in any case."""

    mark: tuple[int, ...]
    until: datetime | None
    releases: tuple[Release, ...]
    files: dict[str, File]


def made(directory: Path, release_id: str) -> list[Document]:
    """The files of a release, made in a process of its own. Raises RuntimeError with what that process complained of."""
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "tallinn", "publish-site", folder, "--lake", str(directory.resolve()), "--release", release_id]
        ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=MOST_SECONDS)  # noqa: S603 - our own
        if ended.returncode:
            raise RuntimeError(ended.stderr.strip())
        return site.read(Path(folder))


class Shelves:
    """The files of a lake's public releases. For one event loop; what takes long is done in a thread, one thing after the other."""

    def __init__(self, directory: Path, make: Make = made) -> None:
        self._directory = directory
        self._make = make
        self._thread = ThreadPoolExecutor(1, "public-files")
        self._newest: Shelf | None = None
        self._old: OrderedDict[str, dict[str, File]] = OrderedDict()
        self._tasks: dict[str, asyncio.Task[Any]] = {}

    def begin(self) -> None:
        """Start to make the files of the newest release, before anybody asks for one."""
        self._task("", self._look)

    async def find(self, path: str) -> File | None:
        """The file at a path relative to the site; None where there is none. Raises where no files can be made."""
        shelf = await self.newest()
        if path in shelf.files:
            return shelf.files[path]
        for release in shelf.releases[1:]:
            if path.startswith(f"{folder_of(release)}/"):
                return (await self._files_of(release)).get(path)
        return None

    async def newest(self) -> Shelf:
        """The files of the newest release, or of the one before while those are being made."""
        if self._newest is None:
            await self._done("", self._look)
        elif not self._is_fresh(self._newest):
            self._task("", self._look)
        if self._newest is None:
            raise RuntimeError("no release is at hand")
        return self._newest

    def _is_fresh(self, shelf: Shelf) -> bool:
        return shelf.mark == version_mark(self._directory) and (shelf.until is None or now() < shelf.until)

    async def _files_of(self, release: Release) -> dict[str, File]:
        files = self._old.get(release.id) or await self._done(release.id, partial(self._fetch, release))
        self._old[release.id] = files
        self._old.move_to_end(release.id)
        if len(self._old) > OLD_RELEASES:
            self._old.popitem(last=False)
        return files

    async def _done(self, name: str, work: Callable[[], Any]) -> Any:
        """What the work gives; whoever else wants it meanwhile waits for the same. A reader who goes away stops nothing for the others."""
        return await asyncio.shield(self._task(name, work))

    def _task(self, name: str, work: Callable[[], Any]) -> asyncio.Task[Any]:
        if name not in self._tasks:
            self._tasks[name] = asyncio.create_task(self._in_thread(name, work))
        return self._tasks[name]

    async def _in_thread(self, name: str, work: Callable[[], Any]) -> Any:
        try:
            return await asyncio.get_running_loop().run_in_executor(self._thread, work)
        finally:
            del self._tasks[name]

    def _fetch(self, release: Release) -> dict[str, File]:
        return keep(self._make(self._directory, release.id), release, NAMED)

    def _look(self) -> None:
        """Take the newest release from the lake; go on with the one before where that fails."""
        mark, before = version_mark(self._directory), self._newest
        try:
            self._newest = self._looked(mark, before)
        except Exception:
            log.exception("The open data cannot be made")
            self._newest = before and replace(before, mark=mark, until=now() + AGAIN_AFTER)

    def _looked(self, mark: tuple[int, ...], before: Shelf | None) -> Shelf:
        with Lake(self._directory) as lake:
            public, until = tuple(releases(lake)), next_publication(lake)
        if before and before.releases == public:
            return replace(before, mark=mark, until=until)
        named = folder_of(public[0])
        files = self._make(self._directory, public[0].id)
        always = [each for each in files if not each.path.startswith(f"{named}/")]
        if not always:
            raise RuntimeError(f"{public[0].id} is no longer the newest release")
        of_release = [each for each in files if each.path.startswith(f"{named}/")]
        return Shelf(mark, until, public, {**keep(of_release, public[0], NAMED), **keep(always, public[0], NEWEST)})
