"""Workbooks of Excel 97–2003 (.xls) for tests: BIFF8 records in an OLE compound file."""

import struct
from collections.abc import Iterable, Sequence
from typing import Any

from config.lib.spreadsheets.error_words import OF_CODE

SECTOR, SHORTEST = 512, 4096
FREE, END, TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
GLOBALS, WORKSHEET = 5, 16
CODES = {name: code for code, name in OF_CODE.items()}
NAME = "Danh sách"


def old_workbook(rows: Iterable[Sequence[Any]], *, is_typed: bool = False) -> bytes:
    """Errors ("#N/A") are results of formulas, or typed in."""
    cells = b"".join(
        cell(row, column, value, is_typed=is_typed)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
        if value is not None
    )
    sheet = begun(WORKSHEET) + cells + record(0x0A)
    named = struct.pack("<HBB", 0, len(NAME), 1) + NAME.encode("utf-16-le")
    length = len(begun(GLOBALS)) + 4 + 4 + len(named) + 4
    bound = record(0x85, struct.pack("<I", length) + named)
    return compound_file(begun(GLOBALS) + bound + record(0x0A) + sheet)


def record(kind: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def begun(part: int) -> bytes:
    return record(0x0809, struct.pack("<HHHHII", 0x0600, part, 0, 1997, 0, 6))


def cell(row: int, column: int, value: Any, *, is_typed: bool) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if value in CODES and is_typed:
        return record(0x0205, place + bytes([CODES[value], 1]))
    if value in CODES:
        result = bytes([2, 0, CODES[value], 0, 0, 0, 0xFF, 0xFF])
        return record(0x06, place + result + struct.pack("<HIHBB", 0, 0, 2, 0x1C, CODES[value]))
    if isinstance(value, int):
        return record(0x0203, place + struct.pack("<d", value))
    text = str(value)
    return record(0x0204, place + struct.pack("<HB", len(text), 1) + text.encode("utf-16-le"))


def compound_file(stream: bytes) -> bytes:
    """One table of sectors (so up to 60 kB), one directory, one stream that is not among the short ones."""
    stream = stream.ljust(SHORTEST, b"\0")
    count = -(-len(stream) // SECTOR)
    chain = [TABLE, END, *range(3, count + 2), END]
    table = struct.pack("<128I", *chain, *[FREE] * (128 - len(chain)))
    directory = entry("Root Entry", 5, END, 0, child=1) + entry("Workbook", 2, 2, len(stream))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, SHORTEST, END, 0, END, 0, 0,
    )  # fmt: skip
    header += struct.pack("<108I", *[FREE] * 108)
    parts = (header, table, directory.ljust(SECTOR, b"\0"), stream.ljust(count * SECTOR, b"\0"))
    return b"".join(parts)


def entry(name: str, kind: int, start: int, length: int, *, child: int = FREE) -> bytes:
    words = name.encode("utf-16-le") + b"\0\0"
    return words.ljust(64, b"\0") + struct.pack(
        "<HBBIII36xIII", len(words), kind, 1, FREE, FREE, child, start, length, 0
    )
