"""Upload: a donor's file comes in, is understood, decided, looked at and taken in."""

import streamlit as st

from tallinn.page import prose, stop
from tallinn.page.office import deciding, desk, door, preview, said, taking
from tallinn.wording import _

st.title(_("Upload"), anchor=False)
door.enter()
prose(
    _(
        "Put down one or several files as the donors sent them. Each is read, its columns are recognised, its cells are checked and its "
        "effect is shown. Nothing is stored until you take it in, and everything that is taken in can be undone."
    )
)

cases = desk.cases(desk.uploader())
desk.work_on(*(case for case in cases if case.outcome is None))
case = desk.chosen(cases)
if case is None:
    stop()
desk.work_on(case)
if case.receipt:
    taking.receipt(case.receipt, case.outcome)
    stop()
if case.state == "cancelled":
    desk.begin_again(case)
    stop()
if case.file is None:
    desk.refusal(case)
    stop()

st.header(_("1. Who sends it, and what becomes of what is on file"), anchor="sender")
with st.grid(2, min_column_width=300):
    deciding.sender(case)
    deciding.which_sheet(case)
taking.verb(case)

st.header(_("2. What its columns are"), anchor="columns")
desk.refusal(case)
deciding.tables(case)
if case.outcome is None or case.outcome.submission is None:
    stop()
submission = case.outcome.submission

st.header(_("3. What was found"), anchor="findings")
said.findings(submission, case.id)
desk.marked_workbook(case, submission)
if not submission.decided:
    st.info(_("What the file would change is shown as soon as every column is decided and nothing required is missing."))
    stop()

st.header(_("4. Is this what you expected?"), anchor="preview")
preview.figures(submission)
preview.expected(case.outcome)
preview.effect(case.outcome)
preview.changes(submission, case.id)

st.header(_("5. Take it in"), anchor="take")
taking.take_in(case, submission)
