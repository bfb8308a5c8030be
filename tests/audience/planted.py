"""A lake with random labels in which every cell that can says something that stands nowhere else, and who may read it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from operator import itemgetter
from pathlib import Path
from random import Random
from typing import Any

from tallinn.audience import Audience
from tallinn.datasets import Field, code_lists, datasets
from tallinn.lake import Lake
from tallinn.releases import approve, drop, prepare, publish
from tallinn.wording import day, day_short
from tests.samples import taken, workbook

LABELS = ["TLP:CLEAR", "TLP:GREEN", "TLP:AMBER", "TLP:AMBER+STRICT", None]
SENDERS = ["NLD", "SWE"]
HIDDEN_DONOR = ("LVA", "Latvia")
FORMS = re.compile(r"\b[0-9a-f]{64}\b|QzX\d+Xq|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{7,}|\d{1,3}(?:,\d{3})+|Latvia|LVA")
FIRST_DAY = date(1990, 1, 1)
PLAIN = {
    "stage": "disbursement",
    "currency": "EUR",
    "within_mechanism": "yes",
    "not_counted": None,
    "series": "cert-ua-processed",
}
"""Values that let rows be counted and drawn."""
STAFF = Audience("staff")
AUDIENCES = {
    "the public": Audience("public"),
    "a partner of no donor": Audience("partner"),
    "the Netherlands": Audience("partner", "NLD"),
    "Sweden": Audience("partner", "SWE"),
    "the staff": STAFF,
}


@dataclass(frozen=True)
class Planted:
    """A text of one row or act, in every form in which a reader could meet it. `released`: whether it is in the public's release."""

    where: str
    forms: frozenset[str]
    label: str | None
    owner: str | None
    released: bool = True

    def may_be_read_by(self, audience: Audience) -> bool:
        """The rule in the words of the design: default closed; what is not released is the staff's."""
        if audience == STAFF:
            return True
        if not self.released or self.label == "TLP:AMBER+STRICT":
            return False
        amber = self.label in (None, "TLP:AMBER") and self.owner is not None and self.owner == audience.donor_id
        return self.label == "TLP:CLEAR" or (audience.role == "partner" and (self.label == "TLP:GREEN" or amber))


OFFICE = {"label": "TLP:AMBER+STRICT", "owner": None, "released": False}
"""Of what only the staff reads, whatever a row's label."""


@dataclass
class Planter:
    """Fills rows with what stands nowhere else and keeps a list of it."""

    draw: Random
    planted: list[Planted] = field(default_factory=list)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))
    days: dict[str, list[date]] = field(default_factory=dict)

    def word(self, where: str, **whose: Any) -> str:
        """A word of its own: QzX17Xq stands in no other, such as QzX170Xq."""
        text = f"QzX{next(self.numbers)}Xq"
        self.planted.append(Planted(where, frozenset({text}), **whose))
        return text

    def row(self, dataset: str, sender: str, label: str | None, *, released: bool = True) -> dict[str, Any]:
        given: dict[str, Any] = {
            **PLAIN,
            "tlp": label,
            "donor_id": sender,
            "donor_ids": sender,
            "role": "member" if sender == "NLD" else "supplier",
        }
        whose = {"label": label, "owner": sender, "released": released}
        for each in datasets()[dataset].fields:
            if each.name not in given and (value := self._value(dataset, each, whose)) is not None:
                given[each.name] = value
        return {name: value for name, value in given.items() if name in datasets()[dataset].names}

    def _value(self, dataset: str, of: Field, whose: dict[str, Any]) -> Any:
        where = f"{dataset}.{of.name}"
        if of.code_list:
            return self.draw.choice([*code_lists()[of.code_list].codes, *([] if of.required else [None])])
        if of.references or of.type == "boolean" or of.kind in ("country", "currency"):
            return None
        if of.kind == "period" or of.type == "date":
            moment = self._day(str(whose))
            self.planted.append(Planted(where, frozenset({moment.isoformat(), day(moment), day_short(moment)}), **whose))
            return moment.isoformat()
        if of.type in ("number", "integer"):
            amount = self.draw.randrange(10_000_000, 99_999_999)
            self.planted.append(Planted(where, frozenset({str(amount), f"{amount:,}"}), **whose))
            return amount
        if of.kind == "uri":
            return f"https://example.org/{self.word(where, **whose)}"
        return self.word(where, **whose)

    def _day(self, group: str) -> date:
        """A day of its own, far from those of other labels and owners, and no end of a month: no axis of theirs ends on it by chance."""
        days = self.days.setdefault(group, [FIRST_DAY + timedelta(days=500 * len(self.days))])
        following = days[-1] + timedelta(days=1)
        days.append(following if 1 < following.day < 28 else following + timedelta(days=6))
        return days[-1]


def plant(directory: Path, seed: int) -> list[Planted]:
    """Fill an empty lake: files of two donors, one of a third with nothing but restricted rows, held rows, and steps of releases."""
    planter = Planter(Random(seed))
    with Lake(directory) as lake:
        for sender in SENDERS:
            _take(planter, lake, sender, [*LABELS, *planter.draw.choices(LABELS, k=3)])
        _take(planter, lake, HIDDEN_DONOR[0], ["TLP:AMBER+STRICT"])
        planter.planted.append(Planted("a donor", frozenset(HIDDEN_DONOR), "TLP:AMBER+STRICT", None))
        _publish(planter, lake)
        _take(planter, lake, "NLD", ["TLP:CLEAR"], released=False)
        dropped = prepare(lake, author=planter.word("who prepared", **OFFICE), note=planter.word("note of a dropped release", **OFFICE))
        drop(lake, dropped.id, author=planter.word("who dropped", **OFFICE), reason=planter.word("why dropped", **OFFICE))
        prepare(lake, author=planter.word("who prepared", **OFFICE), note=planter.word("note of a release that waits", **OFFICE))
    return planter.planted


def found_in(text: str) -> set[str]:
    """Everything in a text that is a planted word, day, number or name, or looks like one."""
    return set(FORMS.findall(text))


def _take(planter: Planter, lake: Lake, sender: str, labels: list[str | None], *, released: bool = True) -> None:
    """A file of a sender with a row of each dataset for each label, in random order, and one row with an error."""
    rows = {name: [planter.row(name, sender, label, released=released) for label in labels] for name in datasets()}
    for each in rows.values():
        planter.draw.shuffle(each)
    refer(planter, rows)
    rows["contributions"].append({"donor_id": sender, "amount": "lots", "purpose": planter.word("a held row", **OFFICE)})
    rows["needs"].append({"need": planter.word("a held row", **OFFICE), "tlp": planter.word("a finding", **OFFICE)})
    is_seen = {"label": "TLP:CLEAR" if "TLP:CLEAR" in labels else "TLP:AMBER+STRICT", "owner": None, "released": released}
    said = {"author": planter.word("who sent", **OFFICE), "message": planter.word("why sent", **OFFICE)}
    name = f"{planter.word('file name', **is_seen)}.xlsx"
    receipt = taken(workbook(**rows), lake, name=name, donor=sender, **said)
    held = [found for found in receipt.submission.findings if found.level == "error"]
    assert receipt.submission.rows_held == 2, held
    planter.planted.append(Planted("sha-256", frozenset({receipt.submission.file.sha256}), **is_seen))


def refer(planter: Planter, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Rows name others of their file, whoever may see those: commitments are paid, payments reported twice, projects named everywhere."""
    first, second, third = (rows["contributions"][start::3] for start in range(3))
    for pair in zip(first, second, strict=False):
        payment, commitment = sorted(pair, key=itemgetter("amount"))
        payment["realises"], commitment["stage"] = commitment["contribution_id"], "commitment"
    for report, again in zip(second, third, strict=False):
        again["duplicate_of"] = report["contribution_id"]
    for row in (row for name in ("contributions", "capabilities", "organisations") for row in rows[name]):
        row["project_ids"] = "; ".join(
            each["project_id"] for each in planter.draw.sample(rows["projects"], k=min(2, len(rows["projects"])))
        )


def _publish(planter: Planter, lake: Lake) -> None:
    note = planter.word("note of the release", label="TLP:CLEAR", owner=None)
    found = approve(
        lake, prepare(lake, author=planter.word("who prepared", **OFFICE), note=note).id, author=planter.word("who approved", **OFFICE)
    )
    publish(lake, found.id, author=planter.word("who published", **OFFICE))
