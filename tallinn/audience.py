"""Who asks, and who may read each row, by its TLP label."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from tallinn import withheld

UNLABELLED = "TLP:AMBER"
RESTRICTED = ("TLP:AMBER+STRICT", "TLP:AMBER", "TLP:GREEN")
"""What is not for everybody, the most closed first."""
PARTNERS, STAFF = "partners", "staff"
"""Who reads a row, beside withheld.PUBLIC and `donor EST`: partners and staff, or the staff alone."""


@dataclass(frozen=True)
class Audience:
    """Who asks: the public, a partner (a minister or donor, perhaps tied to one donor) or the staff of the project office."""

    role: Literal["public", "partner", "staff"]
    donor_id: str | None = None


PUBLIC = Audience("public")


def readers(rows: pa.Table) -> pa.ChunkedArray:
    """Who reads each row, by its TLP label: default closed, AMBER only for the donor that it concerns; null (nobody) for another label."""
    labels = pc.fill_null(rows["tlp"], UNLABELLED)
    owner = rows["donor_id"] if "donor_id" in rows.column_names else rows["sender"]
    own = pc.coalesce(pc.binary_join_element_wise("donor", owner, " "), STAFF)
    names = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT"]
    is_labelled = pc.make_struct(*(pc.equal(labels, name) for name in names), field_names=names)
    return pc.case_when(is_labelled, withheld.PUBLIC, PARTNERS, own, STAFF)


def reads(audience: Audience, readers: pa.ChunkedArray) -> pa.ChunkedArray:
    """Whether the audience is among the readers of each row."""
    if audience.role == "staff":
        return pc.is_valid(readers)
    partners = [PARTNERS, *([f"donor {audience.donor_id}"] if audience.donor_id else [])]
    return pc.is_in(readers, pa.array([withheld.PUBLIC, *(partners if audience.role == "partner" else [])]))


def marking(visible: Iterable[pa.Table]) -> str:
    """The most closed label of the rows that are seen; nothing where all are for everybody (TLP 2.0: what is shared carries its label)."""
    seen = {label or UNLABELLED for rows in visible for label in pc.unique(rows["tlp"]).to_pylist()}
    return next((label for label in RESTRICTED if label in seen), "")
