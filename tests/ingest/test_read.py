"""A file is hostile until read: whatever it is, the answer is its cells or one clear sentence, and the process that asked lives on."""

import io
import re
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from tallinn.ingest import read as reading
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import Failed, column_letters, read, read_path
from tests.ingest.packages import HEADER, WORKBOOK, needs, number, package, row, sheet, text, zipped
from tests.samples import Table, csv_file, saved, sent, workbook

BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
TWIN = '<sheet name="Needs" sheetId="2" r:id="rId1"/>'


def refusal(content: bytes, name: str = "sent.xlsx") -> str:
    """The one sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        read(name, content)
    sentence = str(refused.value)
    assert sentence.startswith(f"{name} was not read: "), sentence
    assert sentence.endswith(".") and "\n" not in sentence
    return sentence


def cells(content: bytes, name: str = "sent.xlsx") -> list[list[object]]:
    return sent(content, name).sheets[0].rows


# What is read


def test_each_cell_keeps_its_address_wherever_the_table_begins():
    book = openpyxl.Workbook()
    book.active["D7"] = "here"
    assert cells(saved(book))[6][3] == "here"


def test_a_cell_keeps_its_kind():
    rows = cells(workbook(contributions=[{"contribution_id": "007", "amount": 12.5, "in_kind": True, "value_date": "2025-07"}]))
    assert rows[1][0] == "007"
    assert rows[1][3] is True
    assert rows[1][4] == 12.5
    assert rows[1][6] == "2025-07"


def test_a_hidden_sheet_is_known_as_hidden():
    found = sent(workbook(Table("needs"), Table("projects", hidden=True))).sheets
    assert [(each.name, each.hidden) for each in found] == [("Needs", False), ("Projects", True)]


def test_csv_is_read_with_and_without_a_byte_order_mark_and_with_any_line_end():
    for mark in (b"", b"\xef\xbb\xbf"):
        for end in (b"\r\n", b"\n", b"\r"):
            assert cells(mark + b"need_id,need" + end + b'N-1,"a ""b"", c\nd"' + end, "a.csv")[1] == ["N-1", 'a "b", c\nd']


def test_a_tsv_is_split_at_tabs():
    assert cells(b"need_id\tneed\nN-1\ta,b", "a.tsv")[1] == ["N-1", "a,b"]


def test_a_number_that_is_none_is_kept_as_text():
    assert cells(package(HEADER + row(2, number("A2", "NaN"), number("B2", "1e999"))))[1] == ["nan", "inf"]


FORMULAS = """<c r="A2"><f>40+2</f><v>42</v></c><c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>
<c r="C2" t="str"><f>""</f><v></v></c><c r="D2"><f>40+2</f></c>"""


@pytest.mark.parametrize("prefix", ["", "x:"])
def test_a_formula_counts_by_its_result_and_is_not_blank_where_it_has_none(prefix):
    xml = sheet(HEADER + row(2, FORMULAS))
    if prefix:
        xml = re.sub(r"<(/?)(\w)", rf"<\1{prefix}\2", xml).replace("xmlns=", "xmlns:x=")
    found = cells(package(parts={"xl/worksheets/sheet1.xml": xml}))
    assert found[1] == [42.0, Failed("#DIV/0!"), None, Failed("")]


def test_a_sheet_that_claims_to_be_huge_but_is_not_is_read():
    assert len(cells(package(before='<dimension ref="A1:XFD1048576"/>'))) == 2


def test_columns_have_the_letters_of_spreadsheets():
    assert [column_letters(index) for index in (0, 25, 26, 701, 702, 16383)] == ["A", "Z", "AA", "ZZ", "AAA", "XFD"]


# What is refused


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b"need_id,need\nN-1,a\n", "it is no xlsx workbook"),
        (zipped({"readme.txt": "hello"}), "damaged or no workbook"),
        (workbook(needs=[{}])[:2000], "it is no xlsx workbook, or it is damaged"),
        (workbook(needs=[{}])[:-30], "it is no xlsx workbook, or it is damaged"),
        (workbook(needs=[{}]).replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
        (package(parts={"xl/sharedStrings.xml": BOMB + "<sst/>"}), "forbidden XML entities"),
        (package(parts={"xl/worksheets/sheet1.xml": OUTSIDE + sheet(needs("&a;"))}), "forbidden XML entities"),
        (package(parts={"xl/worksheets/sheet1.xml": f"<!--{'x' * 5000}-->{BOMB}{sheet(needs('&b;'))}"}), "damaged"),
        (package(needs("&undefined;")), "damaged"),
        (package(needs("&#xD800;")), "damaged"),
        (package(needs("a" * 10_000_000)), "a cell holds more than 32,767 characters"),
        (package(parts={"xl/workbook.xml": WORKBOOK.replace("</sheets>", TWIN + "</sheets>")}), "the same name"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "old form; save it as xlsx"),
    ],
    ids=[
        "empty", "csv", "zip of something else", "first part", "last bytes missing", "broken directory", "entities", "entity from outside",
        "entities after a long comment", "unknown entity", "half a character", "huge cell", "sheets with one name", "password", "old Excel",
    ],
)  # fmt: skip
def test_a_workbook_that_is_none_is_refused_in_one_sentence(content, reason):
    assert reason in refusal(content)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "the file is empty"),
        (b'need_id,need\nN-1,"a\nN-2,b\n', "the CSV is damaged"),
        (b'need_id,need\nN-1,"a"b\n', "the CSV is damaged"),
        ("need_id,need\nN-1,a\n".encode("utf-16"), "UTF-16"),
        ("need_id,need\nN-1,é\n".encode("latin-1"), "not UTF-8 text (byte 18)"),
        (b"need_id,need\nN-1,\xed\xa0\x80\n", "not UTF-8 text"),
        (b"need_id,need\nN-1," + b"a" * 10_000_000, "a cell holds more than 32,767 characters"),
        (workbook(needs=[{}]), "not UTF-8 text"),
    ],
    ids=["empty", "open quote", "text after a quote", "UTF-16", "Latin-1", "half a character", "huge cell", "workbook"],
)
def test_a_csv_that_is_none_is_refused_in_one_sentence(content, reason):
    assert reason in refusal(content, "sent.csv")


@pytest.mark.parametrize("name", ["sent.xls", "sent.pdf", "sent", "xlsx", "sent.xlsx.exe", ".csv"])
def test_only_files_called_xlsx_or_csv_are_taken(name):
    assert "only xlsx and csv files are taken" in refusal(workbook(needs=[{}]), name)


def test_an_older_form_of_workbook_is_not_read_under_the_name_of_a_newer_one():
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    refusal(book.getvalue())


def test_a_file_larger_than_the_limit_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(reading, "_READER", "no reader is started")
    assert "it is larger than" in refusal(bytes(1001))


def test_of_a_file_on_disk_no_more_than_the_limit_is_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    (tmp_path / "sent.csv").write_bytes(bytes(5000))
    with pytest.raises(Refused, match="larger"):
        read_path(tmp_path / "sent.csv")


@pytest.mark.parametrize("name", ["missing.xlsx", "folder.xlsx"])
def test_what_cannot_be_opened_is_refused(tmp_path, name):
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(Refused, match=rf"^{name} was not read: "):
        read_path(tmp_path / name)


# What would exhaust the reader


def test_cells_as_far_apart_as_a_sheet_allows_are_refused():
    far = row(1048576, number("XFD1048576", "1"))
    assert "memory or time" in refusal(package(needs() + far))


def test_a_cell_beyond_every_sheet_is_refused():
    refusal(package(needs() + row(99999999, number("ZZZZZ99999999", "1"))))


def test_a_sheet_of_too_many_cells_is_refused():
    assert "too large" in refusal(package(HEADER + row(2, number("A2", "1"), number("XFD2", "1")) + row(1250, number("A1250", "1"))))


def test_a_file_of_more_rows_than_can_be_worked_through_is_refused():
    content = b"need_id,need\n" + b"N-1,a\n" * 50_000
    assert len(cells(content, "sent.csv")) == 50_001
    assert "more than 50,000 rows" in refusal(content + b"N-1,a\n", "sent.csv")


def test_blank_rows_and_cells_to_the_right_cost_nothing():
    far = row(20_000, number("A20000", "1"), text("R20000", "x"))
    assert cells(package(needs() + far))[2:] == [[]] * 19_997 + [[1.0, *[None] * 16, "x"]]


def test_a_small_file_that_unpacks_beyond_the_limit_of_size_is_refused_before_it_is_parsed():
    assert "unpacks to more" in refusal(claiming(package(), 801 * 2**20))


def test_a_small_file_that_needs_more_memory_than_allowed_costs_only_the_child(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY_BYTES", 170 * 2**20)
    assert "memory" in refusal(package(needs("a" * 60_000_000)))
    assert cells(package()) == [["Need ID", "Need"], ["N-1", "Training"]]


def test_a_file_that_lies_about_how_far_it_unpacks_costs_only_the_child(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY_BYTES", 170 * 2**20)
    refusal(claiming(package(needs("a" * 60_000_000)), 1000))


def claiming(content: bytes, size: int) -> bytes:
    """The package, with another size of its sheet in the table of contents."""
    true_size = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").file_size
    return content.replace(true_size.to_bytes(4, "little"), size.to_bytes(4, "little"))


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(reading, "READER_SECONDS", 0.001)
    assert "took longer than 0.001 seconds" in refusal(package())


def test_a_reader_that_burns_too_much_time_is_stopped_by_its_own_limit(tmp_path, monkeypatch):
    endless = tmp_path / "endless.py"
    endless.write_text("import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n")
    monkeypatch.setattr(reading, "_READER", endless)
    assert "memory or time" in refusal(package())


@pytest.mark.parametrize(
    "rows",
    [
        "<a>" * 200_000,
        '<row r="1">' * 100_000,
        '<c r="A1">' * 100_000,
        row(1, *(text("A1", "x") for _ in range(3))),
        "<row><c><v>1</v></c></row>" * 1000,
    ],
    ids=["unknown tags", "rows in rows", "cells in cells", "one address, three cells", "no addresses"],
)
def test_odd_nesting_is_read_or_refused(rows):
    with suppress(Refused):
        assert read("sent.xlsx", package(rows)).sheets


def test_the_parser_knows_nothing_of_the_project_and_writes_no_file(monkeypatch, tmp_path):
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, sys\n"
        "seen = sorted({name.split('.')[0] for name in sys.modules} & {'tallinn', 'duckdb', 'pandas'})\n"
        "print(json.dumps({'sheets': [{'name': str(seen + [p for p in sys.path if p.endswith('main')]), 'hidden': False, 'rows': []}]}))\n"
    )
    monkeypatch.setattr(reading, "_READER", spy)
    assert read("sent.xlsx", b"x").sheets[0].name == "[]"


# Names


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\me\\sent.csv", "sent.csv"),
        ("/etc/../sent.csv", "sent.csv"),
        ("a\nb\x1b[31m.csv", "a b\ufffd[31m.csv"),
        ("\udcff\x00.csv", "\ufffd\ufffd.csv"),
        ("\u202evsc.exe.csv", "\ufffdvsc.exe.csv"),
        ("Übersicht (final) 2.CSV", "Übersicht (final) 2.CSV"),
    ],
    ids=ascii,
)
def test_a_file_name_loses_its_folders_and_what_cannot_be_printed(name, kept):
    assert sent(csv_file("needs"), name).name == kept


def test_the_name_of_a_sheet_cannot_steer_a_terminal():
    odd = WORKBOOK.replace('name="Needs"', 'name="Needs&#10;&#x9b;31m"')
    assert sent(package(parts={"xl/workbook.xml": odd})).sheets[0].name == "Needs \ufffd31m"


def test_the_parts_of_a_package_cannot_leave_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    content = package(parts={"../escaped.xml": "<a/>", "/absolute.xml": "<a/>"})
    assert len(cells(content)) == 2
    assert not list(tmp_path.parent.glob("escaped.xml"))
