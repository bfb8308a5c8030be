"""Measures how fast files become rows: a workbook against pandas with openpyxl, a large CSV against DuckDB's own reader, a preview.

Each case prints one line with the ratio of two times taken in this run, because machines are noisy. All rows are made up.
"""

import csv
import io
import multiprocessing
import random
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas as pd

from benchmarks.watching import Bystander, peak_memory
from tallinn.datasets import datasets
from tallinn.effect import effect
from tallinn.ingest import read as reading
from tallinn.ingest.accept import accept, bring_in
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.read import read, read_path
from tallinn.ingest.submission import understand
from tallinn.lake import Lake

COLUMNS = ["Contribution ID", "Donor", "Stage", "Amount", "Currency", "Value date", "Purpose", "Channel", "Note", "TLP label"]
DECIDED = Decisions(constants={"within_mechanism": "yes"})


def main() -> None:
    """All cases, each on a lake of its own."""
    with tempfile.TemporaryDirectory() as folder:
        workbook_to_preview(Path(folder))
        million_incidents(Path(folder))
        preview_against_a_full_lake(Path(folder))


def workbook_to_preview(folder: Path) -> None:
    """A workbook of 50,000 rows and 10 columns, from bytes to all that a preview shows, against pandas reading its cells."""
    content = workbook(50_000)
    with Lake(folder / "workbook") as lake:
        warm_up(lake)
        ours, submission = timed(lambda: understand(read("a.xlsx", content), lake, decisions=DECIDED))
        assert (submission.rows_accepted, submission.rows_held) == (50_000, 0)
    theirs, _frame = timed(lambda: pd.read_excel(io.BytesIO(content), engine="openpyxl"))
    print(f"ingest xlsx 50,000 x 10 to preview s={ours:.2f} pandas+openpyxl reads s={theirs:.2f} ratio={theirs / ours:.1f}", flush=True)


def million_incidents(folder: Path) -> None:
    """A CSV of a million incidents, from bytes to commit, against DuckDB's reader putting it into a table, before and after.

    It is taken in by a process of its own, so that the memory counted is what this takes.
    """
    path = folder / "incidents.csv"
    write_incidents(path, 1_000_000)
    before = into_a_table(path)
    context = multiprocessing.get_context("spawn")
    answers = context.SimpleQueue()
    process = context.Process(target=take_in, args=(path, folder / "incidents", answers))
    process.start()
    peak = peak_memory(process)
    ours, (p95, longest) = answers.get()
    theirs = (before + into_a_table(path)) / 2
    line = f"ingest csv 1,000,000 to commit s={ours:.2f} duckdb read_csv s={theirs:.2f} ratio={ours / theirs:.1f}"
    print(f"{line} peak of all processes GiB={peak:.2f}", flush=True)
    print(f"ingest others wait p95={p95:.1f} ms max={longest:.0f} ms during an upload", flush=True)


def into_a_table(path: Path) -> float:
    """Seconds that DuckDB takes to read a CSV into a table."""
    with duckdb.connect() as connection:
        return timed(lambda: connection.execute(f"CREATE TABLE incidents AS SELECT * FROM read_csv('{path}')"))[0]


def take_in(path: Path, folder: Path, answers: "multiprocessing.SimpleQueue[tuple[float, tuple[float, float]]]") -> None:
    """Takes the file into a lake, and then into another while a second thread is at work; answers seconds and how long that waited."""
    # The limit is for what strangers send; this is larger.
    reading.MAX_FILE_BYTES = 2**30
    with Lake(folder / "first") as lake:
        warm_up(lake)
        ours, _receipt = timed(lambda: incidents_committed(path, lake))
    with Lake(folder / "second") as lake, Bystander() as bystander:
        incidents_committed(path, lake)
    answers.put((ours, bystander.waited()))


def incidents_committed(path: Path, lake: Lake) -> None:
    receipt = accept(understand(read_path(path), lake), lake, author="bench", message="incidents")
    assert receipt.submission.rows_accepted == 1_000_000


def warm_up(lake: Lake) -> None:
    """A server has its words and rates in memory before the first file comes."""
    understand(read("first.xlsx", workbook(10)), lake, decisions=DECIDED)


def preview_against_a_full_lake(folder: Path) -> None:
    """What a small file would change in a lake of 100,000 contributions, with its effect on the headline."""
    with Lake(folder / "full") as lake:
        bring_in(read("full.xlsx", workbook(100_000)), lake, author="bench", decisions=DECIDED)
        small = workbook(100, seed=8)
        seconds, moves = timed(lambda: effect(understand(read("small.xlsx", small), lake, decisions=DECIDED), lake))
        print(f"ingest preview of 100 rows against 100,000 s={seconds:.2f} moves={len(moves)}", flush=True)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


def workbook(rows: int, seed: int = 7) -> bytes:
    """Contributions in the form of the template, made up; another seed says something else under the same keys."""
    chance = random.Random(seed)
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Contributions")
    sheet.append(COLUMNS)
    for number in range(rows):
        day = date(2022, 1, 1) + timedelta(days=chance.randrange(1200))
        amount = chance.randrange(1_000, 9_000_000) / 100
        purpose = f"Training course {chance.randrange(5_000)}"
        sheet.append([f"B-{number}", "EST", "Commitment", amount, "EUR", day, purpose, "Agency", f"made up {number}", "TLP:CLEAR"])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def write_incidents(path: Path, rows: int) -> None:
    """An event list as a security operations centre exports it, made up."""
    chance = random.Random(7)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(datasets()["incidents"].names)
        for number in range(rows):
            day = date(2022, 1, 1) + timedelta(days=chance.randrange(1400))
            kind, sector = chance.choice(["phishing", "wiper", "DDoS", "malware"]), chance.choice(["Energy", "Government", "Finance"])
            what = [f"{kind} against {sector} {number % 9973}", "operator", sector, kind, chance.choice(["low", "high"]), "", "no service"]
            writer.writerow([f"I-{number:07d}", day.isoformat(), *what, "https://example.org/a", "CERT", "2025", "", "TLP:CLEAR"])


if __name__ == "__main__":
    main()
