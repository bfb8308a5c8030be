"""What donors say of their own figures in a release: that they are right, that they are not, or a comment.

Statements and the office's answers are records that are only ever added. They stand beside a release and change nothing in it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, get_args

import pyarrow.compute as pc

from tallinn.ingest.findings import Refused
from tallinn.ingest.names import country_name
from tallinn.ingest.retry import again_if_moved
from tallinn.lake import Change, Lake
from tallinn.lake_tables import RECORDS, records
from tallinn.releases import Release, named, now
from tallinn.wording import _, count, day

Verdict = Literal["confirmed", "disputed", "comment"]
MOST_LETTERS = 2_000
FOR_THE_OFFICE_ALONE = "TLP:AMBER+STRICT"


@dataclass(frozen=True)
class Statement:
    """What somebody said for a donor, and what the office answered. `subject`: one contribution, or None for the figures as a whole.

    Texts and names are for the office and for that donor alone.
    """

    statement_id: int
    release_id: str
    donor_id: str
    verdict: Verdict
    subject: str | None
    text: str
    stated_by: str
    stated_at: datetime
    answer: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the office still has to deal with it."""
        return self.verdict != "confirmed" and self.answered_at is None


@dataclass(frozen=True)
class Standing:
    """Whether a donor confirms or disputes its figures as a whole, and since which day (UTC): what everybody may read."""

    donor_id: str
    verdict: Verdict
    stated_on: date


def state(lake: Lake, release_id: str, donor_id: str, verdict: str, text: str, subject: str | None, author: str) -> Statement:
    """Add what a donor says. Raises Refused for what it cannot say: see the sentences."""
    return again_if_moved(_state, lake, release_id, donor_id, verdict, _plain(text), subject, author.strip())


def _state(lake: Lake, release_id: str, donor_id: str, verdict: str, text: str, subject: str | None, author: str) -> Statement:
    since = lake.snapshot()
    _check_words(verdict, text, author)
    _check_subject(lake, named(lake, release_id, unpublished=True), donor_id, subject)
    number = lake.table("confirmations").num_rows + 1
    said = {"release_id": release_id, "donor_id": donor_id, "verdict": verdict, "subject": subject, "text": text, "stated_by": author}
    row = {"statement_id": number, "stated_at": now(), **said}
    message = _("{donor}, release {release}: {verdict}").format(donor=donor_id, release=release_id, verdict=verdict)
    lake.commit([Change("confirmations", None, [], records("confirmations", [row]))], author=author, message=message, since=since)
    return _numbered(lake, number)


def _check_words(verdict: str, text: str, author: str) -> None:
    if not author:
        raise Refused(_("Say who does this."))
    if verdict not in get_args(Verdict):
        raise Refused(_("“{verdict}” is nothing that can be said of figures; confirm, dispute or comment.").format(verdict=verdict))
    if verdict != "confirmed" and not text:
        raise Refused(_("Say what is wrong or what is to be known, in a sentence."))
    _check_length(text)


def _check_length(text: str) -> None:
    if len(text) > MOST_LETTERS:
        told = _("The text has {n} characters; at most {most} are kept. Shorten it.")
        raise Refused(told.format(n=count(len(text)), most=count(MOST_LETTERS)))


def _check_subject(lake: Lake, release: Release, donor_id: str, subject: str | None) -> None:
    """A donor speaks of its own contributions that it can see, and of nothing where it has none."""
    rows = lake.table("contributions", release.snapshot)
    closed = pc.fill_null(pc.equal(rows["tlp"], FOR_THE_OFFICE_ALONE), False)
    own = set(rows.filter(pc.and_not(pc.equal(rows["donor_id"], donor_id), closed))["contribution_id"].to_pylist())
    words = {"donor": country_name(donor_id), "release": release.id, "subject": subject}
    if not own:
        raise Refused(_("{donor} has no contribution in release {release}, so that there is nothing to state.").format(**words))
    if subject is not None and subject not in own:
        raise Refused(_("“{subject}” is no contribution of {donor} in release {release}.").format(**words))


def answer(lake: Lake, statement_id: int, text: str, *, author: str) -> Statement:
    """Add what the office did about a dispute or a comment. Raises Refused without a word on it, and where nothing is open."""
    return again_if_moved(_answer, lake, statement_id, _plain(text), author.strip())


def _answer(lake: Lake, statement_id: int, text: str, author: str) -> Statement:
    since = lake.snapshot()
    if not author:
        raise Refused(_("Say who does this."))
    if not text:
        raise Refused(_("Say what was done about it; the donor reads this."))
    _check_length(text)
    if not _numbered(lake, statement_id).is_open:
        raise Refused(_("Statement {number} is dealt with already.").format(number=statement_id))
    row = {"statement_id": statement_id, "answer": text, "answered_by": author, "answered_at": now()}
    message = _("Statement {number} is dealt with").format(number=statement_id)
    lake.commit([Change("answers", None, [], records("answers", [row]))], author=author, message=message, since=since)
    return _numbered(lake, statement_id)


def _numbered(lake: Lake, statement_id: int) -> Statement:
    found = next((each for each in statements(lake) if each.statement_id == statement_id), None)
    if found is None:
        raise Refused(_("There is no statement {number}.").format(number=statement_id))
    return found


def statements(lake: Lake, release_id: str | None = None, donor_id: str | None = None) -> list[Statement]:
    """All that was said (of a release, by a donor), the newest first."""
    unanswered: dict[str, Any] = dict.fromkeys(RECORDS["answers"])
    answers = {each["statement_id"]: each for each in lake.table("answers").to_pylist()}
    rows = lake.table("confirmations").to_pylist()
    found = [Statement(**{**unanswered, **answers.get(row["statement_id"], {}), **row}) for row in rows]
    asked_for = [each for each in found if release_id in (None, each.release_id) and donor_id in (None, each.donor_id)]
    return sorted(asked_for, key=lambda each: each.statement_id, reverse=True)


def standing(lake: Lake, release: Release) -> tuple[Standing, ...]:
    """The newest verdict of each donor on its figures as a whole in this release. It says nothing of any other release."""
    verdicts = [each for each in statements(lake, release.id) if each.subject is None and each.verdict != "comment"]
    newest = {each.donor_id: each for each in reversed(verdicts)}
    return tuple(Standing(donor, newest[donor].verdict, newest[donor].stated_at.date()) for donor in sorted(newest))


def in_a_line(each: Statement) -> str:
    """A statement in a line: verdict, release, what it is about, who and when, its text, and what the office did."""
    verdicts = {"confirmed": _("Confirmed"), "disputed": _("Disputed"), "comment": _("Comment")}
    about = each.subject or _("figures as a whole")
    words = {"verdict": verdicts[each.verdict], "release": each.release_id, "about": about, "who": each.stated_by}
    told = _("{verdict}, release {release}, {about}: {who} on {date}.").format(date=day(each.stated_at.date()), **words)
    text = f"“{each.text}”" if each.text else ""
    done = _("The project office on {date}: “{answer}”") if each.answered_at else ""
    return " ".join(filter(None, [told, text, done.format(date=each.answered_at and day(each.answered_at.date()), answer=each.answer)]))


def _plain(text: str) -> str:
    """The text in one line, without signs that nobody sees: it is shown on pages and printed on terminals."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
