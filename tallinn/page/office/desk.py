"""The desk: the files that a person has put down, what was decided about each, and what came of it. Nothing on it is stored in the lake.

A file is worked on in the run of the page itself. Whatever else the person does meanwhile, "Cancel" above all, ends that work at its
next step, and the child process with it.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Literal

import streamlit as st
from streamlit.typing import UploadedFile

from tallinn.audience import PUBLIC
from tallinn.effect import Move, effect
from tallinn.giveback import annotate
from tallinn.ingest.accept import Receipt
from tallinn.ingest.compare import Mode
from tallinn.ingest.decisions import Decisions
from tallinn.ingest.expected import Expectation, expected
from tallinn.ingest.findings import Refused
from tallinn.ingest.progress import Progress, Stretch
from tallinn.ingest.read import FORMATS, SentFile, read
from tallinn.ingest.submission import Submission, understand
from tallinn.languages import language
from tallinn.page import marks
from tallinn.page.office import door
from tallinn.settings import MAX_FILE_BYTES
from tallinn.wording import _

State = Literal["waiting", "cancelled", "refused", "undecided", "nothing", "ready", "taken"]
READ, UNDERSTOOD = 0.4, 0.9
"""How far the bar is when the file is read, and when it is understood."""


@dataclass(frozen=True)
class Choices:
    """What a person has chosen for a file: who sends it, the one sheet to read (None: all that are visible), the verb, and by sheet what
    its columns are."""

    donor: str | None = None
    sheet: str | None = None
    mode: Mode = "update"
    decisions: Mapping[str, Decisions] = field(default_factory=dict)


@dataclass(frozen=True)
class Understood:
    """What came of a file under these choices: a submission beside the last one of its sender, with its effect on all rows and on those
    that the public sees; or a refusal. What is said of it is in one language."""

    choices: Choices
    language: str
    submission: Submission | None
    refusal: str | None = None
    expectation: Expectation | None = None
    moves: Sequence[Move] = ()
    public_moves: Sequence[Move] = ()


@dataclass
class Case:
    """One file on the desk."""

    id: str
    name: str
    content: bytes
    choices: Choices = Choices()
    file: SentFile | None = None
    outcome: Understood | None = None
    shown: Submission | None = None
    """The newest submission, which stays on view while a later choice is refused."""
    cancelled: bool = False
    receipt: Receipt | None = None
    stale: bool = False
    """Whether the lake has changed since the file was compared with it."""
    problem: str | None = None
    """Why the last attempt to take it in did not succeed."""

    @property
    def state(self) -> State:
        if self.receipt:
            return "taken"
        if self.cancelled:
            return "cancelled"
        if self.outcome is None or (self.outcome.choices, self.outcome.language) != (self.choices, language.get()) or self.stale:
            return "waiting"
        if self.outcome.submission is None:
            return "refused"
        if not self.outcome.submission.decided:
            return "undecided"
        return "ready" if self.outcome.submission.rows_accepted or self.outcome.submission.rows_held else "nothing"

    def decide(self, **chosen: object) -> None:
        """Choose anew: donor, sheet, mode or decisions."""
        self.choices = replace(self.choices, **chosen)  # type: ignore[arg-type]
        self.cancelled = False

    def cancel(self) -> None:
        self.cancelled = True

    def work(self, progress: Progress) -> None:
        """Read the file if that is still to be done, and understand it under the choices. `progress` is told how much is done (0..1)."""
        try:
            self.outcome = self._understood(progress)
        except Refused as reason:
            self.outcome = Understood(self.choices, language.get(), None, str(reason))
        self.shown, self.stale = self.outcome.submission or self.shown, False

    def _understood(self, progress: Progress) -> Understood:
        if self.file is None:
            self.file = read(self.name, self.content, Stretch(progress, 0, READ))
        with door.lake() as lake:
            choices = self.choices
            submission = understand(
                self.file,
                lake,
                decisions=choices.decisions,
                sheet=choices.sheet,
                donor=choices.donor,
                mode=choices.mode,
                progress=Stretch(progress, READ, UNDERSTOOD),
            )
            moves = effect(submission, lake)
            public = effect(submission, lake, PUBLIC) if moves else []
            return Understood(choices, language.get(), submission, None, expected(submission, lake), moves, public)


def uploader() -> list[UploadedFile]:
    """Where files are put down."""
    return st.file_uploader(
        _("Files from donors"),
        type=[suffix.removeprefix(".") for suffix in FORMATS],
        accept_multiple_files=True,
        max_upload_size=MAX_FILE_BYTES // 2**20,
        key="files",
    )


def cases(uploads: Sequence[UploadedFile]) -> list[Case]:
    """The cases of the files in the uploader, in its order. A file that was taken out of it leaves the desk."""
    desk: dict[str, Case] = st.session_state.setdefault("desk", {})
    wanted = {upload.file_id: upload for upload in uploads}
    for id_ in [id_ for id_ in desk if id_ not in wanted]:
        del desk[id_]
    for id_, upload in wanted.items():
        if id_ not in desk:
            desk[id_] = Case(hashlib.sha256(id_.encode()).hexdigest()[:8], upload.name, upload.getvalue())
    return [desk[id_] for id_ in wanted]


def chosen(cases: Sequence[Case]) -> Case | None:
    """The file to go on with: the only one, or the one that a person picks from the list of all with their states."""
    if len(cases) < 2:
        return cases[0] if cases else None
    by_id = {case.id: case for case in cases}
    open_first = next((case.id for case in cases if case.state not in ("taken", "cancelled")), cases[0].id)
    picked = st.radio(
        _("Go on with"),
        list(by_id),
        index=list(by_id).index(open_first),
        format_func=lambda id_: marks.plain(by_id[id_].name),
        captions=[_in_words(case) for case in cases],
        key="chosen_case",
    )
    return by_id.get(picked or "")


def _in_words(case: Case) -> str:
    """Where a file stands."""
    words = {
        "waiting": _("to be looked at again") if case.outcome else _("not read yet"),
        "cancelled": _("cancelled; nothing was kept"),
        "refused": _("refused"),
        "undecided": _("columns wait for a decision"),
        "nothing": _("no rows"),
        "ready": _("ready to be taken in"),
        "taken": _("taken in"),
    }
    return words[case.state]


def begin_again(case: Case) -> None:
    """What a cancelled file shows."""
    st.info(_("{file} was cancelled. Nothing of it was kept.").format(file=marks.plain(case.name)))
    st.button(_("Begin again"), on_click=case.decide, key=f"again_{case.id}")


def refusal(case: Case) -> None:
    """Why a file or a choice was refused."""
    if case.outcome and case.outcome.refusal:
        st.error(marks.plain(case.outcome.refusal))


def marked_workbook(case: Case, submission: Submission) -> None:
    """The same workbook with each finding at its cell, made when it is asked for."""
    if submission.findings:
        st.download_button(
            _("The workbook with these findings at its cells"),
            partial(_annotated, submission, language.get()),
            f"{submission.file.name.rpartition('.')[0]} findings.xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            key=f"marked_{case.id}",
            on_click="ignore",
            icon=":material/download:",
        )


def _annotated(submission: Submission, code: str) -> bytes:
    """Made outside of any page run, in the language in which it was offered."""
    with language.spoken(code):
        return annotate(submission.file, submission.findings)


def others_moved(case: Case) -> None:
    """The lake has changed: whatever else is on the desk was compared with how it was before."""
    for other in st.session_state["desk"].values():
        if other is not case:
            other.stale = True


def work_on(*cases: Case) -> None:
    """Understand the files for which that is to be done, one after the other, under a bar that moves and a button that stops it."""
    place = st.empty()
    for case in cases:
        if case.state != "waiting":
            continue
        with place.container():
            bar = st.progress(0.0, text=_("Reading and checking {file}").format(file=marks.plain(case.name)))
            st.button(_("Cancel"), on_click=case.cancel, key=f"cancel_{case.id}")
        case.work(partial(_show, bar, case.name))
    place.empty()


def _show(bar: st.delta_generator.DeltaGenerator, name: str, done: float) -> None:
    words = _("Reading {file}") if done < READ else _("Checking {file}") if done < UNDERSTOOD else _("Working out what changes")
    bar.progress(min(done, 1.0), text=words.format(file=marks.plain(name)))
