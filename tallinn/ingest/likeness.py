"""Which dataset a sheet looks like, and where its header stands."""

from collections.abc import Sequence
from dataclasses import dataclass

from tallinn.datasets import Dataset, datasets
from tallinn.ingest.decisions import Decisions, Remembered
from tallinn.ingest.headers import Header, header_at, meaning_of, plain
from tallinn.ingest.sheets import Sheet

HEADER_WITHIN_ROWS = 40
FEWEST = 2
"""Columns that must be known before a row is taken for a header by itself: one word, such as “Commitment”, may stand in any row."""
WIDEST = 1_000
"""Texts of a row beyond which it is no header: comparing thousands of them with the names of all datasets would take too long."""
NEARLY_ALL = 0.75
"""Where no header is known, the header is the first row with nearly as many texts as the row with most of them."""
GUIDANCE = ("Read me", "Lists", "Findings")


@dataclass(frozen=True)
class Place:
    """A dataset that a sheet may be, the header that it would have, and the share of its texts that are known (0: none is)."""

    score: float
    header: Header
    dataset: Dataset


@dataclass(frozen=True)
class Likeness:
    """What a sheet that was not recognised looks like: the likeliest dataset, its headers, and the required columns that it lacks."""

    dataset: Dataset
    header_row: int
    headers: tuple[str, ...]
    missing: tuple[str, ...]


def likeness(sheet: Sheet) -> Likeness | None:
    """The best guess about a sheet that is not recognised; None for one without any text."""
    found = best_place(sheet, list(datasets().values()))
    if found is None:
        return None
    header, dataset = found.header, found.dataset
    if found.score == 0:
        return Likeness(dataset, header.last, header.texts, ())
    known = {name for text in header.texts if (name := meaning_of(text, dataset)[0])}
    missing = tuple(field.title for field in dataset.fields if field.required and field.name not in {*known, dataset.key})
    return Likeness(dataset, header.last, header.texts, missing)


def is_guidance(sheet: Sheet) -> bool:
    """Whether this is a sheet of ours that explains, and holds no data: of a template, or of a workbook given back with its findings."""
    first, second = sheet.cell(1, 0), sheet.cell(2, 0)
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    return first.partition(":")[0] in GUIDANCE and second.startswith(("Tallinn Mechanism template", "Tallinn Mechanism findings"))


def names_itself(header: Header, dataset: Dataset) -> bool:
    """Whether a header is that of our own form for a dataset: its key, and nothing that is not one of its columns."""
    meanings = [meaning_of(text, dataset) for text in header.texts]
    return (dataset.key, "name") in meanings and all(name for name, _reason in meanings)


def best_place(
    sheet: Sheet,
    candidates: Sequence[Dataset],
    decisions: Decisions = Decisions(),  # noqa: B008 - frozen
    remembered: Sequence[Remembered] = (),
) -> Place | None:
    """The likeliest header and dataset; the likeliest header where no text is known; None for a sheet without any text."""
    chosen = decisions.header_row
    rows = range(1, min(sheet.height, HEADER_WITHIN_ROWS) + 1) if chosen is None else range(chosen, min(sheet.height, chosen) + 1)
    headers = [header for number in rows if 0 < len((header := header_at(sheet, number)).texts) <= WIDEST or chosen]
    places = [Place(_score(header, dataset, decisions, remembered), header, dataset) for header in headers for dataset in candidates]
    known = max(places, key=lambda place: place.score, default=None)
    if known is None or known.score:
        return known
    most = max(len(header.texts) for header in headers)
    return next(place for place in places if len(place.header.texts) >= NEARLY_ALL * most)


def _score(header: Header, dataset: Dataset, decisions: Decisions, remembered: Sequence[Remembered]) -> float:
    """The share of the texts that mean a field, a little more for more of them; nothing without what tells this dataset from others."""
    memory = {each.header for each in remembered if each.dataset == dataset.name}
    meanings = {text: meaning_of(text, dataset) for text in header.texts}
    known = {text: name for text, (name, _reason) in meanings.items()}
    fields = {name for name in known.values() if name}
    has_key = (dataset.key, "name") in meanings.values()
    given = {text for text in header.texts if text in decisions.columns or text in decisions.ignored or plain(text) in memory}
    hits = len(fields) + len(given - {text for text, name in known.items() if name})
    by_itself = len(fields) >= FEWEST and (has_key or set(dataset.telling) <= fields)
    telling = given or by_itself or (decisions.dataset and len(fields) >= FEWEST)
    return min(1.0, hits / len(header.texts)) + hits / 1000 if telling and hits else 0.0
