"""Measures how long a new release takes to be open for every audience, and how long readers of the old one wait meanwhile."""

import statistics
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

from tallinn.ask import ask
from tallinn.audience import Audience
from tallinn.founding import found
from tallinn.ingest.accept import bring_in
from tallinn.ingest.read import read
from tallinn.lake import Lake
from tallinn.releases import approve, prepare, publish, published
from tallinn.source import _kept
from tallinn.store import Store, open_store

INCIDENTS = 100_000
DONORS = ("CAN", "DNK", "EST", "FRA", "DEU", "ITA", "NLD", "NOR", "POL", "SWE", "GBR", "USA", "FIN")
ROLES = (Audience("public"), Audience("partner", "NLD"), Audience("staff"))
AUDIENCES = (*ROLES, Audience("partner"), *(Audience("partner", donor) for donor in DONORS if donor != "NLD"))
VISITORS = 2
"""Who come at the same moment, each of another audience."""
LABELS = ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT")


def main() -> int:
    """Fill a lake, open its release for one and for all, print."""
    with tempfile.TemporaryDirectory() as folder, Lake(Path(folder)) as lake:
        found(Path(folder))
        old = open_store(lake, Audience("public"), published(lake))
        bring_in(read("incidents.csv", incidents(INCIDENTS)), lake, author="benchmark", message="many incidents")
        publish(lake, approve(lake, prepare(lake, author="one", note="").id, author="two").id, author="one")
        roles, _waits = opened(lake, ROLES, old)
        _kept.clear()
        seconds, waits = opened(lake, AUDIENCES, old)
        print(
            f"open release incidents={INCIDENTS:,} public, partner and staff s={roles:.2f} "
            f"with each of {len(DONORS)} donors s={seconds:.2f} ratio={seconds / roles:.1f} "
            f"readers of the old one wait p50={statistics.median(waits) * 1000:.0f} ms max={max(waits) * 1000:.0f} ms"
        )
    return 0


def opened(lake: Lake, audiences: tuple[Audience, ...], old: Store) -> tuple[float, list[float]]:
    """Seconds until the release is open for all of them, and what readers of the old one waited for each answer."""
    waits: list[float] = []
    done = threading.Event()
    reader = threading.Thread(target=_read, args=(old, waits, done))
    reader.start()
    began = time.perf_counter()
    with ThreadPoolExecutor(VISITORS) as visitors:
        stores = list(visitors.map(partial(_opened, lake.directory), audiences))
    seconds = time.perf_counter() - began
    done.set()
    reader.join()
    for store in stores:
        store.connection.close()
    return seconds, waits


def _opened(directory: Path, audience: Audience) -> Store:
    """As the first visitor of this audience opens it."""
    with Lake(directory) as lake:
        return open_store(lake, audience, published(lake))


def _read(store: Store, waits: list[float], done: threading.Event) -> None:
    while not done.is_set():
        began = time.perf_counter()
        ask(store, "headline")
        waits.append(time.perf_counter() - began)
        time.sleep(0.01)


def incidents(many: int, first: int = 0) -> bytes:
    """So many incidents of ten years, numbered from the first, as a CSV file in the form of the template."""
    header = "incident_id,name,date,sector,type,target,impact,tlp,source_url"
    rows = (
        f"B-{n},Incident {n},{2015 + n % 10}-{n % 12 + 1:02d}-{n % 28 + 1:02d},Energy,phishing,Target {n},Impact {n},{LABELS[n % 4]},https://example.org/{n}"
        for n in range(first, first + many)
    )
    return "\n".join([header, *rows]).encode()


if __name__ == "__main__":
    sys.exit(main())
