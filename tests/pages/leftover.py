"""English that is left on a page in another language: a walk through all that the page sends, less what the data say themselves."""

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

from tallinn import messages
from tallinn.datasets import datasets
from tallinn.lake import Lake
from tallinn.page.current import begin
from tallinn.settings import lake_dir

READ = {
    "body",
    "label",
    "help",
    "placeholder",
    "caption",
    "captions",
    "text",
    "title",
    "alt",
    "options",
    "content",
    "content_icon",
    "page_name",
    "section_header",
    "name",
    "empty_text",
}
"""Fields of Streamlit's messages that people read."""
DRAWN = {"name", "text", "hovertext", "ticktext", "title", "alt", "notes"}
"""Keys of a figure that people read."""
PHRASE = re.compile(r"[A-Za-z][A-Za-z’']*(?:[ /-][A-Za-z][A-Za-z’']*)*")
ESCAPED = re.compile(r"\\(?=\W)")
MARKS = re.compile(
    r"<style>(?s:.*)</style>|https?://\S+|\w+\?\w+=\S+|`[^`]*`|<[^>]*>|\{[^}]*\}|:material/\w+:|\]\([^)]*\)|[\w.+-]+@[\w.-]+|[\w-]+\.(?:xlsx|csv|md|toml|sql|xml|json)\b|\b[A-Za-z]+-\w*\d\w*"
)
NAME = (
    r"TLP|CLEAR|GREEN|AMBER|STRICT|RED|FIRST|Traffic Light Protocol|IATI|SQL|CSV|CERT-UA|UTC|SHA|CC-BY|DEMONSTRATION DATA|UNPUBLISHED|Mio"
    r"|xlsx|DEMONSTRATION|OpenID Connect|Microsoft Entra ID|Google|Keycloak|DDoS|English|Olena|project office|[A-Z]{2,6}|[QHI]\d?"
    r"|docs/sign-in|Tallinn Mechanism transparency dashboard|The data that this installation began with"
)
NAMES = re.compile(rf"(?:{NAME})(?:[ -](?:{NAME}))*")
"""What has the same name in every language: labels, standards, bodies, products, codes, people; and what a record says, as it was made."""


def left(page: AppTest, data: str) -> set[str]:
    """Phrases in Latin letters that are neither in the data (one text, all cells) nor a name; and all that a catalogue knows."""
    found = set()
    for text in texts(page):
        plain = ESCAPED.sub("", text).strip()
        found |= {phrase for phrase in phrases(plain) if phrase not in data}
        found |= {plain} & known()
    return found


def phrases(text: str) -> Iterator[str]:
    for phrase in PHRASE.findall(MARKS.sub(" . ", text)):
        if not NAMES.fullmatch(phrase) and len(phrase) > 2:
            yield phrase


@cache
def known() -> frozenset[str]:
    """What the code says in a word or phrase of its own, unless it is the same in every language."""
    texts = [each.id for each in messages.messages() if isinstance(each.id, str) and PHRASE.fullmatch(each.id)]
    return frozenset(text for text in texts if not NAMES.fullmatch(text))


def texts(page: AppTest) -> Iterator[str]:
    """All that can be read on a page."""
    for element in page._tree:
        proto = getattr(element, "proto", None)
        if isinstance(proto, Message):
            yield from of_message(proto)
    # A proof shows what the database says, codes too.
    proofs = {id(table.proto) for panel in page.expander for table in panel.dataframe}
    for table in page.dataframe:
        if id(table.proto) not in proofs:
            yield from (str(column["label"]) for column in json.loads(table.proto.columns or "{}").values() if column.get("label"))
            # What a sheet is called is its sender's word.
            columns = [name for name in table.value.columns if name != "sheet"]
            yield from (cell for name in columns for cell in table.value[name] if isinstance(cell, str))


def of_message(proto: Message) -> Iterator[str]:
    kind = proto.DESCRIPTOR.name
    if kind in ("Code", "ArrowData"):
        return
    if kind == "PlotlyChart":
        yield from of_figure(json.loads(proto.spec))
    for field, value in proto.ListFields():
        if isinstance(value, Message):
            yield from of_message(value)
        elif field.type == field.TYPE_MESSAGE:
            yield from (text for each in value if isinstance(each, Message) for text in of_message(each))
        elif field.name in READ:
            yield from ([value] if isinstance(value, str) else [each for each in value if isinstance(each, str)])


def of_figure(part: Any, key: str = "") -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            yield from of_figure(value, name)
    elif isinstance(part, list):
        for each in part:
            yield from of_figure(each, key)
    elif isinstance(part, str) and key in DRAWN:
        yield part


def of_data() -> str:
    """Every text of the rows, of the history, of rows that wait and of records, as the staff sees them, and the examples of the schemas."""
    return f"{_of_lake(lake_dir())}\n{_of_records(lake_dir())}"


def _of_records(directory: Path) -> str:
    """What the trail wrote down of visits, in the words of its time: asked anew, since tests before this one come and go too."""
    with Lake(directory) as lake:
        return "\n".join(f"{each['who']}\n{each['about']}" for each in lake.table("events").to_pylist())


@cache
def _of_lake(directory: Path) -> str:
    store = begin().store
    cells = [str(field.example) for dataset in datasets().values() for field in dataset.fields]
    with store.cursor() as cursor:
        for name in [*datasets(), "submissions"]:
            rows = cursor.execute(f'SELECT DISTINCT COLUMNS(*)::VARCHAR FROM "{name}"').fetchall()
            cells += [str(cell) for row in rows for cell in row if cell]
    with Lake(directory) as lake:
        cells += [str(each[name]) for each in lake.history() for name in ("author", "message")]
        cells += [str(each[name]) for each in lake.table("held_rows").to_pylist() for name in ("problems", "cells")]
    return "\n".join(dict.fromkeys(cells))
