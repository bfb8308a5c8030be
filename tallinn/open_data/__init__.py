"""Open data: what the public's store of a release holds, in the forms that people and programs read. Nothing else is ever read."""

from collections.abc import Iterator, Sequence

from tallinn.datasets import datasets
from tallinn.document import Document, document
from tallinn.open_data.answers import QUESTIONS, answer, as_json
from tallinn.open_data.codes import code_documents
from tallinn.open_data.feeds import atom, listed
from tallinn.open_data.iati import iati
from tallinn.open_data.index import index
from tallinn.open_data.openapi import openapi
from tallinn.open_data.package import package
from tallinn.open_data.stamp import FOLDER, Stamp, folder_of, stamp
from tallinn.open_data.tables import as_csv, as_parquet, rows_of
from tallinn.open_data.workbook import as_workbook
from tallinn.releases import Release
from tallinn.store import Store

__all__ = ["FOLDER", "QUESTIONS", "folder_of", "newest_documents", "release_documents"]


def release_documents(store: Store) -> list[Document]:
    """The files of a release, relative to its folder, the same bytes whenever they are made. Only the public's store will do."""
    if store.audience.role != "public":
        raise ValueError("open data are made from what the public may see")
    stamped = stamp(store)
    files = [*_tables(store, stamped), *_answers(store, stamped), *code_documents(stamped)]
    if activities := iati(store, stamped):
        files.append(document("iati-activities.xml", activities))
    files.append(document("datapackage.json", as_json(package(store, stamped, files))))
    files.append(document("citation.txt", f"{stamped.citation}\n".encode()))
    return [*files, document("index.html", index(stamped, files))]


def newest_documents(store: Store, files: Sequence[Document], releases: Sequence[Release]) -> list[Document]:
    """What stands beside the files of the newest release: the page that leads to all of them, the list of releases, the addresses."""
    stamped = stamp(store)
    about = [
        document("index.html", index(stamped, files, releases)),
        document("releases.json", as_json(listed(releases))),
        document("releases.atom", atom(releases)),
    ]
    return [*about, document("openapi.json", as_json(openapi(stamped, files, about)))]


def _tables(store: Store, stamped: Stamp) -> Iterator[Document]:
    for name, dataset in datasets().items():
        rows = rows_of(store, dataset)
        yield document(f"{name}.csv", as_csv(rows))
        yield document(f"{name}.parquet", as_parquet(rows, dataset, stamped))
        yield document(f"{name}.xlsx", as_workbook(rows, dataset, stamped))


def _answers(store: Store, stamped: Stamp) -> Iterator[Document]:
    for name in QUESTIONS:
        yield document(f"{name}.json", as_json(answer(store, name, stamped)))
