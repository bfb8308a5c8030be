"""What people have decided about a sheet: now, on the page or on the command line, or for an earlier file of the same form."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Decisions:
    """What a sheet (or every sheet) does not say itself. Everything may be left open.

    `columns`: header as shown → field. `constants`: field → text for all rows that state none; an empty text takes a remembered one back.
    `ignored`: headers left out by name. `as_stated`: fields of countries whose unknown names are taken as organisations of that name.
    `header_row`: its last row, from 1. `left_out`: the sheet is not read. `every_row`: each row below the header is data, none a total.
    """

    dataset: str | None = None
    header_row: int | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    as_stated: frozenset[str] = frozenset()
    left_out: bool = False
    every_row: bool = False

    def under(self, newer: "Decisions") -> "Decisions":
        """These decisions where the newer ones leave something open."""
        said_anew = {*newer.columns, *newer.ignored}
        return Decisions(
            dataset=newer.dataset or self.dataset,
            header_row=newer.header_row or self.header_row,
            columns={**{header: name for header, name in self.columns.items() if header not in said_anew}, **newer.columns},
            constants={**self.constants, **newer.constants},
            ignored=(self.ignored - said_anew) | newer.ignored,
            as_stated=self.as_stated | newer.as_stated,
            left_out=newer.left_out,
            every_row=self.every_row or newer.every_row,
        )


@dataclass(frozen=True)
class Remembered:
    """One decision about a header in an earlier submission: its plain form, the field (None: ignored) and the dataset."""

    header: str
    field: str | None
    dataset: str
