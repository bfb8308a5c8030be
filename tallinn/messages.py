"""What there is to translate: the sentences of the code and the templates, and the texts that are data.

`python -m tallinn.messages` (`make messages`) brings every catalogue up to date: new messages come without a translation, those that are no
longer used go. A language is added by an empty file locale/<code>/LC_MESSAGES/tallinn.po.
"""

import ast
import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from tallinn.languages import CATALOGUE, LOCALES, SOURCE, languages
from tallinn.settings import ROOT

Found = tuple[int, str | None, str | tuple[str, ...], list[str]]

FORMS = {"_": 1, "ngettext": 2, "later": 1, "Column": 1, "NotReadable": 1}
"""Functions whose first arguments are translated, at once or where they are shown, and how many of them are."""
CODE_LISTS = ("name", "description", "remedy", "template", "counted_by", "method", "unit", "what")
"""Columns of data/reference that people read."""
OWN_WORDS = {
    "incidents.csv": ("type", "sector"),
    "incident_counts.csv": ("value_name",),
    "members.csv": ("office",),
    "milestones.csv": ("title",),
}
"""Columns of data/exports in the office's own words. What donors and others wrote stays as they wrote it."""
WIDTH = 140
HEADERS = (
    "Project-Id-Version",
    "Report-Msgid-Bugs-To",
    "POT-Creation-Date",
    "PO-Revision-Date",
    "Last-Translator",
    "Language-Team",
    "Generated-By",
)
OF_THE_MOMENT = tuple(f'"{name}: ' for name in HEADERS)
"""Lines of a catalogue's head that differ at each writing or say nothing."""


def messages() -> Catalog:
    """Every message that a catalogue has to translate."""
    found = Catalog()
    for pattern, method in SOURCES.items():
        for path in sorted(ROOT.glob(pattern)):
            for _line, message, notes, context in extract_from_file(method, path):
                found.add(message, locations=[(path.relative_to(ROOT).as_posix(), 0)], auto_comments=notes, context=context)
    return found


def main() -> None:
    """Bring every catalogue up to date."""
    wanted = messages()
    for code in languages():
        if code != SOURCE:
            _update(LOCALES / code / CATALOGUE, code, wanted)


def _update(path: Path, code: str, wanted: Catalog) -> None:
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    catalogue.header_comment, catalogue.fuzzy = f"# The dashboard's words: {languages()[code]}.", False
    catalogue.update(wanted, no_fuzzy_matching=True)
    written = io.BytesIO()
    write_po(written, catalogue, width=WIDTH, sort_by_file=True, ignore_obsolete=True, include_lineno=False)
    lines = written.getvalue().decode("utf-8").splitlines(keepends=True)
    path.write_text("".join(line for line in lines if not line.startswith(OF_THE_MOMENT)), encoding="utf-8")


def _of_python(file: IO[bytes], *_how: Any, **_options: Any) -> Iterator[Found]:
    """Texts that stand as such in a call. (Babel's own reader would also take the "name" of `_(row["name"])`.)"""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FORMS:
            given = node.args[: FORMS[node.func.id]]
            texts = tuple(each.value for each in given if isinstance(each, ast.Constant) and isinstance(each.value, str))
            if len(texts) == 2:
                yield 1, "ngettext", texts, []
            elif len(texts) == FORMS[node.func.id]:
                yield 1, None, texts[0], []


def _of_schema(file: IO[bytes], *_how: Any, **_options: Any) -> Iterator[Found]:
    """Title and description of a dataset and of each of its fields."""
    schema = json.load(file)
    return (_found(part[name]) for part in (schema, *schema["fields"]) for name in ("title", "description"))


def _of_code_list(file: IO[bytes], *_how: Any, **_options: Any) -> Iterator[Found]:
    """What people read of a list; a name that is the code itself, such as a label of the Traffic Light Protocol, is never translated."""
    return (_found(row[name]) for row in _rows(file) for name in CODE_LISTS if row.get(name) and row[name] != row.get("code"))


def _of_export(file: IO[bytes], *_how: Any, **_options: Any) -> Iterator[Found]:
    """The office's own words; of lists each element."""
    columns = OWN_WORDS[Path(file.name).name]
    return (_found(text) for row in _rows(file) for name in columns for text in row[name].split("; ") if text)


def _of_query(file: IO[bytes], *_how: Any, **_options: Any) -> Iterator[Found]:
    """The question that a query answers."""
    yield _found(file.readline().decode("utf-8").removeprefix("-- ").strip())


def _rows(file: IO[bytes]) -> Iterator[dict[str, str]]:
    return csv.DictReader(io.TextIOWrapper(file, encoding="utf-8", newline=""))


def _found(message: str) -> Found:
    return 1, None, message, []


SOURCES: dict[str, Any] = {
    "*.py": _of_python,
    "pages/*.py": _of_python,
    "tallinn/**/*.py": _of_python,
    "tallinn/**/*.html": "jinja2.ext:babel_extract",
    "data/schemas/*.json": _of_schema,
    "data/reference/*.csv": _of_code_list,
    "queries/*.sql": _of_query,
    **{f"data/exports/{name}": _of_export for name in OWN_WORDS},
}
"""Where messages are, and how they are found there."""

if __name__ == "__main__":
    main()
