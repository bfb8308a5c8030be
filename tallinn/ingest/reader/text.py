"""CSV and its kin: the encoding, the delimiter and the rows, decided by what the file holds."""

import csv
import io
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.csv

from tallinn.ingest.reader.made import MAX_CELLS, MAX_COLUMNS, Made, NotReadable, as_one, check_lengths, made_of, trimmed

DELIMITERS = ",;\t|"
LOOKED_AT = 200
"""Records by which the delimiter is decided, among so many bytes:"""
LOOKED_AT_BYTES = 400_000
SMALL = 200_000
"""Bytes below which Python's own reader is as fast."""
BLOCK_BYTES = 16 * 2**20
"""What a thread reads at a time; no record is longer."""
THREADS = 2
_BOMS = {
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
_CYRILLIC = ["cp1251", "koi8_u", "iso8859_5", "cp866"]
_NAMES = {
    "cp1250": "Windows-1250",
    "cp1251": "Windows-1251",
    "cp1252": "Windows-1252",
    "cp1257": "Windows-1257",
    "iso8859_15": "ISO-8859-15",
    "koi8_u": "KOI8-U",
}


def csv_sheets(content: bytes, suffix: str) -> tuple[list[dict[str, Any]], list[Made]]:
    """The one sheet of a text file, and a note if its encoding had to be guessed."""
    encoding, guessed = _encoding(content)
    notes = [{"rule": "encoding", "sheet": None, "facts": {"encoding": guessed}}] if guessed else []
    if encoding != "utf-8":
        content = _strict(content, encoding).encode()
    content = content.removeprefix(b"\xef\xbb\xbf")
    delimiter = _delimiter(content[:LOOKED_AT_BYTES].decode(errors="ignore"), suffix)
    return notes, [_fast(content, delimiter) or made_of("", _rows(content.decode(), delimiter))]


def _encoding(content: bytes) -> tuple[str, str | None]:
    """The encoding, and its name for people where nothing in the file says it."""
    for mark, name in _BOMS.items():
        if content.startswith(mark):
            return name, None
    if encoding := _without_mark(content):
        return encoding, encoding.upper()
    try:
        as_one(content, pa.large_string()).validate(full=True)
    except pa.ArrowInvalid:
        return _of_one_byte(content)
    return "utf-8", None


def _strict(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotReadable("it is damaged: byte {n} is no {encoding} text", n=error.start + 1, encoding=encoding.upper()) from None


def _without_mark(content: bytes) -> str | None:
    """UTF-16 without its mark: every second byte is one of few (the alphabet), and line ends make some of them zero."""
    head = content[:2000]
    first, second = head[0::2], head[1::2]
    if b"\x00" in second and len(set(second)) * 2 < len(set(first)):
        return "utf-16-le"
    if b"\x00" in first and len(set(first)) * 2 < len(set(second)):
        return "utf-16-be"
    return None


def _of_one_byte(content: bytes) -> tuple[str, str]:
    """The likeliest encoding of one byte a letter; what holds control characters is no text at all."""
    if len(re.findall(rb"[\x00-\x08\x0e-\x1f]", content[:100_000])) > 0.01 * min(len(content), 100_000):
        raise NotReadable("it is no spreadsheet and no text")
    lines = b"\n".join(line for line in content.splitlines() if any(byte > 127 for byte in line))[:60_000]
    encoding = _cyrillic(lines) if _in_runs(lines) else _latin(lines)
    try:
        content.decode(encoding)
    except UnicodeDecodeError:
        # Every byte means something in it, if not always what was meant; the note asks a person to look.
        return "latin-1", "ISO-8859-1"
    return encoding, _NAMES.get(encoding, encoding.upper().replace("_", "-"))


def _in_runs(lines: bytes) -> bool:
    """Cyrillic words are long runs of bytes above 127; in Latin words such bytes stand alone."""
    runs = re.findall(rb"[\x80-\xff]+", lines)
    return sum(len(run) for run in runs if len(run) >= 3) > 0.5 * sum(map(len, runs))


def _cyrillic(lines: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(lines, cp_isolation=_CYRILLIC).best()
    return best.encoding if best else _CYRILLIC[0]


def _latin(lines: bytes) -> str:
    """Western, unless it puts signs between the letters of words, as it does with Polish ones."""
    western = lines.decode("cp1252", errors="replace")
    if "¤" in western:
        # Nobody writes this sign; in ISO-8859-15 the same byte is the euro's.
        return "iso8859_15"
    return "cp1250" if re.search(r"[^\W\d_][¡¥£¹²³¼½¾¿±¶¯¦\ufffd][^\W\d_]", western) else "cp1252"


def _delimiter(text: str, suffix: str) -> str:
    """The sign that divides most records into the same number of fields, more than one."""
    scores = {sign: _score(text, sign) for sign in DELIMITERS}
    best = max(scores, key=lambda sign: (scores[sign], sign == ("\t" if suffix == ".tsv" else ",")))
    return best if scores[best] else ","


def _score(head: str, sign: str) -> float:
    try:
        counts = Counter(len(row) for row in itertools.islice(_records(head, sign), LOOKED_AT) if row)
    except csv.Error:
        return 0.0
    fields, records = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1]), default=(1, 0))
    return 0.0 if fields < 2 else records / counts.total() + min(fields, 50) / 1000


def _records(text: str, delimiter: str, *, strict: bool = False) -> Iterator[list[str]]:
    # A limit on fields is no limit on what they need; check_lengths has ours.
    csv.field_size_limit(len(text) + 1)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)


def _rows(text: str, delimiter: str) -> list[list[str]]:
    rows = list(_records(text, delimiter, strict=True))
    if sum(map(len, rows)) > MAX_CELLS:
        raise NotReadable("it has too many cells")
    return rows


def _without_spaces(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Spaces alone are nothing."""
    spaces = pa.compute.utf8_is_space(column)
    return pa.compute.if_else(spaces, pa.scalar(None, pa.string()), column) if pa.compute.any(spaces).as_py() else column


def _fast(content: bytes, delimiter: str) -> Made | None:
    """Arrow's reader, many times as fast, for files about whose cells two readers cannot disagree; None for all others.

    It skips blank lines at the beginning, takes records of other widths for damage, and is lenient where quotes are in disorder.
    """
    quotes = b'"' in content
    if len(content) < SMALL or content[:1] in b"\r\n" or (quotes and not _in_order(content, delimiter)):
        return None
    head = content[:LOOKED_AT_BYTES].decode(errors="ignore")
    names = [str(index) for index, _name in enumerate(next(_records(head, delimiter), ()))]
    if len(names) > MAX_COLUMNS:
        return None
    pa.set_cpu_count(THREADS)
    # The encoding was checked; null_values: an empty cell is blank, quoted or not.
    try:
        table = pyarrow.csv.read_csv(
            pa.BufferReader(content),
            read_options=pyarrow.csv.ReadOptions(column_names=names, block_size=BLOCK_BYTES),
            parse_options=pyarrow.csv.ParseOptions(delimiter=delimiter, newlines_in_values=quotes, ignore_empty_lines=False),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), null_values=[""], strings_can_be_null=True, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    if table.num_rows * len(names) > 10 * MAX_CELLS:
        raise NotReadable("it has too many cells")
    columns = [_without_spaces(column) for column in table.columns]
    for column in columns:
        check_lengths(column)
    return trimmed(Made("", columns, [False] * len(names)))


def _in_order(content: bytes, delimiter: str) -> bool:
    """Whether each quote in the file opens a field, closes one, or is doubled within one; one pass of an automaton."""
    sign = re.escape(delimiter)
    field = rf'(?:[^"{sign}\r\n]*|"(?:[^"]|"")*")'
    ordered = pa.compute.match_substring_regex(as_one(content, pa.large_binary()), rf"^{field}(?:(?:{sign}|\r\n|\n|\r){field})*$")
    return bool(ordered[0].as_py())
