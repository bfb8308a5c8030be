"""datapackage.json: what the CSV files hold, for programs (Frictionless Data Package 1.0, Tabular Data Package)."""

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from tallinn.ask import ask
from tallinn.datasets import CodeList, Dataset, Field, code_lists, datasets
from tallinn.document import Document
from tallinn.open_data.stamp import Stamp
from tallinn.settings import ADDRESS, LICENCE, LICENCE_URL, TITLE
from tallinn.store import Store
from tallinn.wording import _, unknown


def package(store: Store, stamp: Stamp, files: Iterable[Document]) -> dict[str, Any]:
    """The descriptor of the CSV files among `files`."""
    tables = {file.path: file for file in files if file.media_type == "text/csv"}
    described = {
        "profile": "tabular-data-package",
        "name": "tallinn-mechanism",
        "id": f"{stamp.address}datapackage.json",
        "title": f"{TITLE}: {_('open data')}",
        "description": " ".join([*stamp.warning, _apostrophes()]),
        "version": stamp.release.id,
        "created": moment_of(stamp),
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "sources": list(_sources(store)),
        "citation": stamp.citation,
        "resources": [
            *(_dataset(dataset, tables[f"{name}.csv"]) for name, dataset in datasets().items()),
            *(_code_list(codes, tables[f"codes/{name}.csv"]) for name, codes in code_lists().items()),
        ],
    }
    return {**described, "homepage": f"{ADDRESS}/open-data/"} if ADDRESS else described


def moment_of(stamp: Stamp) -> str:
    """When the release was published, as RFC 3339 has it; at the beginning of its day where nothing more is known."""
    published = stamp.release.published_at
    return f"{published:%Y-%m-%dT%H:%M:%SZ}" if published else f"{stamp.release.date.isoformat()}T00:00:00Z"


def _apostrophes() -> str:
    return _(
        "A text in a CSV file that a spreadsheet would take for a formula has an apostrophe before it; numbers are as they are, "
        "and so are the texts in the Parquet files. A blank means that nothing was published, never zero."
    )


def _sources(store: Store) -> Iterator[dict[str, str]]:
    """Who published what the rows come from; the address of each source stands in its row."""
    publishers = {each for each in ask(store, "sources").rows["source_publisher"] if not unknown(each)}
    return ({"title": publisher} for publisher in sorted(publishers))


def _dataset(dataset: Dataset, document: Document) -> dict[str, Any]:
    listed = [field for field in dataset.fields if field.code_list]
    schema = {
        "fields": [_field(field) for field in dataset.fields],
        "missingValues": [""],
        "primaryKey": [dataset.key],
        "foreignKeys": [
            {"fields": [field.name], "reference": {"resource": f"codes-{_slug(field.code_list)}", "fields": ["code"]}} for field in listed
        ],
    }
    return _resource(_slug(dataset.name), dataset.title, dataset.description, document, schema)


def _field(field: Field) -> dict[str, Any]:
    """A field as the CSV holds it: a code where the schema's example has the name of one."""
    described: dict[str, Any] = {"name": field.name, "title": field.title, "description": field.description, "type": field.type}
    if field.constraints:
        described["constraints"] = field.constraints
    if field.example is not None and field.type != "boolean":
        described["example"] = _code_of(field) if field.code_list else field.example
    return described


def _code_of(field: Field) -> Any:
    rows = code_lists()[str(field.code_list)].rows
    return next((row["code"] for row in rows if field.example in (row["code"], row["name"])), field.example)


def _code_list(codes: CodeList, document: Document) -> dict[str, Any]:
    fields = [{"name": name, "title": name.replace("_", " ").capitalize(), "type": "string"} for name in codes.rows[0]]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if "code" in codes.rows[0]:
        schema["primaryKey"] = ["code"]
    title = codes.name.replace("_", " ").capitalize()
    return _resource(f"codes-{_slug(codes.name)}", title, _("Code list: {name}.").format(name=title), document, schema)


def _resource(name: str, title: str, description: str, document: Document, schema: dict[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "title": title,
        "description": description,
        "path": document.path,
        "format": PurePosixPath(document.path).suffix.removeprefix("."),
        "mediatype": document.media_type,
        "encoding": "utf-8",
        "bytes": len(document.content),
        "hash": f"sha256:{hashlib.sha256(document.content).hexdigest()}",
        "licenses": [{"name": LICENCE, "path": LICENCE_URL}],
        "schema": schema,
    }


def _slug(name: str | None) -> str:
    """A resource's name may have no underscore."""
    return str(name).replace("_", "-")
