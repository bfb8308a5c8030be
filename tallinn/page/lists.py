"""Short lists for reading: each made once into Markdown, then sent as it stands."""

from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made, provenance
from tallinn.wording import _, count, euros, ngettext, period, unknown


def members(answer: Answer) -> None:
    """Members, the beneficiary and observers, with their offices."""
    _listed(answer, _members.of(answer), _("Nobody is on file yet."))


def not_known(answer: Answer) -> None:
    """What the data do not say, as sentences."""
    _listed(answer, _gaps.of(answer), _("Nothing is on file yet, so nothing is known."))


def series(answer: Answer, code: str) -> None:
    """Who counts in this series, how, and what the count means."""
    st.markdown(_series.of(answer, code=code))


def _listed(answer: Answer, text: str, nothing: str) -> None:
    if answer.rows.empty:
        st.info(nothing)
        return
    with st.container(key=f"list_{answer.name}", gap="xsmall"):
        st.markdown(text)
        st.caption(marks.plain(provenance(answer)))
        how_made(answer.name, answer)


def _members_table(answer: Answer) -> str:
    headers = [_("Name"), _("Role"), _("Since"), _("Office or chair"), _("Contributions on file")]
    return marks.table(headers, (_member(row) for row in answer.rows.to_dict("records")))


def _member(row: dict[Any, Any]) -> list[str]:
    """A member's row: its name leads to the source."""
    since = marks.plain(period(row["joined_on"]))
    return [
        marks.link(row["name"], row["source_url"]),
        marks.plain(row["role_name"]),
        _("{date}, from the start").format(date=since) if row["founding"] is True else since,
        marks.plain(row["office"], otherwise="–"),
        count(row["contributions"]) if row["role"] == "member" else "–",
    ]


def _gap_sentences(answer: Answer) -> str:
    return marks.bullets(_gap(row) for row in answer.rows.to_dict("records"))


def _gap(row: dict[Any, Any]) -> str:
    """One thing that is not known: how much of it, of how much, and which rows."""
    if not unknown(row["amount_eur"]):
        words = {"gap": marks.plain(_(row["label"])), "amount": euros(row["amount_eur"]), "whole": euros(row["of_eur"])}
        return _("{gap}: **{amount}** of {whole}").format(**words)
    words = {"gap": marks.plain(_(row["label"])), "n": count(row["rows"]), "whole": count(row["of_rows"])}
    return _("{gap}: **{n}** of {whole}").format(**words)


def _series_words(answer: Answer, *, code: str) -> str:
    rows = answer.rows[answer.rows["series"] == code].to_dict("records")
    return "\n\n".join(_one_series(row) for row in rows)


def _one_series(row: dict[Any, Any]) -> str:
    sentence = ngettext("{n} count on file.", "{n} counts on file.", int(row["rows"])).format(n=int(row["rows"]))
    words = {name: marks.plain(row[name], otherwise=_("not stated")) for name in ("counted_by", "method", "unit", "description")}
    return _("**Counted by** {counted_by}. **Method:** {method} **Unit:** {unit}. {description} {rows}").format(**words, rows=sentence)


_members = Kept(_members_table)
_gaps = Kept(_gap_sentences)
_series = Kept(_series_words)
