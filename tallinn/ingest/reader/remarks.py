"""What is to be said about a file that was turned into sheets: rules of data/reference/rules.csv, at cells or as counts."""

from typing import Any

MOST = 1000
"""Remarks of one kind that are told one by one; a million of them help nobody."""


class Remarks:
    """Remarks in the order in which they are made. Of each kind the first MOST are told at their cells, the others by their number."""

    def __init__(self) -> None:
        self._at_cells: dict[str, list[dict[str, Any]]] = {}
        self._beyond: dict[str, int] = {}
        self._counts: dict[tuple[str, str | None], dict[str, Any]] = {}

    def at(self, rule: str, sheet: str, cell: str | None, column: str, value: object, **facts: Any) -> None:
        """A remark about a cell."""
        told = self._at_cells.setdefault(rule, [])
        if len(told) < MOST:
            told.append({"rule": rule, "sheet": sheet, "facts": {"cell": cell, "column": column, "value": value, **facts}})
        else:
            self._beyond[rule] = self._beyond.get(rule, 0) + 1

    def count(self, rule: str, value: str | None, *, sheet: str | None = None, each: bool = False) -> None:
        """One more of what is told only by number: all of a rule together, with the first value; or (`each`) each value by itself."""
        key = (rule, value if each and len(self._counts) < MOST else None)
        counted = self._counts.setdefault(key, {"rule": rule, "sheet": sheet, "facts": {"value": value or "?", "rows": 0}})
        counted["facts"]["rows"] += 1

    def counted(self, *rules: str) -> int:
        return sum(note["facts"]["rows"] for (rule, _value), note in self._counts.items() if rule in rules)

    def notes(self) -> list[dict[str, Any]]:
        """The remarks as the reader hands them over."""
        told = [note for notes in self._at_cells.values() for note in notes]
        more = [
            {"rule": "more-of-the-same", "sheet": self._at_cells[rule][0]["sheet"], "facts": {"column": column, "rows": rows}}
            for rule, rows in self._beyond.items()
            if (column := self._at_cells[rule][0]["facts"]["column"])
        ]
        return [*told, *more, *self._counts.values()]
