"""A visit with a headless Chromium: what it shows, and whatever the browser complains about."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response, StorageState

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STAFF = "olena@office.example"
WIDE = 1280
NARROW = 390
HEIGHTS = {WIDE: 900, NARROW: 844}
HERE = {"127.0.0.1", "localhost"}
MILLISECONDS = 30_000

FINISHED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = document.querySelector('[data-testid="stMain"]');
    return app?.dataset.testScriptState === 'notRunning' && app?.dataset.testConnectionState === 'CONNECTED'
        && main?.querySelector('[data-testid="stElementContainer"]') && !main.querySelector('[data-testid="stSkeleton"]')
        && [...main.querySelectorAll('[data-testid="stPlotlyChart"]')]
            .every(chart => !chart.checkVisibility() || chart.querySelector('.main-svg'));
}"""
OVERHANG = """() => {
    const boxes = [document.documentElement, document.querySelector('[data-testid="stMain"]')];
    if (boxes.every(box => box.scrollWidth <= box.clientWidth)) return [];
    return [...boxes[1].querySelectorAll('*')]
        .filter(element => element.checkVisibility() && element.getBoundingClientRect().right > window.innerWidth + 1)
        .slice(0, 3).map(element => `${element.tagName} ${element.textContent.slice(0, 60)}`).concat('scrolls sideways');
}"""
COVERED = """() => [...document.querySelectorAll('[data-testid="stMain"] .js-plotly-plot')].filter(chart => {
    const legend = chart.querySelector('.legend');
    return legend && chart.checkVisibility()
        && legend.getBoundingClientRect().bottom > chart.getBoundingClientRect().top + chart._fullLayout._size.t + 1;
}).map(chart => [...chart.querySelectorAll('.legendtext')].map(text => text.textContent).join(', '))"""
NEEDED_HEIGHT = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    return Math.ceil(main.scrollHeight + window.innerHeight - main.clientHeight);
}"""
CHOSEN = """() => [
    ...[...document.querySelectorAll('[data-testid="stMain"] [data-tag], [data-testid="stMain"] [role="radio"][aria-checked="true"]')]
        .filter(found => found.checkVisibility()).map(found => found.textContent),
    ...[...document.querySelectorAll('[data-testid="stTextInputField"]')].map(field => field.value),
]"""
LINKS = '[data-testid="stSidebarNavLink"]'
ERRORS = '[data-testid="stException"], [data-testid="stAlertContentError"]'


@dataclass
class Visit:
    """One tab. `complaints` fills while it is used."""

    tab: Page
    address: str
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str = "/") -> "Visit":
        """Go to a page of the dashboard, complaints forgotten, and wait until it is complete."""
        self.complaints.clear()
        self.tab.goto(self.address + path)
        return self.wait()

    def wait(self) -> "Visit":
        """Until the run has finished and each visible chart is drawn."""
        self.tab.wait_for_function(FINISHED, timeout=MILLISECONDS)
        return self

    def sign_in(self, person: str) -> "Visit":
        """By the button of the page and the provider's form; the browser comes back to the start page."""
        return self.come_back(person).wait()

    def come_back(self, person: str) -> "Visit":
        """The same, without waiting until the start page is complete."""
        self.open("/account")
        self.tab.get_by_test_id("stMain").get_by_role("button", name="Sign in").click()
        self.tab.get_by_role("button", name=person).click()
        self.tab.wait_for_url(f"{self.address}/")
        return self

    def pages(self) -> list[str]:
        """The paths of all pages, read from the navigation as a phone has it: there no section is folded."""
        before = self.tab.viewport_size or {"width": WIDE, "height": HEIGHTS[WIDE]}
        self.resize(NARROW)
        self.tab.locator(LINKS).first.wait_for(state="attached")
        links = self.tab.locator(LINKS).evaluate_all("links => links.map(link => new URL(link.href).pathname)")
        self.tab.set_viewport_size(before)
        return list(dict.fromkeys(links))

    def errors(self) -> list[str]:
        """The error boxes on the page."""
        return [text.strip() for text in self.tab.locator(ERRORS).all_inner_texts()]

    def charts(self) -> int:
        return self.tab.locator('[data-testid="stPlotlyChart"]:visible').count()

    def drawn(self) -> int:
        return self.tab.locator('[data-testid="stPlotlyChart"]:visible .main-svg').count()

    def chosen(self) -> list[str]:
        """What the filters of the page are set to."""
        return [str(words).strip() for words in self.tab.evaluate(CHOSEN)]

    def follow(self, path: str) -> "Visit":
        """Go to another page by its link in the navigation, as a phone has it: there no section is folded."""
        before = self.tab.viewport_size or {"width": WIDE, "height": HEIGHTS[WIDE]}
        self.resize(NARROW)
        self.tab.locator(LINKS).and_(self.tab.locator(f'a[href$="{path}"]')).first.dispatch_event("click")
        self.tab.wait_for_url(lambda address: urlsplit(address).path == path)
        self.tab.set_viewport_size(before)
        return self.wait()

    def too_wide(self) -> list[str]:
        """What makes the page scroll sideways: the first elements that reach beyond the window, with their text."""
        return [str(found) for found in self.tab.evaluate(OVERHANG)]

    def covered(self) -> list[str]:
        """The legends that lie on what is drawn, by their words."""
        return [str(found) for found in self.tab.evaluate(COVERED)]

    def resize(self, width: int) -> "Visit":
        """Make the window this wide, and usually high."""
        self.tab.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
        return self.wait()

    def unfold(self) -> "Visit":
        """Make the window as high as the page, which scrolls inside a box of its own."""
        width = (self.tab.viewport_size or {"width": WIDE})["width"]
        self.tab.set_viewport_size({"width": width, "height": int(self.tab.evaluate(NEEDED_HEIGHT))})
        return self.wait()

    def hear_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text}")

    def hear_error(self, error: Exception) -> None:
        self.complaints.append(f"script: {error}")

    def hear_request(self, request: Request) -> None:
        target = urlsplit(request.url)
        if target.scheme not in {"data", "blob"} and target.hostname not in HERE:
            self.complaints.append(f"request to another machine: {request.url}")

    def hear_failure(self, request: Request) -> None:
        self.complaints.append(f"request failed: {request.url} ({request.failure})")

    def hear_response(self, response: Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"answer {response.status}: {response.url}")


_rested: dict[str, list[BrowserContext]] = {}
"""Contexts by language that nobody visits with: they have the scripts of the dashboard at hand, which a new one reads for two seconds."""


@contextmanager
def visiting(
    browser: Browser,
    address: str,
    *,
    width: int = WIDE,
    scheme: str = "light",
    state: StorageState | None = None,
    locale: str = "en-GB",
) -> Iterator[Visit]:
    """A tab with nothing remembered but `state`, this wide, for a reader who prefers this colour scheme and language."""
    rested = _rested.setdefault(locale, [])
    context = rested.pop() if rested else browser.new_context(locale=locale, reduced_motion="reduce")
    context.add_cookies(list(state["cookies"]) if state else [])  # type: ignore[arg-type]
    tab = context.new_page()
    tab.set_viewport_size({"width": width, "height": HEIGHTS.get(width, 900)})
    tab.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    visit = Visit(tab, address)
    tab.on("console", visit.hear_console)
    tab.on("pageerror", visit.hear_error)
    tab.on("request", visit.hear_request)
    tab.on("requestfailed", visit.hear_failure)
    tab.on("response", visit.hear_response)
    try:
        yield visit
    finally:
        tab.evaluate("() => { localStorage.clear(); sessionStorage.clear(); }")
        for page in context.pages:
            page.close()
        context.clear_cookies()
        rested.append(context)


def signed_in(browser: Browser, address: str, person: str) -> StorageState:
    """The cookies of this person after signing in at the provider."""
    with visiting(browser, address) as visitor:
        return visitor.come_back(person).tab.context.storage_state()


def launch(playwright: Playwright, executable: str) -> Browser:
    return playwright.chromium.launch(executable_path=executable, args=FLAGS)


def chromium() -> str | None:
    """The path of a Chromium that is on this machine; $CHROMIUM comes first."""
    if path := os.environ.get("CHROMIUM"):
        return path
    found = subprocess.run([ROOT / ".ci" / "chromium", "find"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or None
