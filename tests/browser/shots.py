"""Full-length pictures of every page, wide and narrow, light and dark: python tests/browser/shots.py OUTDIR [--lake DIR] [PATH …]."""

import argparse
import sys
import tempfile
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from playwright.sync_api import sync_playwright

from benchmarks.serving import served
from tallinn.cli.local import configured, provider
from tests.browser.visit import NARROW, ROOT, STAFF, WIDE, chromium, launch, signed_in, visiting

SIZES = {"wide": WIDE, "narrow": NARROW}
SCHEMES = ("light", "dark")


def main(folder: Path, wanted: list[str], lake: Path | None, locale: str) -> None:
    """Save FOLDER/<page>-<size>-<scheme>.png, served from `lake` or a new one; paths such as /projects?scope=related choose pages."""
    executable = chromium()
    if executable is None:
        sys.exit("no Chromium on this machine; .ci/chromium gets one")
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as new,
        provider() as issuer,
        served(ROOT / "server.py", environment=environment(issuer, Path(new), lake)) as port,
        sync_playwright() as playwright,
    ):
        browser = launch(playwright, executable)
        address = f"http://127.0.0.1:{port}"
        state = signed_in(browser, address, STAFF)
        if not wanted:
            with visiting(browser, address, state=state) as visitor:
                wanted = visitor.open().pages()
        for (size, width), scheme in product(SIZES.items(), SCHEMES):
            with visiting(browser, address, width=width, scheme=scheme, state=state, locale=locale) as visitor:
                for path in wanted:
                    visitor.open(path).unfold().tab.screenshot(path=folder / f"{name(path)}-{size}-{scheme}.png")
                    for complaint in visitor.complaints + visitor.errors() + visitor.too_wide():
                        print(f"{path} {size} {scheme}: {complaint}")
                    visitor.resize(width)
        browser.close()


def environment(issuer: str, folder: Path, lake: Path | None) -> dict[str, str]:
    """Settings of a server on a lake, at which the staff can sign in."""
    config = folder / "config.toml"
    config.write_text(configured(issuer, "127.0.0.1"), encoding="utf-8")
    return {"TALLINN_LAKE": str(lake or folder / "lake"), "TALLINN_CONFIG": str(config)}


def name(path: str) -> str:
    """A file name for a path: / is start, the rest is spelled with hyphens."""
    return "".join(sign if sign.isalnum() else "-" for sign in path.strip("/")) or "start"


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--lang", default="en-GB", help="what the browser prefers, such as uk")
    parser.add_argument("--lake", type=Path, help="such as the one of the demonstration")
    options = parser.parse_intermixed_args()
    main(options.folder, options.paths, options.lake, options.lang)
