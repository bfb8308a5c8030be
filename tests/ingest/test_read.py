"""A file is hostile until read: whatever it is, the answer is its cells or one clear sentence, and the process that asked lives on."""

import csv
import io
import re
import zipfile
from contextlib import suppress

import openpyxl
import pytest

from tallinn.ingest import read as reading
from tallinn.ingest.findings import Refused
from tallinn.ingest.read import read, read_path
from tallinn.ingest.sheets import Failed, Money, Percent, column_letters
from tests.ingest.packages import HEADER, WORKBOOK, members, needs, number, opendocument, package, row, sheet, text, zipped
from tests.samples import Table, csv_file, saved, sent, workbook

pytestmark = pytest.mark.child

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
    """The cells of the first sheet, each row without the blanks at its end."""
    sheet = sent(content, name).sheets[0]
    rows = sheet.head(sheet.height)
    for each in rows:
        while each and each[-1] is None:
            each.pop()
    return rows


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
        (zipped({"readme.txt": "hello"}), "no workbook, or it is damaged"),
        (workbook(needs=[{}])[:2000], "damaged"),
        (workbook(needs=[{}])[:-30], "damaged"),
        (workbook(needs=[{}]).replace(b"PK\x01\x02", b"PK\x01\x03"), "damaged"),
        (package(parts={"xl/sharedStrings.xml": BOMB + "<sst/>"}), "forbidden XML entities"),
        (package(parts={"xl/worksheets/sheet1.xml": OUTSIDE + sheet(needs("&a;"))}), "forbidden XML entities"),
        (package(parts={"xl/worksheets/sheet1.xml": f"<!--{'x' * 5000}-->{BOMB}{sheet(needs('&b;'))}"}), "forbidden XML entities"),
        (package(needs("&undefined;")), "damaged"),
        (package(needs("&#xD800;")), "damaged"),
        (package(needs("a" * 10_000_000)), "a cell holds more than 32,767 characters"),
        (package(parts={"xl/workbook.xml": WORKBOOK.replace("</sheets>", TWIN + "</sheets>")}), "the same name"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512) + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "damaged"),
    ],
    ids=[
        "empty", "zip of something else", "first part", "last bytes missing", "broken directory", "entities", "entity from outside",
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
        (b"\xff\xfe" + "need_id,need\nN-1,a\n".encode("utf-16-le") + b"a", "UTF-16"),
        (bytes(range(256)) * 20, "no text"),
        (b"need_id,need\nN-1," + b"a" * 10_000_000, "a cell holds more than 32,767 characters"),
        (b"need_id,need\n" + b"a," * 20_000, "more than 16,384 cells"),
        (b"a," * 120_000 + b"\n", "more than 16,384 cells"),
    ],
    ids=["empty", "open quote", "text after a quote", "half a character of UTF-16", "no text", "huge cell", "wide", "wide and large"],
)
def test_a_csv_that_is_none_is_refused_in_one_sentence(content, reason):
    assert reason in refusal(content, "sent.csv")


@pytest.mark.parametrize("name", ["sent.pdf", "sent", "xlsx", "sent.xlsx.exe", ".csv"])
def test_only_files_with_the_name_of_a_spreadsheet_are_taken(name):
    assert "only spreadsheets (xlsx, xls, xlsb, ods), CSV files and IATI activity files (XML) are taken" in refusal(
        workbook(needs=[{}]), name
    )


@pytest.mark.parametrize("name", ["sent.xls", "sent.csv", "sent.ods"])
def test_a_workbook_under_another_name_is_read_for_what_it_is(name):
    assert cells(workbook(needs=[{}]), name)[0][0] == "Need ID"


@pytest.mark.parametrize("start", [b"%PDF-1.7", b"\x89PNG", b"<html><table>", b"<?xml version='1.0'?><a/>", b"Rar!", b"{\\rtf1"])
def test_what_is_no_spreadsheet_is_told_as_what_it_is(start):
    assert re.search("PDF|picture|web page|XML|archive|text document", refusal(start + b" ... "))


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1251"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_ukrainian_text_is_read_in_every_common_encoding(encoding):
    rows = [
        ["Назва проєкту", "Сума, грн", "Виконавець"],
        *([f"Навчання фахівців {n}", "8634,88", "Міністерство освіти"] for n in range(30)),
    ]
    content = "\r\n".join(";".join(each) for each in rows).encode(encoding)
    assert cells(content, "sent.csv") == rows


def test_a_cyrillic_header_in_utf_16_is_not_taken_for_markup():
    text = "місто;сума\nЛьвів;5\n"
    assert text.encode("utf-16-le")[:1] == b"<"
    assert cells(text.encode("utf-16-le"), "sent.csv")[0] == ["місто", "сума"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Saksnummer;Beløp (NOK)\nNO-1;5\n", "cp1252"),
        ("Geber;Höhe;Träger\nDEU;5;GIZ\n", "cp1252"),
        ("Bailleur;Montant;Intitulé\nFRA;5;Œuvre\n", "cp1252"),
        ("Darczyńca;Wartość;Realizator\nPOL;5;Żółć i przyłączenie\n", "cp1250"),
        ("Донор;Сума\nПольща;5\n", "cp1251"),
    ],
)
def test_few_letters_are_enough_to_tell_an_encoding_of_one_byte(text, encoding):
    assert cells(text.encode(encoding), "sent.csv")[0] == text.splitlines()[0].split(";")


@pytest.mark.parametrize("encoding", ["cp1252", "iso8859_15"])
def test_western_text_of_one_byte_a_letter_is_read_and_the_guess_is_told(encoding):
    rows = [["Maßnahme", "Träger"], *([f"Schulung für Behörden {n}", "Gesellschaft für Zusammenarbeit, Köln"] for n in range(30))]
    file = sent("\n".join(";".join(each) for each in rows).encode(encoding), "sent.csv")
    assert file.sheets[0].row(2) == rows[1]
    assert [note.rule for note in file.notes] == ["encoding"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_seen_and_not_asked(delimiter):
    quoted = [["a", "b", "c"], ['x"y', "1,5", "two\nlines"], ["z", f"with {delimiter}", ""]]
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerows(quoted)
    assert cells(text.getvalue().encode(), "sent.csv") == [quoted[0], quoted[1], quoted[2][:2]]


def test_a_large_csv_has_the_same_cells_as_a_small_one():
    lines = [f'N-{n},"Training, {n}",,{"x" * (n % 7)}' for n in range(20_000)]
    rows = cells(("need_id,need,note,other\n" + "\n".join(lines) + "\n").encode(), "sent.csv")
    assert (len(rows), rows[1], rows[19_999]) == (20_001, ["N-0", "Training, 0"], ["N-19998", "Training, 19998", None, "x" * 6])


@pytest.mark.parametrize("odd", ["N-1,a,b,c,d,e", "N-1", "", '"x",y""z,'])
def test_a_large_csv_with_an_odd_line_loses_no_cell_and_moves_none(odd):
    lines = ["a,b,c", *["N-0,Training,note"] * 15_000, odd, "last,line,here"]
    rows = cells("\n".join(lines).encode(), "sent.csv")
    assert rows[15_002] == ["last", "line", "here"]
    assert rows[15_001] == [each or None for each in next(csv.reader([odd]), [])] or odd.startswith('"')


def test_macros_are_told_and_the_cells_are_read():
    file = sent(package(parts={"xl/vbaProject.bin": "macros"}), "sent.xlsm")
    assert ([note.rule for note in file.notes], len(file.sheets)) == (["macros"], 1)


FORMATS = {
    '#,##0.00 "SEK"': Money(12.5, "SEK"),
    "[$€-407] #,##0": Money(12.5, "€"),
    "0.0%": Percent(12.5),
    "#,##0.00": 12.5,
    '"kr" #,##0': Money(12.5, "kr"),
    '"Total: "0': Money(12.5, "Total"),
    # A space as wide as the sign: the amount has no currency.
    "_-* #,##0.00\\ _€_-;-* #,##0.00\\ _€_-": 12.5,
    '0.0 "Mio. €"': Money(12.5, "Mio. €"),
    '0.0,,"M"': Money(12.5, "M", 1_000_000),
    '#,##0,;-#,##0,;"nil"': Money(12.5, "", 1_000),
    '[>=1000000]0.0,,"M";[>=1000]0.0,"K";0': Money(12.5, "M", 1_000_000),
    '0.0"%"': Money(12.5, "%"),
    "\\$#,##0.00_);[Red](#,##0.00)": Money(12.5, "$"),
    "0.00E+00": 12.5,
    "General": 12.5,
}


def test_a_currency_or_percentage_that_stands_only_in_the_format_is_read():
    book = openpyxl.Workbook()
    for column, code in enumerate(FORMATS, start=1):
        book.active.cell(1, column, 12.5).number_format = code
    assert cells(saved(book)) == [list(FORMATS.values())]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("xl/worksheets/sheet1.xml", '"', "'"),
        ("xl/worksheets/sheet1.xml", ' r="A1"', ""),
        ("xl/worksheets/sheet1.xml", "=", " = "),
        ("xl/worksheets/sheet1.xml", "<c ", "<!-- <c r='B7'> --><c "),
    ],
    ids=["single quotes", "no addresses", "spaces", "a comment"],
)
def test_what_formats_and_formulas_say_does_not_depend_on_how_the_xml_is_written(name, old, new):
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"] = 12.5, "=1+1"
    book.active["A1"].number_format = '0.0 "Mio. €"'
    parts = members(saved(book))
    parts[name] = parts[name].replace(old.encode(), new.encode())
    assert cells(zipped(parts)) == [[Money(12.5, "Mio. €"), Failed("")]]


def test_the_names_of_the_parts_are_compared_without_regard_to_case():
    book = openpyxl.Workbook()
    book.active["A1"] = 0.25
    book.active["A1"].number_format = "0%"
    assert cells(zipped({name.upper(): part for name, part in members(saved(book)).items()})) == [[Percent(0.25)]]


def test_merged_and_hidden_cells_are_known():
    book = openpyxl.Workbook()
    book.active.append(["group", None, "alone"])
    book.active.merge_cells("A1:B1")
    book.active.append(["a", "b", "c"])
    book.active.column_dimensions["B"].hidden = True
    book.active.row_dimensions[2].hidden = True
    (only,) = sent(saved(book)).sheets
    assert (only.merged, only.hidden_columns, only.hidden_rows) == (((1, 0, 1, 1),), frozenset({1}), 1)


def test_an_opendocument_sheet_is_read_with_its_currencies():
    text = '<table:table-cell office:value-type="string"><text:p>Training</text:p></table:table-cell>'
    money = '<table:table-cell office:value-type="currency" office:currency="SEK" office:value="12.5"/>'
    blank = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
    )
    assert cells(opendocument(f"<table:table-row>{text}{money}</table:table-row>{blank}"), "a.ods") == [["Training", Money(12.5, "SEK")]]


FAILED = 'table:formula="of:=1/0" office:value-type="float" office:value="0" calcext:value-type="error"'


@pytest.mark.parametrize(
    ("cell", "found"),
    [
        ('office:value-type="percentage" office:value="0.25"><text:p>25%</text:p>', Percent(0.25)),
        ('table:formula="of:=1+1">', Failed("")),
        (f"{FAILED}><text:p>Err:502</text:p>", Failed("Err:502")),
        ('office:value-type="float"><text:p>7</text:p>', Failed("7")),
        ("><text:p>without a type</text:p>", "without a type"),
        ("><office:annotation><text:p>a comment</text:p></office:annotation>", None),
    ],
)
def test_an_opendocument_cell_is_neither_lost_nor_made_zero(cell, found):
    last = '<table:table-cell office:value-type="string"><text:p>end</text:p></table:table-cell>'
    row = f"<table:table-row><table:table-cell {cell}</table:table-cell>{last}</table:table-row>"
    assert cells(opendocument(row), "a.ods") == [[found, "end"]]


def test_number_formats_that_are_not_read_are_told():
    shown = "<number:number-style><number:number/><number:text> Mio.</number:text></number:number-style>"
    cell = '<table:table-cell office:value-type="float" office:value="12.5"/>'
    notes = [sent(opendocument(f"<table:table-row>{cell}</table:table-row>", styles), "a.ods").notes for styles in ("", shown)]
    assert [[note.rule for note in each] for each in notes] == [[], ["formats-not-read"]]


def test_an_opendocument_sheet_that_declares_billions_of_cells_is_refused_at_once():
    cell = '<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
    assert "too large" in refusal(opendocument(f'<table:table-row table:number-rows-repeated="1048576">{cell}</table:table-row>'), "a.ods")


def test_an_older_form_of_workbook_is_not_read_under_the_name_of_a_newer_one():
    book = io.BytesIO()
    with zipfile.ZipFile(book, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    refusal(book.getvalue())


def test_a_file_larger_than_the_limit_is_not_even_parsed(monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILE_BYTES", 1000)
    monkeypatch.setattr(reading, "_CHILD", "no reader is started")
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


def test_blank_rows_and_cells_to_the_right_cost_nothing():
    far = row(20_000, number("A20000", "1"), text("R20000", "x"))
    assert cells(package(needs() + far))[2:] == [[]] * 19_997 + [[1.0, *[None] * 16, "x"]]


def test_a_small_file_that_unpacks_beyond_the_limit_of_size_is_refused_before_it_is_parsed():
    assert "unpacks to more" in refusal(claiming(package(), 801 * 2**20))


def test_a_small_file_that_needs_more_memory_than_allowed_costs_only_the_child(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY_BYTES", 320 * 2**20)
    assert "memory" in refusal(package(needs("a" * 150_000_000)))
    assert cells(package()) == [["Need ID", "Need"], ["N-1", "Training"]]


def test_a_file_that_lies_about_how_far_it_unpacks_costs_only_the_child(monkeypatch):
    monkeypatch.setattr(reading, "READER_MEMORY_BYTES", 320 * 2**20)
    refusal(claiming(package(needs("a" * 150_000_000)), 1000))


def claiming(content: bytes, size: int) -> bytes:
    """The package, with another size of its sheet in the table of contents."""
    true_size = zipfile.ZipFile(io.BytesIO(content)).getinfo("xl/worksheets/sheet1.xml").file_size
    return content.replace(true_size.to_bytes(4, "little"), size.to_bytes(4, "little"))


def test_a_reader_that_takes_too_long_is_stopped(monkeypatch):
    monkeypatch.setattr(reading, "READER_SECONDS", 0.001)
    assert "took longer than 0.001 seconds" in refusal(package())


def test_a_reader_that_burns_too_much_time_is_stopped_by_its_own_limit(monkeypatch):
    monkeypatch.setattr(reading, "_CHILD", "import resource\nresource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass\n")
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


def test_a_euro_sign_in_iso_8859_15_is_no_sign_of_unknown_money():
    assert cells('need_id,Betrag\nN-1,"M€ 1,5"\n'.encode("iso8859_15"), "sent.csv")[1] == ["N-1", "M€ 1,5"]


def test_a_table_whose_first_header_is_pk_is_no_archive():
    assert cells(b"PK,need\nN-1,a\n", "sent.csv") == [["PK", "need"], ["N-1", "a"]]


def test_the_parser_loads_none_of_the_data_nor_the_server(monkeypatch):
    spy = "import json\nseen = sorted({name.split('.')[0] for name in sys.modules} & {'duckdb', 'pandas', 'streamlit'})\n"
    spy += "print(json.dumps({'refused': str(seen)}))"
    monkeypatch.setattr(reading, "_CHILD", reading._CHILD.split("main(*")[0] + "\n" + spy)
    assert "[]" in refusal(b"x")


def test_what_its_libraries_do_at_the_end_does_not_spoil_what_was_read(monkeypatch):
    monkeypatch.setattr(reading, "_CHILD", "import atexit, os; atexit.register(os.abort); " + reading._CHILD)
    assert cells(b"need_id,need\nN-1,a\n", "sent.csv") == [["need_id", "need"], ["N-1", "a"]]


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
