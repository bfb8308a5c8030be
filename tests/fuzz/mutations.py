"""Files broken on purpose: bytes changed anywhere, and the parts of archives and markup changed where they still mean something."""

import io
import re
import zipfile
import zlib
from collections.abc import Callable
from random import Random

STRANGE = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"-1",
    b"0",
    b"NaN",
    b"INF",
    b"1e309",
    b"99999999999999999999",
    b"\xd0",
    b'"',
    b"<",
    b"&#0;",
    b"=1+1",
    b"\r",
)


def mutated(content: bytes, chance: Random) -> bytes:
    """The file with one to four changes."""
    for _ in range(chance.randrange(1, 5)):
        content = (_in_archive if content[:2] == b"PK" and chance.random() < 0.8 else _in_bytes)(content, chance)
    return content


def _in_bytes(content: bytes, chance: Random) -> bytes:
    return chance.choice(_BYTES)(content, chance.randrange(len(content) + 1), chance)


def _flip(content: bytes, at: int, chance: Random) -> bytes:
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _cut(content: bytes, at: int, chance: Random) -> bytes:
    return content[:at]


def _without(content: bytes, at: int, chance: Random) -> bytes:
    return content[:at] + content[at + chance.randrange(1, 200) :]


def _twice(content: bytes, at: int, chance: Random) -> bytes:
    return content[: at + chance.randrange(1, 400)] + content[at:]


def _strange(content: bytes, at: int, chance: Random) -> bytes:
    return content[:at] + chance.choice(STRANGE) * chance.choice([1, 1, 1, 50]) + content[at:]


def _number(content: bytes, at: int, chance: Random) -> bytes:
    """Another number, or what is none, where one stands after this place."""
    found = re.compile(rb"\d+").search(content, at)
    return content[: found.start()] + chance.choice(STRANGE) + content[found.end() :] if found else content


def _element(content: bytes, at: int, chance: Random) -> bytes:
    """Without the next element, or with it twice."""
    found = re.compile(rb"<[^<>]*>[^<>]*").search(content, at)
    return content[: found.start()] + found.group() * chance.choice([0, 2, 2, 300]) + content[found.end() :] if found else content


_BYTES: tuple[Callable[[bytes, int, Random], bytes], ...] = (_flip, _flip, _cut, _without, _twice, _strange, _number, _element)


def _in_archive(content: bytes, chance: Random) -> bytes:
    """An archive of which one part is changed, missing, renamed or there twice; the archive itself stays whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [(name, archive.read(name)) for name in archive.namelist()]
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError, EOFError, ValueError, KeyError):
        return _in_bytes(content, chance)
    if not parts:
        return content
    place = chance.randrange(len(parts))
    name, part = parts[place]
    action = chance.choice(["change"] * 8 + ["drop", "rename", "double"])
    if action == "change":
        parts[place] = (name, _in_bytes(part, chance))
    elif action == "drop":
        parts.pop(place)
    elif action == "rename":
        parts[place] = (chance.choice(["../" + name, name.upper(), name + "x", "xl/worksheets/sheet1.xml"]), part)
    else:
        parts.append((name, _in_bytes(part, chance)))
    return _zipped(parts)


def _zipped(parts: list[tuple[str, bytes]]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)
    return written.getvalue()
