"""One case by its number: every second a table of known truth, the others files broken on purpose."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

from tallinn.giveback import template
from tallinn.lake import Change, Lake
from tallinn.lake_tables import records
from tallinn.settings import ROOT
from tests.fuzz.judge import Verdict, judged, survived
from tests.fuzz.mutations import mutated
from tests.fuzz.tables import table
from tests.ingest import iati_files
from tests.lakes import quickly_opened

SAMPLES = ROOT.parent / "shared" / "samples"
LARGEST = 2**20
"""Larger samples are broken no otherwise, only slower."""
Source = tuple[str, bytes]


@dataclass(frozen=True)
class Case:
    """A file, how it is judged, and how many rows it has, where its truth is known."""

    number: int
    name: str
    content: bytes
    verdict: Callable[[Lake], Verdict]
    rows: int = 0


def seeds() -> list[Source]:
    """The files that are broken: our templates, an IATI file and, where they are, the samples of other publishers."""
    ours = [("contributions.xlsx", template("contributions")), ("activities.xml", iati_files.file(iati_files.activity()))]
    real = sorted(SAMPLES.iterdir()) if SAMPLES.is_dir() else []
    return [
        *ours,
        *((path.name, path.read_bytes()) for path in real if path.is_file() and 0 < path.stat().st_size < LARGEST and _is_sheet(path)),
    ]


def _is_sheet(path: Path) -> bool:
    return path.suffix.lower() in (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv", ".xml")


@contextmanager
def scratch() -> Iterator[Lake]:
    """An empty lake that is gone afterwards."""
    with tempfile.TemporaryDirectory() as directory, quickly_opened(), Lake(Path(directory) / "lake") as lake:
        founded = Change("founding", None, [], records("founding", [{"founded_at": datetime(2025, 1, 1)}]))
        lake.commit([founded], author="fuzz", message="An empty lake", since=lake.snapshot())
        yield lake


def case(number: int, sources: Sequence[Source]) -> Case:
    chance = Random(number)
    if number % 2 == 0:
        made = table(chance)
        return Case(number, made.name, made.content, partial(judged, made), len(made.truth))
    name, content = chance.choice([*sources, *[_made(chance)] * 3])
    broken = mutated(content, chance)
    return Case(number, name, broken, partial(survived, name, broken))


def _made(chance: Random) -> Source:
    made = table(chance)
    return made.name, made.content
