"""A dataset as a workbook: what it is and how to cite it on the first sheet, the rows on the second."""

import pyarrow as pa

from tallinn.datasets import Dataset
from tallinn.open_data.stamp import Stamp
from tallinn.settings import LICENCE, LICENCE_URL, TITLE
from tallinn.wording import _, day
from tallinn.workbook import Rows, workbook

_WIDTHS = {"text": 60, "uri": 40, "list": 28}


def as_workbook(rows: pa.Table, dataset: Dataset, stamp: Stamp) -> bytes:
    """The workbook, the same bytes for the same rows."""
    about = [
        (_("Title"), f"{TITLE}: {dataset.title}"),
        (_("Description"), dataset.description),
        (_("Release"), stamp.release.id),
        (_("Published"), day(stamp.release.date)),
        (_("Data to"), day(stamp.data_date)),
        (_("Licence"), f"{LICENCE}, {LICENCE_URL}"),
        (_("Cite as"), stamp.citation),
        *((_("Important"), warning) for warning in stamp.warning),
        ("", ""),
        *((field.title, field.description) for field in dataset.fields),
    ]
    taken = (
        row for batch in rows.to_batches(max_chunksize=10_000) for row in zip(*(each.to_pylist() for each in batch.columns), strict=True)
    )
    header, widths = [field.name for field in dataset.fields], [_WIDTHS.get(field.kind or "", 18) for field in dataset.fields]
    return workbook(about, Rows(dataset.title, header, widths, taken, rows.num_rows), stamp.release.date)
