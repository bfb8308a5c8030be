"""What a process of its own does in these tests. They come from a server that has the package loaded, so that starting one is cheap."""

import multiprocessing
import sys
from collections.abc import Callable
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import patch

from tallinn import founding
from tallinn.ingest.accept import accept, bring_in
from tallinn.ingest.read import read
from tallinn.ingest.submission import understand
from tallinn.lake import Lake
from tests.lakes import quickly_opened

CONTEXT: ForkServerContext = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.lake.processes"])


LONGEST = 60
"""Seconds after which whoever waits for a process gives up."""


def start(work: Callable[..., None], *arguments: Any) -> ForkServerProcess:
    """A process that has begun with its work."""
    process = CONTEXT.Process(target=work, args=arguments)
    # A new process would first run the main program, which in a test of pages is the dashboard.
    with patch.dict(sys.modules, {"__main__": ModuleType("__main__")}):
        process.start()
    return process


def together(work: Callable[..., None], *cases: tuple[Any, ...]) -> list[int | None]:
    """The exit codes of processes, one a case, that begin at the same moment."""
    barrier = CONTEXT.Barrier(len(cases), timeout=LONGEST)
    processes = [start(work, barrier, *case) for case in cases]
    for process in processes:
        process.join(LONGEST)
    return [process.exitcode for process in processes]


def bring_in_files(barrier: Any, directory: Path, files: dict[str, bytes]) -> None:
    """Take files into a lake, in order, all processes from the same moment on."""
    with quickly_opened(), Lake(directory) as lake:
        sent = [read(name, content) for name, content in files.items()]
        barrier.wait()
        for file in sent:
            bring_in(file, lake, author=str(barrier))


def found_at_once(barrier: Any, directory: Path, files: list[Path]) -> None:
    """Found a lake that is not there yet, all processes from the same moment on."""
    barrier.wait()
    found_with(directory, files)


def found_with(directory: Path, files: list[Path]) -> None:
    """Found a lake, with these files as the default data."""
    with quickly_opened(), patch.object(founding, "default_files", return_value=files):
        founding.found(directory)


def accept_and_say_so(directory: Path, name: str, content: bytes, about_to: Any) -> None:
    """Take a file into a lake, and say when everything is ready to be written."""
    with quickly_opened(), Lake(directory) as lake:
        submission = understand(read(name, content), lake)
        about_to.set()
        accept(submission, lake, author="killed", message="")
