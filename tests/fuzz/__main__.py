"""`python -m tests.fuzz [--minutes 10] [--seed 0] [--out DIR]`: tables of known truth, and broken files, until the time is over.

Each case is made by its number alone, so one that fails is made again by `--only NUMBER`. Ends with 1 if anything was found.
"""

import argparse
import sys
import tempfile
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from tallinn.lake import Lake
from tests.fuzz.cases import Case, case, scratch, seeds
from tests.fuzz.judge import Verdict


def main() -> int:
    options = _options()
    until = time.monotonic() + 60 * options.minutes
    found = tried = rows = taken = 0
    sources = seeds()
    with scratch() as lake:
        for number in _numbers(options.only, options.seed, options.step, until):
            each = case(number, sources)
            verdict = _verdict(each, lake)
            tried, rows, taken = tried + 1, rows + each.rows, taken + verdict.taken
            for problem in verdict.wrong:
                found += 1
                _keep(each, problem, options.out)
    print(f"{tried} files tried, {found} found wrong; of {rows} rows of known truth {taken} were taken, the others asked back")
    return int(found > 0)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0, help="the number of the first case")
    parser.add_argument("--step", type=int, default=1, help="so that several processes share the cases")
    parser.add_argument("--only", type=int, help="this case alone")
    parser.add_argument(
        "--out", type=Path, default=Path(tempfile.gettempdir()) / "tallinn-fuzz", help="where files that were found wrong are kept"
    )
    return parser.parse_args()


def _numbers(only: int | None, seed: int, step: int, until: float) -> Iterator[int]:
    if only is not None:
        yield only
        return
    while time.monotonic() < until:
        yield seed
        seed += step


def _verdict(each: Case, lake: Lake) -> Verdict:
    try:
        return each.verdict(lake)
    except Exception:  # noqa: BLE001 - what must not happen, whatever it is
        return Verdict((traceback.format_exc(),))


def _keep(each: Case, problem: str, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    path = out / f"{each.number}-{each.name}"
    path.write_bytes(each.content)
    print(f"case {each.number} ({path}): {problem}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
