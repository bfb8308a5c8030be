"""The command line says in facts and in words what a file holds, takes it, and answers questions; it never ends in a traceback."""

import csv
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tallinn.audience import Audience
from tallinn.cli import main, questions
from tallinn.lake import Lake
from tallinn.releases import published
from tallinn.settings import ROOT
from tallinn.store import Store, open_store
from tests.ingest import iati_files as iati
from tests.samples import Table, csv_file, understood, workbook

GOOD = workbook(contributions=[{"amount": 10}, {"amount": None}, {"stage": "Pledge", "currency": "SEK", "amount": 5.5}], needs=[{}])
BAD_ROW = workbook(contributions=[{"amount": "a lot"}, {}])
NO_TABLE = b"a,b\n1,2\n"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Write a file, and name it as a person would on the command line."""

    def written(content: bytes, name: str = "sent.xlsx") -> str:
        (tmp_path / name).write_bytes(content)
        return str(tmp_path / name)

    return written


@pytest.fixture
def run(empty_directory: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command, on the empty lake unless it names another: its exit code, what it printed, and what it complained of."""
    monkeypatch.setenv("TALLINN_LAKE", str(empty_directory))

    def result(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        return status, *capsys.readouterr()

    return result


def answered(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The same as a process of its own, started in another folder."""
    everything = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    command = [sys.executable, "-m", "tallinn", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=everything, cwd="/")


# check


def test_check_prints_one_object_with_the_facts(run, file):
    status, out, err = run("check", file(GOOD), "--json")
    facts = json.loads(out)
    assert (status, err) == (0, "")
    assert set(facts) == {
        "file",
        "sha256",
        "sheets",
        "rows_read",
        "rows_accepted",
        "rows_held",
        "findings",
        "totals",
        "changes",
        "expected",
    }
    assert (facts["file"], facts["rows_read"], facts["rows_accepted"], facts["rows_held"]) == ("sent.xlsx", 4, 4, 0)
    assert [set(sheet) for sheet in facts["sheets"]] == [
        {"name", "hidden", "header_row", "dataset", "mapping", "rows", "columns", "constants", "decided"}
    ] * 2
    assert [(sheet["name"], sheet["dataset"], sheet["rows"]) for sheet in facts["sheets"]] == [
        ("Contributions", "contributions", 3),
        ("Needs", "needs", 1),
    ]
    assert facts["sheets"][1]["mapping"]["need_id"] == "Need ID"


def test_check_adds_up_what_it_would_take_and_counts_the_unknown(run, file):
    _status, out, _err = run("check", file(GOOD), "--json")
    assert json.loads(out)["totals"] == [
        {"donor_id": "EST", "stage": "commitment", "currency": "EUR", "amount": 10.0, "rows": 2},
        {"donor_id": "EST", "stage": "pledge", "currency": "SEK", "amount": 5.5, "rows": 1},
    ]


def test_check_names_each_finding_with_its_place(run, file):
    status, out, err = run("check", file(BAD_ROW), "--json")
    facts = json.loads(out)
    assert (status, err, facts["rows_held"]) == (1, "", 1)
    (found,) = facts["findings"]
    assert {name: found[name] for name in found if name not in ("message", "rows")} == {
        "level": "error", "rule": "not-a-number", "sheet": "Contributions", "cell": "E2", "row": 2, "column": "Amount", "value": "a lot",
    }  # fmt: skip
    assert "“a lot”" in found["message"]


def test_check_says_the_same_in_words_and_what_would_move_and_stores_nothing(run, file, empty_lake):
    before = empty_lake.snapshot()
    status, out, err = run("check", file(workbook(contributions=[{"amount": "a lot"}, {"amount": 1_500_000}])))
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert lines[0] == "sent.xlsx: 2 rows read, 1 can be taken, 1 held."
    assert lines[1].startswith("error: Contributions!E2 “a lot” is no number.")
    assert re.search(r"^Contributions: .*\b1\b", lines[2])
    added, mechanism, estonia = lines[3:]
    assert added.startswith("added contributions-2: Donor Estonia; Stage Commitment; Amount EUR 1,500,000;")
    assert mechanism == "The Mechanism: commitments rise by EUR 1.5 million."
    assert estonia == "Estonia: commitments rise by EUR 1.5 million because contributions-2 is new."
    assert empty_lake.snapshot() == before


def test_check_can_be_told_the_dataset_and_the_donor(run, file):
    nameless = workbook(Table("contributions", [{}], without=["donor_id"]))
    _status, out, _err = run("check", file(nameless), "--dataset", "contributions", "--donor", "Eesti", "--json")
    assert json.loads(out)["totals"][0]["donor_id"] == "EST"


def test_unknown_amounts_and_columns_are_null_in_json(run, file):
    _status, out, _err = run(
        "check", file(workbook(Table("needs"), Table("projects", hidden=True), contributions=[{"amount": None}])), "--json"
    )
    facts = json.loads(out, parse_constant=pytest.fail)
    assert facts["totals"][0]["amount"] is None
    assert facts["sheets"][1] == {"name": "Projects", "hidden": True, "header_row": None, "dataset": None, "mapping": {}, "rows": 0}
    assert facts["findings"][0]["cell"] is None


def test_what_a_stranger_wrote_cannot_steer_the_terminal(run, file):
    _status, out, _err = run("check", file(csv_file("contributions", [{"amount": "\x1b[2J\nerror: all is well"}]), "sent.csv"))
    assert "\x1b" not in out
    assert len([line for line in out.splitlines() if line.startswith("error:")]) == 1


def test_check_and_import_put_a_file_beside_the_last_one_of_its_sender(run, file, directory):
    lake = ["--lake", str(directory)]
    assert "expected?" not in run("import", file(GOOD), *lake)[1]
    fewer = file(workbook(contributions=[{"amount": 100}], needs=[{}]), "fewer.xlsx")
    for command in ("check", "import"):
        out = run(command, fewer, *lake)[1]
        assert "Is this what you expected?\nContributions: only 1 rows can be taken; the last file had 3.\n" in out
        assert "Beside the last file of this sender, sent.xlsx of " in out
    facts = json.loads(run("check", fewer, "--json", *lake)[1])
    assert facts["expected"]["submission_id"] == 2
    assert facts["expected"]["lines"][0] == {"what": "Rows of Contributions", "now": "1", "before": "1", "remark": ""}


# Refusals


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["check", "{missing}"], "missing.xlsx was not read: No such file or directory."),
        (["check", "{folder}"], "was not read: "),
        (["check", "{no_table}"], "no_table.csv was not taken: its row 1 reads “a” and “b”, which is no known dataset."),
        (["check", "{good}", "--donor", "Atlantis"], "“Atlantis” is no country or organisation known here."),
        (["import", "{no_table}"], "no_table.csv was not taken"),
        (["check", "{good}", "--map", "amount"], "--map takes column=value, not “amount”."),
        (["check", "{good}", "--sheet", "Total"], "sent.xlsx has no sheet “Total”; it has “Contributions” and “Needs”."),
        (["dismiss", "1-A-2", "--reason", "none"], "No such row is held: 1-A-2."),
        (["undo", "7"], "There is no submission 7."),
        (["ask", "everything"], "there is no query 'everything'"),
        (["ask", "headline", "--param", "donor=EST"], "headline has no parameter donor"),
        (["ask", "headline", "--param", "scope"], "--param takes name=value"),
        (["ask", "headline", "--audience", "partner", "--donor", "Atlantis"], "“Atlantis” is no country"),
        (["history", "--lake", "{good}"], "The lake in"),
        (["history", "--lake", "{broken_lake}"], "The lake in"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_cannot_be_done_is_said_in_one_sentence(run, file, tmp_path, arguments, sentence):
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "broken").mkdir()
    places = {
        "missing": str(tmp_path / "missing.xlsx"),
        "folder": str(tmp_path / "folder.xlsx"),
        "no_table": file(NO_TABLE, "no_table.csv"),
        "good": file(GOOD),
        "broken_lake": str(Path(file(b"no database at all", "broken/catalog.sqlite")).parent),
    }
    status, out, err = run(*(argument.format(**places) for argument in arguments))
    assert (status, out) == (2, "")
    assert sentence in err
    assert len(err.splitlines()) == 1


@pytest.mark.parametrize(
    "arguments", [[], ["publish"], ["check"], ["check", "x", "--dataset", "money"], ["ask", "headline", "--format", "xml"]]
)
def test_a_command_that_is_none_is_explained(run, capsys, arguments):
    with pytest.raises(SystemExit) as stopped:
        run(*arguments)
    assert stopped.value.code == 2
    assert "usage: python -m tallinn" in capsys.readouterr().err


# import and history


def test_import_takes_files_with_author_and_message_and_history_lists_them(run, file, directory):
    files = [file(GOOD), file(BAD_ROW, "held.xlsx")]
    status, out, err = run("import", *files, "--accept-valid", "--by", "Mari", "--message", "Second quarter", "--lake", str(directory))
    assert (status, err) == (1, "")
    assert "Taken as submission 1, snapshot" in out
    status, out, _err = run("history", "--json", "--lake", str(directory))
    newest, oldest = json.loads(out)
    assert (status, newest["submission_id"], oldest["submission_id"]) == (0, 2, 1)
    assert (newest["author"], newest["message"], newest["file_name"], newest["mode"]) == ("Mari", "Second quarter", "held.xlsx", "update")
    assert (newest["rows_read"], newest["rows_accepted"], newest["rows_held"]) == (2, 1, 1)
    _status, words, _err = run("history", "--lake", str(directory))
    assert "Mari: held.xlsx, 1 rows taken, 1 held. Second quarter" in words.splitlines()[0]


def test_import_takes_nothing_of_a_file_with_an_error_unless_told_to(run, file, directory):
    status, out, err = run("import", file(BAD_ROW), "--lake", str(directory))
    assert (status, out) == (2, "")
    assert "1 of its rows have errors" in err and "Contributions!E2: “a lot” is no number." in err
    assert run("history", "--lake", str(directory)) == (0, "", "")


def test_import_says_when_a_file_was_taken_before(run, file, directory):
    arguments = ["import", file(GOOD), "--lake", str(directory)]
    run(*arguments)
    assert "This very file was taken before and changes nothing" in run(*arguments)[1]
    facts = json.loads(run(*arguments, "--json")[1])
    assert (facts["submission_id"], facts["changed"]) == (None, False)


def test_import_goes_on_after_a_file_that_is_refused(run, file, directory):
    status, out, err = run("import", file(NO_TABLE, "none.csv"), file(GOOD), "--lake", str(directory))
    assert status == 2
    assert len(err.splitlines()) == 1
    assert "Taken as submission 1" in out


def test_import_can_replace(run, file, directory):
    run("import", file(GOOD), "--lake", str(directory))
    run("import", file(workbook(contributions=[{"contribution_id": "new"}])), "--mode", "replace", "--lake", str(directory))
    with Lake(directory) as lake:
        assert lake.rows("contributions")["contribution_id"].tolist() == ["new"]


def test_import_can_be_told_what_a_file_does_not_say(run, file, directory):
    content = b"Report of the ministry;;;\nWho;Grant;Colour;Note\nNorwey Fund;5;red;x\n"
    told = ["--header-row", "2", "--dataset", "contributions", "--map", "donor_id=Who", "--map", "amount=Grant", "--ignore", "Colour"]
    told += ["--as-stated", "donor_id", "--set", "currency=EUR", "--set", "stage=Pledge", "--set", "within_mechanism=yes"]
    status, _out, err = run("import", file(content, "sent.csv"), *told, "--lake", str(directory))
    assert (status, err) == (0, "")
    with Lake(directory) as lake:
        (row,) = lake.table("contributions").to_pylist()
    assert [row[name] for name in ("donor_id", "amount", "currency", "stage", "note")] == ["Norwey Fund", 5, "EUR", "pledge", "x"]


def test_an_iati_file_asks_what_it_cannot_say_and_is_taken_when_told(run, file, directory):
    sent = file(iati.file(iati.activity(iati.transaction(2, 100, ref="C"), iati.transaction(11, 500))), "sida.xml")
    status, _out, err = run("import", sent, "--lake", str(directory))
    assert (status, "Missing: Within the Mechanism" in err) == (2, True)
    told = ["--set", "within_mechanism=related", "--set", "tlp=TLP:CLEAR", "--lake", str(directory)]
    status, out, err = run("import", sent, *told)
    assert (status, err) == (0, "")
    assert "“Incoming commitment (11)”" in out and "Taken as submission 1" in out
    with Lake(directory) as lake:
        (row,) = lake.table("contributions").to_pylist()
        assert lake.table("projects")["project_id"].to_pylist() == [row["project_ids"]] == ["SE-0-1"]
    assert (row["contribution_id"], row["donor_id"], row["amount"], row["within_mechanism"]) == ("SE-0-1/C", "SWE", 100, "related")
    assert "was taken before and changes nothing" in run("import", sent, "--lake", str(directory))[1]


def test_import_can_be_told_to_read_one_sheet_though_it_be_hidden(run, file, directory):
    book = workbook(Table("needs", sheet="Old"), Table("needs", [{"need_id": "kept"}], sheet="New", hidden=True))
    run("import", file(book), "--sheet", "New", "--lake", str(directory))
    with Lake(directory) as lake:
        assert lake.table("needs")["need_id"].to_pylist() == ["kept"]


def test_an_undecided_column_is_named_and_nothing_is_taken(run, file, directory):
    undecided = file(workbook(Table("needs", [{"Colour": "red"}])))
    for option in ([], ["--accept-valid"]):
        status, out, err = run("import", undecided, *option, "--lake", str(directory))
        assert (status, out) == (2, "")
        assert "Nobody has decided what these columns are: “Colour”." in err
    assert run("import", undecided, "--ignore", "Colour", "--lake", str(directory))[0] == 0


def test_what_an_undecided_column_may_be_is_said_with_how_sure_that_is(run, file):
    content = b"Wer;Wieviel;Farbe\nNorwegen;5,50 EUR;blau\nSchweden;6,50 EUR;weiss\n"
    status, out, _err = run("check", file(content, "sent.csv"), "--dataset", "contributions")
    assert status == 1
    assert out.splitlines()[1:4] == [
        "column “Wer”: undecided; perhaps donor_id (by its cells, 80%)",
        "column “Wieviel”: undecided; perhaps amount (by its cells, 75%)",
        "column “Farbe”: undecided; it fits nothing, so perhaps it is to be ignored",
    ]


# What was held, what was taken back, what is given back


def test_held_rows_are_listed_and_dismissed_with_a_reason(run, file, directory):
    lake = ["--lake", str(directory)]
    assert run("held", *lake) == (0, "No row is held.\n", "")
    run("import", file(BAD_ROW), "--accept-valid", *lake)
    status, out, _err = run("held", *lake)
    assert status == 1
    assert out.startswith("1-Contributions-2  Contributions!2: “a lot” is no number.") and "Amount: a lot" in out
    (facts,) = json.loads(run("held", "--submission", "1", "--json", *lake)[1])
    assert (facts["held_id"], facts["row_key"], facts["state"]) == ("1-Contributions-2", "contributions-1", "held")
    assert run("dismiss", "1-Contributions-2", "--reason", " ", *lake) == (2, "", "Say why these rows are dismissed.\n")
    assert run("dismiss", "1-Contributions-2", "--reason", "reported twice", *lake) == (0, "Dismissed: 1-Contributions-2.\n", "")
    assert run("held", *lake)[0] == 0


def test_held_rows_are_taken_away_corrected_and_settled_by_an_import(run, file, directory, tmp_path):
    lake, away = ["--lake", str(directory)], tmp_path / "away.xlsx"
    run("import", file(BAD_ROW), "--accept-valid", *lake)
    assert run("held", "--out", str(away), *lake)[0] == 1
    book = openpyxl.load_workbook(away)
    cells = {cell.value: book.active.cell(2, cell.column) for cell in book.active[1]}
    cells["Amount"].value = 12.5
    book.save(away)
    status, out, err = run("import", str(away), *lake)
    assert (status, err) == (0, "")
    assert "These are held rows of submission 1" in out
    assert run("held", *lake) == (0, "No row is held.\n", "")
    assert run("held", "--out", str(tmp_path / "none.xlsx"), *lake)[0] == 0
    assert not (tmp_path / "none.xlsx").exists()


def test_held_rows_of_one_submission_at_a_time_are_taken_away(run, file, directory, tmp_path):
    lake, away = ["--lake", str(directory)], str(tmp_path / "away.xlsx")
    other = file(workbook(contributions=[{"contribution_id": "other", "amount": "?!"}]), "other.xlsx")
    run("import", file(BAD_ROW), other, "--accept-valid", *lake)
    status, out, err = run("held", "--out", away, *lake)
    assert (status, out, err) == (2, "", "Rows of the submissions 1 and 2 are held: choose one with --submission.\n")
    assert run("held", "--out", away, "--submission", "2", *lake)[0] == 1
    assert openpyxl.load_workbook(away).active["A2"].value == "2-Contributions-2"


def test_a_submission_is_undone_and_the_history_says_so(run, file, directory):
    lake = ["--lake", str(directory)]
    run("import", file(GOOD), *lake)
    status, out, _err = run("undo", "1", "--by", "Mari", "--reason", "sent by mistake", "--json", *lake)
    assert (status, json.loads(out)["rows_left"]) == (0, {"contributions": 3, "needs": 1})
    assert re.search(r"Undone on \d{4}-\d\d-\d\d by Mari: sent by mistake", run("history", *lake)[1])
    assert run("undo", "1", *lake) == (2, "", "Submission 1 has been undone before.\n")


def test_a_workbook_is_written_with_the_findings_at_their_cells(run, file, tmp_path):
    status, _out, err = run("annotate", file(BAD_ROW), "--out", str(tmp_path / "marked.xlsx"))
    assert (status, err) == (1, "")
    assert "no number" in openpyxl.load_workbook(tmp_path / "marked.xlsx")["Contributions"]["E2"].comment.text
    assert run("annotate", file(GOOD), "--out", str(tmp_path / "none" / "marked.xlsx"))[0] == 2


def test_a_template_is_written_empty_or_with_what_a_donor_has_on_file(run, file, directory, tmp_path):
    lake, filled = ["--lake", str(directory)], tmp_path / "filled.xlsx"
    run("import", file(GOOD), *lake)
    assert run("template", "contributions", "--donor", "Estonia", "--out", str(filled), *lake) == (0, "", "")
    assert json.loads(run("check", str(filled), "--json", *lake)[1])["changes"]["contributions"]["unchanged"] == [
        "contributions-1", "contributions-2", "contributions-3",
    ]  # fmt: skip
    assert run("template", "contributions", "--out", str(tmp_path / "empty.xlsx"), *lake)[0] == 0
    assert len(list(openpyxl.load_workbook(tmp_path / "empty.xlsx")["Contributions"].iter_rows(max_row=2, values_only=True))) == 2


# ask


@pytest.fixture(scope="module")
def default_store(founded_lake: Lake) -> Store:
    return open_store(founded_lake, Audience("public"), published(founded_lake))


@pytest.fixture
def ask(founded_directory: Path, default_store: Store, run: Run, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """What a question to the default data prints."""
    monkeypatch.setattr(questions, "open_store", lambda _lake, _audience, _release: default_store)

    def printed(*arguments: str) -> str:
        status, out, err = run("ask", *arguments, "--lake", str(founded_directory))
        assert (status, err) == (0, "")
        return out

    return printed


def test_the_headline_is_the_published_one(ask):
    (headline,) = json.loads(ask("headline", "--format", "json"))
    figures = ("committed_eur", "disbursed_eur", "pledged_not_committed_eur", "reported_eur")
    assert [round(headline[name] / 1e6, 2) for name in figures] == [16.67, 0.5, 10.0, 241.7]
    assert headline["rows_without_rate"] == 1


def test_json_says_null_and_csv_nothing_and_the_table_unknown_where_nothing_is_known(ask):
    rows = json.loads(ask("donor_ladder", "--format", "json"), parse_constant=pytest.fail)
    table, lines = ask("donor_ladder"), list(csv.DictReader(io.StringIO(ask("donor_ladder", "--format", "csv"))))
    nothing_known = [row["donor_id"] for row in rows if row["committed_eur"] is None]
    assert nothing_known == [line["donor_id"] for line in lines if line["committed_eur"] == ""] != []
    assert "unknown" in table and "NaN" not in table
    assert len(table.splitlines()) == len(rows) + 1 == len(lines) + 1


def test_dates_are_written_as_iso(ask):
    first = json.loads(ask("incident_counts", "--format", "json"))[0]["period_start"]
    assert len(first) == 10 and first.count("-") == 2


def test_parameters_narrow_an_answer_and_lists_are_separated_by_commas(ask):
    rows = json.loads(ask("donor_ladder", "--param", "donors=EST,SWE", "--param", "scope=related", "--format", "json"))
    assert {row["donor_id"] for row in rows} == {"EST", "SWE"}


def test_the_audience_decides_what_is_answered(run, file, directory):
    labelled = [{"need_id": label, "need": label, "tlp": label} for label in ("TLP:CLEAR", "TLP:GREEN", "TLP:AMBER")]
    run("import", file(workbook(needs=labelled)), "--donor", "EST", "--lake", str(directory))

    release(run, directory)

    def needs(*audience: str) -> list[Any]:
        return [row["need"] for row in json.loads(run("ask", "needs", *audience, "--format", "json", "--lake", str(directory))[1])]

    assert sorted(needs()) == ["TLP:CLEAR"]
    assert sorted(needs("--audience", "partner")) == ["TLP:CLEAR", "TLP:GREEN"]
    assert (
        sorted(needs("--audience", "partner", "--donor", "est"))
        == sorted(needs("--audience", "staff"))
        == ["TLP:AMBER", "TLP:CLEAR", "TLP:GREEN"]
    )


# release


def release(run: Run, directory: Path) -> str:
    """Publish the state of the lake; the name of the release."""
    lake = ("--lake", str(directory))
    prepared = json.loads(run("release", "prepare", "--by", "Mari", "--json", *lake)[1])["id"]
    for step, author in (("approve", "Olena"), ("publish", "Mari")):
        assert run("release", step, prepared, "--by", author, *lake)[0] == 0
    return str(prepared)


def test_a_release_is_prepared_approved_by_a_second_person_and_published(run, file, directory):
    lake = ("--lake", str(directory))
    run("import", file(workbook(needs=[{}])), "--donor", "EST", *lake)
    status, out, _err = run("release", "prepare", "--by", "Mari", "--note", "More needs", "--next", "2027-01-15", *lake)
    name = out.split()[0]
    assert status == 0 and "prepared" in out and "More needs" in out and "15 January 2027" in out
    status, _out, err = run("release", "approve", name, "--by", "Mari", *lake)
    assert status == 2 and "Somebody else must approve it" in err
    assert run("release", "approve", name, "--by", "Olena", *lake)[0] == 0
    assert json.loads(run("ask", "needs", "--format", "json", *lake)[1]) == []
    assert "Published by Mari" in run("release", "publish", name, "--by", "Mari", *lake)[1]
    assert len(json.loads(run("ask", "needs", "--format", "json", *lake)[1])) == 1
    assert [each["state"] for each in json.loads(run("release", "list", "--json", *lake)[1])] == ["published", "published"]
    assert "Approved by Olena" in run("release", "show", name, *lake)[1]
    first = json.loads(run("release", "list", "--json", *lake)[1])[-1]["id"]
    assert "Needs: 1 row differs (1 added, 0 changed, 0 withdrawn)." in run("release", "compare", first, name, *lake)[1]


def test_a_release_waits_for_its_hour_and_can_be_dropped_until_then(run, directory):
    lake = ("--lake", str(directory))
    name = json.loads(run("release", "prepare", "--by", "Mari", "--json", *lake)[1])["id"]
    run("release", "approve", name, "--by", "Olena", *lake)
    assert "scheduled, 2090-01-01 07:00 UTC" in run("release", "publish", name, "--by", "Mari", "--at", "2090-01-01T09:00+02:00", *lake)[1]
    assert "Dropped by Olena: too early" in run("release", "drop", name, "--by", "Olena", "--reason", "too early", *lake)[1]
    status, _out, err = run("ask", "needs", "--release", name, *lake)
    assert status == 2 and f"There is no published release “{name}”" in err


def test_a_date_or_moment_that_is_none_is_told(capsys):
    for arguments in (["prepare", "--next", "soon"], ["publish", "x", "--at", "at noon"]):
        with pytest.raises(SystemExit):
            main(["release", *arguments])
        assert "is no" in capsys.readouterr().err


# As a process


def test_a_process_ends_with_0_1_or_2(file, empty_directory):
    lake = {"TALLINN_LAKE": str(empty_directory)}
    endings = {
        0: answered("check", file(GOOD), "--json", **lake),
        1: answered("check", file(BAD_ROW, "held.xlsx"), "--json", **lake),
        2: answered("check", file(GOOD[:500], "damaged.xlsx"), **lake),
    }
    assert [process.returncode for process in endings.values()] == list(endings)
    assert endings[2].stderr == "damaged.xlsx was not read: it is no xlsx workbook, or it is damaged.\n"
    assert json.loads(endings[0].stdout)["rows_accepted"] == 4
    assert endings[0].stderr == endings[1].stderr == endings[2].stdout == ""


def test_the_lake_is_named_by_an_option_or_by_the_environment(run, founded_directory):
    assert json.loads(run("history", "--json")[1]) == []
    assert len(json.loads(run("history", "--json", "--lake", str(founded_directory))[1])) > 10


def test_the_size_of_files_is_a_setting_and_a_wrong_one_is_said_at_the_start(file, empty_directory):
    lake = {"TALLINN_LAKE": str(empty_directory)}
    large = file(csv_file("needs", [{"need": "a" * 2**14}] * 2**7), "large.csv")
    assert answered("check", large, TALLINN_MAX_FILE_MIB="1", **lake).stderr == "large.csv was not read: it is larger than 1 MiB.\n"
    assert answered("check", large, TALLINN_MAX_FILE_MIB=" 3 ", **lake).returncode == 0
    for wrong in ("much", "-1", "0", "2.5"):
        process = answered("history", TALLINN_MAX_FILE_MIB=wrong, **lake)
        assert (process.returncode, process.stdout) == (2, "")
        assert process.stderr.startswith(f"TALLINN_MAX_FILE_MIB is “{wrong}”, which is no whole number above 0.")
        assert len(process.stderr.splitlines()) == 1


def test_a_reader_who_has_seen_enough_is_no_error(founded_directory):
    command = [sys.executable, "-m", "tallinn", "history", "--lake", str(founded_directory)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT) as process:
        process.stdout.close()
        assert process.stderr.read() == b""


def test_whoever_has_no_name_here_can_ask_all_the_same(run, monkeypatch):
    monkeypatch.setattr("getpass.getuser", lambda: (_ for _ in ()).throw(KeyError("uid not found")))
    assert run("history") == (0, "", "")


def test_amounts_do_not_lose_their_cents_on_the_way(run, file, empty_lake):
    content = workbook(contributions=[{"amount": Decimal("12345678901.23")}])
    assert understood(content, empty_lake).checked[0].accepted["amount"].to_pylist() == [Decimal("12345678901.23")]
    assert json.loads(run("check", file(content), "--json")[1])["totals"][0]["amount"] == 12345678901.23


def test_the_public_side_is_written_as_files_and_what_is_stale_goes(run, founded_directory, tmp_path):
    folder = tmp_path / "web"
    everything = run("publish-site", str(folder), "--lake", str(founded_directory))
    assert everything == (0, f"{len([path for path in folder.rglob('*.*') if path.is_file()]) - 2} files written to {folder}.\n", "")
    (folder / "open-data" / "stale.csv").write_text("old")
    (folder / "mine.html").write_text("mine")
    assert run("publish-site", str(folder), "--lake", str(founded_directory))[0] == 0
    assert not (folder / "open-data" / "stale.csv").exists()
    assert sorted(path.name for path in folder.iterdir()) == ["mine.html", "open-data", "summary"]
    assert json.loads((folder / "open-data" / "headline.json").read_text())["rows"]


def test_a_folder_of_somebody_else_is_not_replaced(run, founded_directory, tmp_path):
    (tmp_path / "open-data").mkdir()
    (tmp_path / "open-data" / "theirs").write_text("theirs")
    status, _out, problem = run("publish-site", str(tmp_path), "--lake", str(founded_directory))
    assert status == 2 and "was not written by publish-site" in problem
    assert [path.name for path in tmp_path.rglob("*")] == ["open-data", "theirs"]
