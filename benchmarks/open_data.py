"""Measures the open data over HTTP with wrk, alone and while sessions use the dashboard in the same process; prints one line per case.

wrk runs on the same machine and takes a good part of it, so the figures are what is left of one process beside it.
"""

import asyncio
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.serving import ROOT, served
from benchmarks.session import Session
from tallinn.founding import found
from tallinn.ingest.accept import bring_in
from tallinn.ingest.read import read
from tallinn.lake import Lake
from tallinn.releases import approve, prepare, publish

INCIDENTS = 40_000
SESSIONS = 20
CONNECTIONS = 50
SECONDS = 3
ROUNDS = 3
READERS = {"that look at each page for a second": 1.0, "that ask again at once": 0.0}
PATHS = ("/summary", "/open-data/headline.json", "/open-data/incidents.csv")
_RATE = re.compile(r"Requests/sec:\s+([\d.]+)")
_LATENCY = re.compile(r"^\s+(50|99)%\s+([\d.]+)(us|ms|s|m)\s*$", re.MULTILINE)
_FAILED = re.compile(r"Non-2xx or 3xx responses: (\d+)|Socket errors: (.*)")
_MILLISECONDS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


@dataclass(frozen=True)
class Load:
    """What wrk saw: requests a second, and milliseconds for half and for all but one of a hundred requests."""

    rate: float
    half: float
    most: float


def main() -> int:
    """Start the server on a lake of its own, measure, print."""
    if shutil.which("wrk") is None:
        print("The benchmark of the open data needs wrk. Install the package: apt-get install wrk", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as folder:
        lake = Path(folder) / "lake"
        fill(lake)
        with served(ROOT / "server.py", environment={"TALLINN_LAKE": str(lake)}) as port:
            started = time.perf_counter()
            size = len(fetched(port, PATHS[-1]))
            print(f"open data ready after start s={time.perf_counter() - started:.1f} largest csv={size / 1e6:.1f} MB", flush=True)
            asyncio.run(measure(port))
    return 0


def fill(directory: Path) -> None:
    """The default data, many incidents beside them, and a release of both."""
    found(directory)
    head = "incident_id,date,name,target,sector,type,impact,source_url,tlp\n"
    rows = (
        f"B-{n},20{22 + n % 4}-{n % 12 + 1:02}-{n % 28 + 1:02},Incident {n},Target {n % 500},Energy,phishing,"
        f"Nothing is known of the {n}th,https://example.org/{n},TLP:CLEAR\n"
        for n in range(INCIDENTS)
    )
    with Lake(directory) as lake:
        bring_in(read("incidents.csv", (head + "".join(rows)).encode()), lake, author="benchmark")
        release = approve(lake, prepare(lake, author="benchmark", note="").id, author="second person")
        publish(lake, release.id, author="benchmark")


def fetched(port: int, path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=180) as reply:
        content: bytes = reply.read()
        return content


async def measure(port: int) -> None:
    """Rounds of: the files alone, the dashboard alone, both at once. The median counts, because machines are noisy."""
    sessions = [await Session.open(port) for _ in range(SESSIONS)]
    await asyncio.gather(*(session.run() for session in sessions))
    for path in PATHS:
        alone = [await wrk(port, path) for _ in range(ROUNDS)]
        tell(path, "alone", alone)
        for name, pause in READERS.items():
            await side_by_side(port, path, alone, sessions, name, pause)


async def side_by_side(port: int, path: str, alone: list[Load], sessions: list[Session], name: str, pause: float) -> None:
    """The lines for readers who pause so long between pages."""
    beside, pages_alone, pages_beside = [], [], []
    for _ in range(ROUNDS):
        pages_alone.append(await page_runs(sessions, pause, asyncio.sleep(SECONDS)))
        load = asyncio.create_task(wrk(port, path))
        pages_beside.append(await page_runs(sessions, pause, load))
        beside.append(load.result())
    tell(path, f"beside {SESSIONS} sessions {name}", beside)
    rates = statistics.median(load.rate for load in beside) / statistics.median(load.rate for load in alone)
    pages, busy = statistics.median(pages_alone), statistics.median(pages_beside)
    told = f"  files beside/alone={rates:.2f}; pages alone {pages:.1f} runs/s, beside {busy:.1f} runs/s, beside/alone={busy / pages:.2f}"
    print(told, flush=True)


async def page_runs(sessions: list[Session], pause: float, during: Awaitable[object]) -> float:
    """Page runs a second of all sessions until `during` has ended."""
    ended = asyncio.ensure_future(during)
    started, before = time.perf_counter(), sum(session.runs for session in sessions)
    await asyncio.gather(*(again_until(session, pause, ended) for session in sessions))
    return (sum(session.runs for session in sessions) - before) / (time.perf_counter() - started)


async def again_until(session: Session, pause: float, ended: "asyncio.Future[object]") -> None:
    await asyncio.sleep(random.uniform(0, pause))
    while not ended.done():
        await session.run()
        await asyncio.sleep(pause)


async def wrk(port: int, path: str) -> Load:
    """One measurement, as a browser asks: compressed. Raises RuntimeError where a request fails."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "--latency", "-H", "Accept-Encoding: gzip"]
    process = await asyncio.create_subprocess_exec(*command, f"http://127.0.0.1:{port}{path}", stdout=subprocess.PIPE)
    text = (await process.communicate())[0].decode()
    rate = _RATE.search(text)
    if rate is None or _FAILED.search(text):
        raise RuntimeError(text)
    times = {share: float(value) * _MILLISECONDS[unit] for share, value, unit in _LATENCY.findall(text)}
    return Load(float(rate[1]), times["50"], times["99"])


def tell(path: str, when: str, loads: list[Load]) -> None:
    rate, half, most = (statistics.median(getattr(load, name) for load in loads) for name in ("rate", "half", "most"))
    print(f"{path} {when}: {rate:.0f} requests/s p50={half:.1f} ms p99={most:.1f} ms", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
