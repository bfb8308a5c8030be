"""An answer as its reader reads it: what its columns name is in the reader's language. Codes, keys and what others wrote stay as they are.

The one place where words of code lists, of countries and of the codes that queries make are translated. A query gives what is read in
columns that end in `_name` or `_country`, in `donor`, `donors` and `country`, and in those of OF_QUERIES.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from tallinn.ask import Answer
from tallinn.datasets import datasets
from tallinn.ingest.names import in_language
from tallinn.wording import _, later, period, unknown

SEPARATOR = "; "
CODES = {
    "all_rows": later("All rows on file"),
    "committed": later("Committed"),
    "pledges": later("Pledges, shown separately"),
    "payments": later("Payments of commitments already counted"),
    "not_stated": later("Not stated"),
    "several_categories": later("Several categories"),
    "several_years": later("Several years"),
    "no_date": later("No date"),
    "other": later("Other or not stated"),
    "own_report": later("the donor's own report"),
    "public_sources": later("public sources; the donor has not reported itself"),
    "euro": later("in euro"),
    "value date": later("value date"),
    "mean of the period": later("mean of the period"),
    "none": later("none"),
    "worth_a_look": later("Worth a look"),
    "for_information": later("For information"),
    "yes": later("Yes"),
    "no": later("No"),
    "others": later("Others together"),
    "several": later("Several"),
    "collected": later("Collected from many sources"),
    "same_kind_now": later("the same kind of support, and offered now"),
    "same_kind_later": later("the same kind of support, offered later"),
    "same_kind_no_date": later("the same kind of support; from when and until when is not stated"),
}
"""What queries and views say by a code of their own."""


def told(answer: Answer) -> Answer:
    """The same answer in the reader's language."""
    words = {name: how for name in map(str, answer.rows.columns) if (how := _how(answer.name, name))}
    rows = answer.rows.assign(**{name: _in_words(answer.rows[name], how) for name, how in words.items()})
    return replace(answer, question=_(answer.question), rows=rows)


def _how(query: str, column: str) -> Callable[[str], str] | None:
    """What makes words of a column; None for one that stays as it is."""
    found = OF_QUERIES.get((query, column)) or OF_COLUMNS.get(column)
    if found is None and column.endswith("_country"):
        return in_language
    return found or (each_word if column.endswith("_name") and column != "file_name" else None)


def _in_words(values: "pd.Series[Any]", how: Callable[[str], str]) -> "pd.Series[Any]":
    words = {text: how(text) for text in values.unique() if not unknown(text)}
    return values.map(words) if any(text != word for text, word in words.items()) else values


def word(text: str) -> str:
    return _(CODES.get(text, text))


def each_word(text: str) -> str:
    return SEPARATOR.join(map(word, text.split(SEPARATOR)))


def _stop(text: str) -> str:
    """A donor, a kind of support, a code of the query; the name of anybody else as it is."""
    return word(text) if text in CODES else in_language(text)


def _each_country(text: str) -> str:
    return SEPARATOR.join(map(in_language, text.split(SEPARATOR)))


def _label_of_period(text: str) -> str:
    return word(text) if text in CODES else period(text)


def _each_dataset(text: str) -> str:
    return ", ".join(_(datasets()[name].title) for name in text.split(", "))


OF_COLUMNS: dict[str, Callable[[str], str]] = {
    "donor": in_language,
    "donors": _each_country,
    "country": in_language,
    "period_label": _label_of_period,
    "datasets": _each_dataset,
    "known_from": word,
    "rate_basis": word,
    "match_reason": word,
}
OF_QUERIES: dict[tuple[str, str], Callable[[str], str]] = {
    ("members", "name"): in_language,
    **{("flow", name): _stop for name in ("source_name", "target_name")},
    ("ways", "stop_name"): _stop,
    ("members", "office"): each_word,
    ("milestones", "title"): word,
    ("series_breaks", "what"): word,
    ("not_known", "label"): word,
    ("counting_waterfall", "label"): word,
    **{("code_list", name): word for name in ("name", "description")},
    **{("counting_series", name): word for name in ("name", "counted_by", "method", "description")},
    **{("rules", name): word for name in ("level", "name", "template")},
    ("withheld", "name"): word,
    ("data_quality", "dataset_name"): _each_dataset,
    ("data_gaps", "dataset_name"): _each_dataset,
}
