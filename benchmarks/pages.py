"""Measures every page of the demonstration with many incidents besides: first run, changes of filters, and what 50 visitors hold in memory.

A release is as the public reads it. The first run of a page is the first of all since the release was opened: nothing is kept yet.
"""

import argparse
import asyncio
import os
import statistics
import tempfile
import time
from itertools import cycle, islice, pairwise
from pathlib import Path

from benchmarks.opening import incidents
from benchmarks.run import first_visit, switch
from benchmarks.serving import ROOT, served, wait_until_ready
from benchmarks.session import Session
from benchmarks.watching import resident
from tallinn.demonstration.fill import fill
from tallinn.ingest.accept import bring_in
from tallinn.ingest.read import read
from tallinn.lake import Lake
from tallinn.releases import approve, prepare, publish

DONORS = ("SWE", "EST", "NLD", "DEU", "POL", "NOR", "FIN", "ITA", "CAN", "USA", "FRA", "DNK", "GBR")
CHANGES = {
    "funding": ["scope=related", "scope=mechanism", *(f"donor={donor}" for donor in DONORS)],
    "projects": ["status=2", "status=4", "delivery=late", "category=training", *(f"donor={donor}" for donor in DONORS)],
    "cyberattacks": ["type=phishing", "type=ransomware", "sector=Energy", "sector=Health", "search=phase"],
    "donor": [f"donor={donor}" for donor in DONORS],
    "compare": [f"donor={one}&donor={other}" for one, other in pairwise(DONORS)],
    "project": [f"project=D-EST-{number:03d}" for number in range(1, 15)],
    "trends": [f"unit={unit}" for unit in ("day", "week", "month", "quarter", "year")],
    "flow": ["stage=disbursement", "stage=pledge", *(f"donor={donor}" for donor in DONORS)],
    "needs": ["category=training", "category=equipment"],
}
"""What a reader chooses on a page; a page without an entry has no filters."""
SESSIONS = 50
IN_A_FILE = 250_000
"""Incidents; a larger file is refused."""


def main() -> None:
    """Fill a lake, serve it, go round, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--incidents", type=int, default=1_000_000)
    wanted = parser.parse_args().incidents
    with tempfile.TemporaryDirectory() as folder:
        lake = Path(folder) / "lake"
        fill(lake, tell=lambda _text: None)
        with Lake(lake) as opened:
            for first in range(0, wanted, IN_A_FILE):
                many = incidents(min(IN_A_FILE, wanted - first), first)
                bring_in(read(f"incidents-{first}.csv", many), opened, author="benchmark", message="many incidents")
            publish(opened, approve(opened, prepare(opened, author="one", note="").id, author="two").id, author="one")
        with served(ROOT / "server.py", environment={"TALLINN_LAKE": str(lake)}) as port:
            asyncio.run(measured(port, wanted))


async def measured(port: int, wanted: int) -> None:
    """The lines of each page, then that of memory, once the server says that it is ready: until then its files are made beside it."""
    await asyncio.to_thread(wait_until_ready, port)
    print(f"pages incidents={wanted:,} first visit s={await first_visit(port):.2f}", flush=True)
    session = await Session.open(port)
    await session.run()
    changes = []
    for page in session.pages:
        first = await switch(session, page, next(iter(CHANGES.get(page.url_pathname, [])), ""))
        taken = [await switch(session, page, query) for query in CHANGES.get(page.url_pathname, [])[1:]]
        changes += taken
        told = f" change of filter median={statistics.median(taken):.0f} ms max={max(taken):.0f} ms" if taken else ""
        print(f'page "{page.url_pathname or "summary"}" first={first:.0f} ms{told}', flush=True)
    print(f"all changes of filters n={len(changes)} median={statistics.median(changes):.0f} ms", flush=True)
    visitors = [await Session.open(port) for _ in range(SESSIONS)]
    for visitor, page in zip(visitors, islice(cycle(session.pages), SESSIONS), strict=True):
        await visitor.run()
        await visitor.run(page)
    print(f"memory sessions={SESSIONS} GiB={resident(f'--server.port={port}') / 2**30:.2f}", flush=True)


if __name__ == "__main__":
    os.chdir(ROOT)
    began = time.perf_counter()
    main()
    print(f"measured in s={time.perf_counter() - began:.0f}")
