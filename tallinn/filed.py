"""The files that rows came from: their names, those that an audience sees something of, and what was remarked on them."""

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc


def named(rows: pa.Table, submissions: pa.Table) -> pa.Table:
    """The rows with the name of the file that each came from."""
    file = pc.index_in(rows["submission_id"], submissions["submission_id"].combine_chunks())
    return rows.append_column("file_name", submissions["file_name"].take(file))


def brought(tables: Mapping[str, pa.Table]) -> Counter[int]:
    """How many of these rows each file brought."""
    counted = (pc.value_counts(rows["submission_id"]).to_pylist() for rows in tables.values())
    return sum((Counter({each["values"]: each["counts"] for each in table}) for table in counted), Counter[int]())


def seen(submissions: pa.Table, visible: Counter[int]) -> pa.Table:
    """The files that visible rows came from; who uploaded them is the office's own business."""
    columns = submissions.select(["submission_id", "submitted_at", "file_name", "sha256", "sender"])
    return columns.filter(pc.is_in(columns["submission_id"], pa.array(visible, pa.int32())))


def remarks(findings: pa.Table) -> pa.Table:
    """What was found in accepted rows, by file and rule: submission_id, rule, rows."""
    accepted = findings.filter(pc.not_equal(findings["level"], "error"))
    summed = accepted.group_by(["submission_id", "rule"]).aggregate([("rows", "sum")])
    return summed.rename_columns(["submission_id", "rule", "rows"])


def no_remarks() -> pa.Table:
    """The same where nothing was found."""
    return pa.schema([("submission_id", pa.int32()), ("rule", pa.string()), ("rows", pa.int64())]).empty_table()


def told(remarks: pa.Table, visible: Counter[int], whole: Counter[int]) -> pa.Table:
    """The remarks that an audience is told: of a file that also brought rows which it does not see, none."""
    numbers = [number for number, rows in visible.items() if rows == whole[number]]
    return remarks.filter(pc.is_in(remarks["submission_id"], pa.array(numbers, pa.int32())))
