"""One project's page: what it is, what the rules say of it, how each release had it, and the way to it."""

import io
from typing import Any
from urllib.parse import urlsplit

import segno
import streamlit as st

from tallinn import delivery, theme
from tallinn.ask import Answer
from tallinn.columns import columns
from tallinn.languages import language
from tallinn.page import marks, speech
from tallinn.page.kept import Kept
from tallinn.page.links import address, to_donor, to_projects
from tallinn.page.proof import how_made, provenance
from tallinn.page.show import PROSE_WIDTH
from tallinn.wording import _, day_short, listing, money, period, unknown

Row = dict[Any, Any]
QR_WIDTH = 132
CONTRIBUTIONS = [
    "donor_id",
    "donor",
    "stage_name",
    "purpose",
    "channel",
    "amount",
    "currency",
    "amount_eur",
    "value_date",
    "counts",
    "reason_name",
    "project_ids",
    "source_publisher",
    "source_url",
    "contribution_id",
]


def title(project: Answer) -> None:
    """The project's name."""
    st.header(marks.plain(project.rows["title"].iloc[0]), anchor=False)


def in_sentences(project: Answer, funds: Answer, risks: Answer) -> None:
    """What it is, how its money stands, its own description, and whether it is late."""
    st.markdown(_sentences.of(project, funds), width=PROSE_WIDTH)
    (st.warning if delivery.is_at_risk(risks) else st.markdown)(marks.plain(delivery.verdict(risks)))


def facts(project: Answer) -> None:
    """Who pays, who runs it, for whom, in which sectors, for how much, with its source."""
    with st.container(gap="xsmall"):
        st.markdown(_facts.of(project))
        st.caption(marks.plain(provenance(project)))
        how_made("project", project)


def risks(answer: Answer) -> None:
    """Each rule with its threshold, what it says, and why."""
    with st.container(gap="xsmall"):
        st.markdown(_rules.of(answer))
        st.caption(marks.plain(provenance(answer)))
        how_made("risks", answer)


def history(answer: Answer) -> None:
    """How each release had the project."""
    with st.container(gap="xsmall"):
        st.markdown(_history.of(answer))
        st.caption(marks.plain(provenance(answer)))
        how_made("history", answer)


def way_to(project_id: str, release: str) -> None:
    """The page's address as a QR code, to be photographed from a screen or a sheet."""
    # Streamlit says where the dashboard is, and on some runs this page of it.
    here = (st.context.url or "").rstrip("/").removesuffix("/project")
    if not here:
        return
    target = f"{here}/{address('project', project_id, release=release, lang=speech.chosen())}"
    st.image(_qr_code(target), width=QR_WIDTH, alt=_("QR code with the address of this page: {address}").format(address=target))
    st.caption(marks.plain(target.removeprefix(f"{urlsplit(target).scheme}://")))


def _qr_code(target: str) -> str:
    """An SVG, dark on white in either colour scheme, as cameras expect it."""
    drawn = io.BytesIO()
    segno.make_qr(target, error="m").save(drawn, kind="svg", xmldecl=False, **theme.QR)
    return drawn.getvalue().decode()


def elsewhere(project: Answer) -> None:
    """The way back to all projects, and on to the donors of this one."""
    row = project.rows.to_dict("records")[0]
    with st.container(horizontal=True):
        to_projects()
        if not unknown(row["donor_ids"]):
            for donor_id, name in zip(row["donor_ids"].split("; "), row["donors"].split("; "), strict=True):
                to_donor(donor_id, name)


def _in_sentences(project: Answer, funds: Answer) -> str:
    told = [delivery.in_sentences(project, funds), project.rows["description"].iloc[0], delivery.not_divided(funds)]
    return "\n\n".join(filter(None, map(marks.plain, told)))


def _facts_table(project: Answer) -> str:
    row = project.rows.to_dict("records")[0]
    budget = money(row["budget"], row["currency"])
    lines = [
        (_("Donors"), _listed(row["donors"])),
        (_("Carried out by"), _listed(row["implementers"])),
        (_("Beneficiaries"), _listed(row["beneficiary"])),
        (_("Sectors"), _listed(row["sector"])),
        (_("Category"), marks.plain(row["category_name"], otherwise=_("not stated"))),
        (_("Status"), marks.plain(row["status_name"])),
        (_("Budget as stated"), marks.plain(budget)),
        (_("Within the Mechanism"), marks.plain(row["within_name"], otherwise=_("not stated"))),
        (_("Source"), _source(row)),
        (_("Note"), marks.plain(row["note"])),
    ]
    return marks.table([_("What"), _("As far as it is published")], ([f"**{name}**", words] for name, words in lines if words))


def _listed(names: Any) -> str:
    return _("not stated") if unknown(names) else marks.plain(listing(names.split("; ")))


def _source(row: Row) -> str:
    if unknown(row["source_url"]):
        return _("not stated")
    name = _("not stated") if unknown(row["source_publisher"]) else row["source_publisher"]
    words = {"publisher": marks.link(name, row["source_url"]), "date": marks.plain(period(row["source_date"]))}
    return _("{publisher}, {date}").format(**words)


def _rules_table(answer: Answer) -> str:
    headers = [_("Rule and threshold"), _("Applies"), _("Why")]
    named = _("**{rule}**, beyond {threshold}")
    return marks.table(
        headers,
        (
            [
                named.format(rule=marks.plain(_(row["rule_name"])), threshold=marks.plain(delivery.threshold(row))),
                marks.plain(delivery.state(row)),
                marks.plain(delivery.reason(row)),
            ]
            for row in answer.rows.to_dict("records")
        ),
    )


def _history_table(answer: Answer) -> str:
    headers = [_("Release"), _("Status and dates"), _("What differed")]
    return marks.table(headers, (_state(row) for row in answer.rows.to_dict("records")))


def _state(row: Row) -> list[str]:
    named = _("{release} of {date}").format(release=row["release_id"], date=day_short(row["released_on"]))
    dates = {"status": _(row["status_name"]), "start": period(row["start"]), "end": period(row["end"])}
    return [marks.plain(cell) for cell in (named, _("{status}; start: {start}; end: {end}").format(**dates), _differed(row["differs"]))]


def _differed(fields: Any) -> str:
    if unknown(fields):
        return _("first release with it")
    titles = columns(language.get())
    return listing(titles[name].title for name in fields.split("; ")) if fields else _("nothing")


_sentences = Kept(_in_sentences)
_facts = Kept(_facts_table)
_rules = Kept(_rules_table)
_history = Kept(_history_table)
