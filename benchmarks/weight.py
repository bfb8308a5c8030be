"""What a first visit brings over the network, and when its first chart stands, beside an almost empty Streamlit page with one chart.

In a real Chromium without anything kept; `CHROMIUM` names one. Prints bytes as sent (compressed) and the ratios of each pair.
"""

import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from benchmarks.serving import ROOT, served, wait_until_ready

PAGES = ("/", "/funding", "/projects", "/cyberattacks", "/donor?donor=SWE")
TIMES = 5
DRAWN = "() => [...document.querySelectorAll('[data-testid=\"stPlotlyChart\"] .main-svg')].length > 0"
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]


def main() -> None:
    """Serve both, visit them in turn, print."""
    bare = Path(__file__).with_name("bare")
    with (
        tempfile.TemporaryDirectory() as lake,
        served(bare / "one_chart.py", folder=bare, environment={}) as empty,
        served(ROOT / "server.py", environment={"TALLINN_LAKE": lake}) as ours,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS)
        wait_until_ready(ours)
        for port in (empty, ours):
            visited(browser, port, "/")
        for page in PAGES:
            pairs = [(visited(browser, empty, "/"), visited(browser, ours, page)) for _time in range(TIMES)]
            (weight, seconds), (own_weight, own_seconds) = (
                tuple(statistics.median(each[at] for each in side) for at in range(2)) for side in zip(*pairs, strict=True)
            )
            print(
                f"weight {page} MB={own_weight / 1e6:.2f} of empty={weight / 1e6:.2f} ratio={own_weight / weight:.2f}; "
                f"first chart s={own_seconds:.2f} of empty={seconds:.2f} ratio={own_seconds / seconds:.2f}",
                flush=True,
            )


def visited(browser: Browser, port: int, path: str) -> tuple[int, float]:
    """Bytes on the network and seconds until the first chart is drawn, in a browser that has never been here."""
    context = browser.new_context()
    tab = context.new_page()
    network = context.new_cdp_session(tab)
    received = 0

    def add(length: float) -> None:
        nonlocal received
        received += int(length)

    network.on("Network.loadingFinished", lambda event: add(event["encodedDataLength"]))
    network.on("Network.webSocketFrameReceived", lambda event: add(len(event["response"]["payloadData"]) * 3 / 4))
    network.send("Network.enable")
    began = time.perf_counter()
    tab.goto(f"http://127.0.0.1:{port}{path}")
    tab.wait_for_function(DRAWN, timeout=60_000)
    taken = time.perf_counter() - began
    tab.wait_for_timeout(300)
    context.close()
    return received, taken


if __name__ == "__main__":
    main()
