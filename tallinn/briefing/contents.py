"""What stands in a briefing: sentence, figures, charts, what changed, what is late, what is not known, and where it comes from."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

import plotly.graph_objects as go
import segno

from tallinn import charts, portraits, summary, theme
from tallinn.ask import Answer
from tallinn.ingest.invented import MARK, MEANING
from tallinn.pictures import svg
from tallinn.provenance import Ask, cited, sources, stamp
from tallinn.summary import Figure
from tallinn.wording import _, count, euros_short, later, ngettext, share, unknown

WIDE, HALF = 760, 400
"""Pixels from side to side of a drawing across the page, and of one that shares a row."""
MOST_CHANGES, MOST_LATE, MOST_GAPS = 6, 6, 8
"""What two pages have room for; the dashboard has all."""
EURO = later("EUR, at the ECB reference rate of each value date.")


@dataclass(frozen=True)
class Drawn:
    """A chart in the briefing: its finding, the drawing ("" where there is nothing to draw) with its height by its width, its notes."""

    title: str
    drawing: str
    ratio: float
    alt: str
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Contents:
    """Everything but what changed. Of the five charts two stand on the first page, on the second two beside each other and one below.

    `money` proves the figures.
    """

    title: str
    sentences: tuple[str, ...]
    figures: tuple[Figure, ...]
    charts: tuple[Drawn, ...]
    late: tuple[str, ...]
    gaps: tuple[str, ...]
    money: Answer

    def said(self, ask: Ask, changes: Sequence[str], address: str) -> dict[str, Any]:
        """All text and drawings as the template takes them."""
        facts = ask("release_facts")
        release = facts.release
        target = f"{address}{'&' if '?' in address else '?'}release={release.id}" if address else ""
        return {
            "kind": _("Briefing"),
            "title": self.title,
            "stamp": stamp(facts),
            "mark": f"{MARK} – {_(MEANING)}" if release.demonstration else "",
            "marking": release.marking,
            "sentences": self.sentences,
            "figures": [each._asdict() for each in self.figures],
            "charts": [vars(each) for each in self.charts],
            "lists": [
                {"heading": heading, "lines": lines}
                for heading, lines in (
                    (_("What changed since the release before"), _cut(changes, MOST_CHANGES)),
                    (_("Projects that are late"), self.late),
                    (_("What is not known"), self.gaps),
                )
                if lines
            ],
            "source": [sources(self.money, ask), cited(release, facts.rows["data_date"].iloc[0], target)],
            "code": _code(target) if target else "",
            "code_alt": _("QR code with the address of this page: {address}").format(address=target),
            "page": _("Page {page} of {pages}"),
        }


def of_mechanism(ask: Ask) -> Contents:
    """The whole Mechanism, as the Summary has it."""
    money = ask("headline")
    over_time, ladder, attacks = ask("funding_over_time"), ask("donor_ladder"), ask("attacks_by_year")
    drawn = (
        # The milestones have their key on the dashboard; here it would take the room of a chart.
        _drawn(charts.funding_over_time(over_time.rows, ask("milestones").rows.head(0)), WIDE, _(EURO)),
        _drawn(charts.donor_ladder(ladder.rows, ask("confirmations").rows), WIDE, _(EURO)),
        _drawn(charts.project_status(ask("project_status").rows), HALF),
        _drawn(charts.attacks_by_year(attacks.rows), HALF, _("Incidents that CERT-UA processed by hand.")),
        _drawn(charts.funding_by_category(ask("funding_by_category").rows), WIDE, _(EURO)),
    )
    gaps = (_("{what}: {part} of {whole}").format(**gap._asdict()) for gap in summary.gaps(ask("not_known")))
    return Contents(
        _("The Tallinn Mechanism"),
        (summary.in_a_sentence(money),),
        tuple(summary.figures(money)),
        drawn,
        _late(ask("projects", delivery=("late",))),
        _cut(list(gaps), MOST_GAPS),
        money,
    )


def of_donor(ask: Ask, donor_id: str) -> Contents:
    """One donor, as its page has it."""
    asked = {"donors": (donor_id,)}
    money, over_time = ask("donor_figures", **asked), ask("donor_over_time", **asked)
    row = money.rows.to_dict("records")[0]
    status, categories = ask("project_status", **asked), ask("funding_by_category", **asked)
    drawn = (
        _drawn(charts.donor_over_time(over_time.rows), WIDE, _(EURO)),
        _drawn(charts.funding_by_category(categories.rows), WIDE, _(EURO)),
        _drawn(charts.project_status(status.rows), HALF),
        _drawn(charts.project_delivery(ask("project_delivery", **asked).rows), HALF),
        _drawn(charts.funding_by_year(ask("funding_by_year", **asked).rows), WIDE, _(EURO)),
    )
    left_out = portraits.left_out(money)
    return Contents(
        row["donor"],
        (portraits.in_sentences(money),),
        tuple(_of_donor(row)),
        drawn,
        _late(ask("projects", delivery=("late",), **asked)),
        (left_out,) if left_out else (),
        money,
    )


def _of_donor(row: dict[Any, Any]) -> list[Figure]:
    figures = [
        (_("Committed"), euros_short(row["committed_eur"])),
        (_("Disbursed so far"), euros_short(row["disbursed_eur"])),
        (_("Pledged only"), euros_short(row["pledged_not_committed_eur"])),
        (_("Share of all commitments"), share(row["share_of_committed"])),
        (_("Projects"), count(row["projects"])),
    ]
    return [Figure(label, value, "") for label, value in figures]


def _late(projects: Answer) -> tuple[str, ...]:
    """The projects that are late, those that are so longest first."""
    rows = projects.rows.sort_values(["days_late", "project_id"], ascending=[False, True], na_position="last")
    return _cut([_one_late(row) for row in rows.to_dict("records")], MOST_LATE)


def _one_late(row: dict[Any, Any]) -> str:
    whose = row["title"] if unknown(row["donors"]) else _("{title} ({donors})").format(title=row["title"], donors=row["donors"])
    if unknown(row["days_late"]):
        return str(whose)
    n = int(row["days_late"])
    return ngettext("{project}: {n} day late", "{project}: {n} days late", n).format(project=whose, n=count(n))


def _cut(lines: Sequence[str], most: int) -> tuple[str, ...]:
    """The first lines, and how many more the dashboard has."""
    more = len(lines) - most
    if more <= 0:
        return tuple(lines)
    return (*lines[:most], ngettext("{n} more is on the dashboard.", "{n} more are on the dashboard.", more).format(n=count(more)))


def _drawn(figure: go.Figure, width: float, *notes: str) -> Drawn:
    meta = figure.layout.meta
    if not figure.data:
        return Drawn(meta["title"], "", 0.0, meta["alt"], ())
    drawing = ElementTree.tostring(svg(figure, width), encoding="unicode")
    return Drawn(meta["title"], drawing, figure.layout.height / width, meta["alt"], (*meta.get("notes", ()), *notes))


def _code(target: str) -> str:
    drawn = io.BytesIO()
    segno.make_qr(target, error="m").save(drawn, kind="svg", xmldecl=False, **theme.QR)
    return drawn.getvalue().decode()
