"""openapi.json: the stable addresses, for programs (OpenAPI 3.1)."""

from collections.abc import Sequence
from typing import Any

from tallinn.ask import question
from tallinn.document import Document
from tallinn.open_data.answers import QUESTIONS
from tallinn.open_data.stamp import FOLDER, Stamp
from tallinn.settings import ADDRESS, LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _

_TEXT = {"type": "string"}
_DAY = {"type": ["string", "null"], "format": "date"}
_RELEASE = {
    "type": "object",
    "required": ["id", "date", "data_date", "next_date"],
    "properties": {"id": _TEXT, "date": {"type": "string", "format": "date"}, "data_date": _DAY, "next_date": _DAY},
}
_ANSWER = {
    "type": "object",
    "required": ["question", "sql", "parameters", "release", "licence", "citation", "fields", "rows"],
    "properties": {
        "question": _TEXT,
        "sql": _TEXT,
        "parameters": {"type": "object"},
        "release": {"$ref": "#/components/schemas/Release"},
        "licence": {"type": "object", "properties": {"name": _TEXT, "url": _TEXT}},
        "citation": _TEXT,
        "fields": {"type": "array", "items": {"type": "object", "properties": {"name": _TEXT, "type": _TEXT}}},
        "rows": {"type": "array", "items": {"type": "object"}},
    },
}
_NAME = {"name": "release", "in": "path", "required": True, "schema": _TEXT}


def openapi(stamp: Stamp, frozen: Sequence[Document], moving: Sequence[Document]) -> dict[str, Any]:
    """The description: `frozen` are the files that each release has, `moving` those about all of them."""
    paths: dict[str, Any] = {f"/{FOLDER}/{document.path}": {"get": _reading(document)} for document in (*frozen, *moving)}
    paths |= {
        f"/{FOLDER}/releases/{{release}}/{document.path}": {"parameters": [_NAME], "get": _reading(document, of_release=True)}
        for document in frozen
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": f"{TITLE}: {_('open data')}",
            "description": _("Published figures only. Nothing changes but by a release; each release stays readable by its address."),
            "version": stamp.release.id,
            "license": {"name": LICENCE, "url": LICENCE_URL},
        },
        "servers": [{"url": ADDRESS or "/"}],
        "paths": paths,
        "components": {"schemas": {"Release": _RELEASE, "Answer": _ANSWER}},
    }


def _reading(document: Document, *, of_release: bool = False) -> dict[str, Any]:
    name = document.path.removesuffix(".json")
    is_answer = document.media_type == "application/json" and name in QUESTIONS
    schema = {"schema": {"$ref": "#/components/schemas/Answer"}} if is_answer else {}
    found = {
        "description": _("The file, with ETag and Last-Modified; compressed for whoever accepts gzip."),
        "content": {document.media_type: schema},
    }
    answers = {"200": found, "304": {"description": _("It is what the reader has already.")}}
    if of_release:
        answers["404"] = {"description": _("No published release has this name.")}
    said = question(name).question if is_answer else document.path
    return {"summary": said, "operationId": f"{'release' if of_release else 'newest'}:{document.path}", "responses": answers}
