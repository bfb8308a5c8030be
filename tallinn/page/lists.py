"""Short lists for reading: each made once into Markdown, then sent as it stands."""

from datetime import date
from typing import Any

import streamlit as st

from tallinn.ask import Answer
from tallinn.charts import units
from tallinn.delivery import threshold
from tallinn.page import marks
from tallinn.page.kept import Kept
from tallinn.page.proof import how_made, provenance
from tallinn.page.show import prose
from tallinn.summary import gaps
from tallinn.wording import _, count, day_short, ngettext, period, unknown


def members(answer: Answer) -> None:
    """Members, the beneficiary and observers, with their offices."""
    _listed(answer, _members.of(answer), _("Nobody is on file yet."))


def not_known(answer: Answer) -> None:
    """What the data do not say, as sentences."""
    _listed(answer, _gaps.of(answer), _("Nothing is on file yet, so nothing is known."))


def series(answer: Answer, code: str = "") -> None:
    """Who counts in this series, how, and what the count means; all series without a code."""
    prose(_series.of(answer, code=code))


def codes(answer: Answer) -> None:
    """A code list: each code with its name and what it means."""
    st.markdown(_codes.of(answer))


def breaks(answer: Answer) -> None:
    """When the rules of counting changed in which series."""
    st.markdown(_breaks.of(answer))


def rules(answer: Answer) -> None:
    """What is checked in a file, and what its sender is told."""
    st.markdown(_rules.of(answer))


def delivery_rules(answer: Answer) -> None:
    """By which rules a project is late or out of step, each with its threshold."""
    st.markdown(_delivery_rules.of(answer))


def newest_of(answer: Answer) -> None:
    """That an answer with `all_rows` holds the newest of them only, where it does."""
    rows = answer.rows
    if len(rows) < rows["all_rows"].iloc[0]:
        told = _("The newest {shown} of {all} are read here; the open data have all of them.")
        st.caption(told.format(shown=count(len(rows)), all=count(rows["all_rows"].iloc[0])))


def _listed(answer: Answer, text: str, nothing: str) -> None:
    if answer.rows.empty:
        st.info(nothing)
        return
    with st.container(gap="xsmall"):
        st.markdown(text)
        st.caption(marks.plain(provenance(answer)))
        how_made(answer.name, answer)


def _members_table(answer: Answer) -> str:
    headers = [_("Name"), _("Role and office"), _("Since"), _("Rows on file")]
    return marks.table(headers, (_member(row) for row in answer.rows.to_dict("records")))


def _member(row: dict[Any, Any]) -> list[str]:
    """One row: the name leads to the source; few columns, so that a phone has room."""
    role = _("Founding member") if row["role"] == "member" and row["founding"] is True else row["role_name"]
    duties = role if unknown(row["office"]) else _("{role}; {office}").format(role=role, office=row["office"])
    given = count(row["contributions"]) if row["role"] == "member" else "–"
    return [marks.link(row["name"], row["source_url"]), marks.plain(duties), marks.plain(_since(row["joined_on"])), given]


def _since(joined_on: Any) -> str:
    text = "" if unknown(joined_on) else str(joined_on)
    return day_short(date.fromisoformat(text)) if len(text) == len("2023-12-20") else period(text)


def _gap_sentences(answer: Answer) -> str:
    told = _("{gap}: **{part}** of {whole}")
    return marks.bullets(told.format(gap=marks.plain(gap.what), part=gap.part, whole=gap.whole) for gap in gaps(answer))


def _series_words(answer: Answer, *, code: str) -> str:
    """One series in a paragraph; all of them, each under its name, without a code."""
    rows = answer.rows.to_dict("records")
    return "\n\n".join(_one_series(row, named=not code) for row in rows if not code or row["series"] == code)


def _one_series(row: dict[Any, Any], *, named: bool) -> str:
    name = f"**{marks.plain(row['name'])}.** " if named else ""
    words = {part: marks.plain(row[part], otherwise=_("not stated")) for part in ("counted_by", "method", "description")}
    words["unit"] = units.name(row["unit"])
    words["rows"] = ngettext("{n} count on file.", "{n} counts on file.", int(row["rows"])).format(n=int(row["rows"]))
    return name + _("Counted by {counted_by}. Method: {method} Unit: {unit}. {description} {rows}").format(**words)


def _codes_table(answer: Answer) -> str:
    rows = answer.rows.to_dict("records")
    return marks.table([_("Name"), _("Meaning")], ([_code(row), marks.plain(row["description"])] for row in rows))


def _code(row: dict[Any, Any]) -> str:
    """The name that people read, and the code that stands in files where it is another."""
    name = f"**{marks.plain(row['name'])}**"
    return name if row["code"] == row["name"] else f"{name} `{row['code']}`"


def _breaks_list(answer: Answer) -> str:
    return marks.bullets(_break(row) for row in answer.rows.to_dict("records"))


def _break(row: dict[Any, Any]) -> str:
    words = {
        "date": marks.link(period(row["date"]), row["source_url"]),
        "series": marks.plain(row["series_name"]),
        "what": marks.plain(row["what"]),
    }
    return _("{date}, {series}: {what}").format(**words)


def _rules_table(answer: Answer) -> str:
    headers = [_("Level"), _("What is found"), _("What the sender is told")]
    rows = answer.rows.to_dict("records")
    return marks.table(headers, ([row["level"], f"**{marks.plain(row['name'])}**", marks.plain(row["template"])] for row in rows))


def _delivery_table(answer: Answer) -> str:
    headers = [_("Rule"), _("Threshold"), _("When it applies")]
    rows = answer.rows.to_dict("records")
    cells = ((f"**{marks.plain(_(row['name']))}**", marks.plain(threshold(row)), marks.plain(_(row["description"]))) for row in rows)
    return marks.table(headers, cells)


_members = Kept(_members_table)
_gaps = Kept(_gap_sentences)
_series = Kept(_series_words)
_codes = Kept(_codes_table)
_breaks = Kept(_breaks_list)
_rules = Kept(_rules_table)
_delivery_rules = Kept(_delivery_table)
