"""Measures our server and the naive twin side by side; prints one line per case.

Both serve real sessions over the websocket at the same time of day: rounds alternate between the two and the median counts, because
machines are noisy. A run counts when its last message has arrived.
"""

import asyncio
import os
import statistics
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from streamlit.proto.AppPage_pb2 import AppPage

from benchmarks.serving import ROOT, served
from benchmarks.session import Session
from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.lake import Lake
from tallinn.releases import published
from tallinn.store import open_store

NAIVE = ROOT / "benchmarks" / "naive"
SUMMARY = ("headline", "funding_over_time", "milestones", "project_status", "attacks_by_year", "members", "not_known")
"""What the Summary page asks."""
ROUNDS = 3
SESSIONS = (1, 10, 50)
SECONDS = 2
"""How long each session keeps asking in a round; every session finishes what it asked for."""
SWITCHES = 15
"""Times that each page is switched to."""


@dataclass
class Side:
    """One of the two servers, with its open sessions and what was measured."""

    name: str
    port: int
    sessions: list[Session] = field(default_factory=list)
    rates: dict[int, list[float]] = field(default_factory=dict)

    async def open(self) -> None:
        """All sessions, each with its first run behind it."""
        self.sessions = [await Session.open(self.port) for _ in range(max(SESSIONS))]
        await asyncio.gather(*(session.run() for session in self.sessions))

    async def measure(self, count: int) -> None:
        """Page runs a second with this many sessions asking again as soon as they are served."""
        started = time.perf_counter()
        runs = await asyncio.gather(*(self._repeat(session, started + SECONDS) for session in self.sessions[:count]))
        self.rates.setdefault(count, []).append(sum(runs) / (time.perf_counter() - started))

    async def _repeat(self, session: Session, until: float) -> int:
        before = session.runs
        while time.perf_counter() < until:
            await session.run()
        return session.runs - before


def main() -> None:
    """Start both servers on a lake of their own, measure, print."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        lake = Path(folder) / "lake"
        environment = {"TALLINN_LAKE": str(lake), "NAIVE_FIGURES": folder}
        started = time.perf_counter()
        our_port = stack.enter_context(served(ROOT / "server.py", environment=environment))
        print(f"start with an empty lake s={time.perf_counter() - started:.2f}", flush=True)
        first = asyncio.run(first_visit(our_port))
        print(f"first visit after start s={first:.2f}", flush=True)
        write_figures(lake, Path(folder))
        naive_port = stack.enter_context(served(NAIVE / "dashboard.py", folder=NAIVE, environment=environment))
        asyncio.run(compare(Side("ours", our_port), Side("naive", naive_port)))


def write_figures(lake: Path, folder: Path) -> None:
    """The answers of the Summary page as CSV files, for the naive twin."""
    with Lake(lake) as opened:
        store = open_store(opened, Audience("public"), published(opened))
    for name in SUMMARY:
        ask(store, name).rows.to_csv(folder / f"{name}.csv", index=False)


async def first_visit(port: int) -> float:
    """Seconds from a server that answers to the first finished page."""
    started = time.perf_counter()
    session = await Session.open(port)
    await session.run()
    seconds = time.perf_counter() - started
    await session.close()
    return seconds


async def compare(ours: Side, naive: Side) -> None:
    """The lines for page switches, then those for the Summary page."""
    await page_switches(ours)
    await ours.open()
    await naive.open()
    for _ in range(ROUNDS):
        for count in SESSIONS:
            await ours.measure(count)
            await naive.measure(count)
    for count in SESSIONS:
        fast, slow = statistics.median(ours.rates[count]), statistics.median(naive.rates[count])
        print(f"summary sessions={count} ours={fast:.1f} runs/s naive={slow:.1f} runs/s ratio={fast / slow:.1f}", flush=True)


async def page_switches(side: Side) -> None:
    """Milliseconds from asking for a page to its last message, one visitor going round all pages."""
    session = await Session.open(side.port)
    await session.run()
    times: dict[str, list[float]] = {page.page_name: [] for page in session.pages}
    for _ in range(SWITCHES):
        for page in session.pages:
            times[page.page_name].append(await switch(session, page))
    for name, taken in times.items():
        print(f'switch page="{name}" first={taken[0]:.0f} ms median={statistics.median(taken):.0f} ms', flush=True)
    await session.close()


async def switch(session: Session, page: AppPage, query: str = "") -> float:
    """Milliseconds from asking for a page, with these filters, to its last message."""
    started = time.perf_counter()
    await session.run(page, query)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    os.chdir(ROOT)
    main()
