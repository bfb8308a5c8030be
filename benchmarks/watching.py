"""What a process costs those beside it: the memory that it and its children hold, and how long another thread waits for its turn."""

import threading
import time
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

EVERY, WANTED = 0.010, 0.001
"""Seconds: the thread that is watched for its turn wants to work so long, so often."""


def peak_memory(process: BaseProcess) -> float:
    """The most that a process and all its descendants held at one time, in GiB, looked at until the process ends.

    What they share is counted for each of them, so it is never more than this.
    """
    peak = 0
    while process.is_alive():
        peak = max(peak, sum(map(_resident, _family(process.pid or 0))))
        time.sleep(0.02)
    return peak / 2**30


def resident(told: str) -> int:
    """Bytes in memory of the process, and its children, that has this among its arguments."""
    started = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdecimal() and told in _arguments(each)]
    return sum(map(_resident, _family(min(started))))


def _arguments(process: Path) -> str:
    try:
        return (process / "cmdline").read_text().replace("\0", " ")
    except OSError:
        return ""


def _family(pid: int) -> list[int]:
    try:
        children = [int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()]
    except OSError:
        return []
    return [pid, *(each for child in children for each in _family(child))]


def _resident(pid: int) -> int:
    """Bytes in memory; none of a process that has just ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (OSError, IndexError):
        return 0


class Bystander(threading.Thread):
    """A thread that wants a millisecond every ten: how late it is each time, in milliseconds."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self._over = threading.Event()
        self._late: list[float] = []

    def __enter__(self) -> "Bystander":
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._over.set()
        self.join()

    def run(self) -> None:
        while not self._over.is_set():
            due = time.perf_counter() + EVERY
            time.sleep(EVERY)
            worked = time.thread_time()
            while time.thread_time() < worked + WANTED:
                pass
            self._late.append(1000 * (time.perf_counter() - due - WANTED))

    def waited(self) -> tuple[float, float]:
        """The wait at the 95th percentile, and the longest."""
        return float(np.percentile(self._late, 95)), max(self._late)
