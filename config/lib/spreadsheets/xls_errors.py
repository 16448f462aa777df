"""Error cells of an old workbook (.xls): records of its one stream, inside an OLE compound file."""

import re
import struct
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from config.lib.spreadsheets.error_words import OF_CODE, Place

STREAMS: Final = ("Workbook", "Book")
END_OF_CHAIN: Final = 0xFFFFFFF0  # this and above: no sector
SECTORS_IN_HEADER: Final = 109
NO_CODE: Final = -1
ENTRY: Final = 128  # bytes of one entry of the directory
END, BOUND_SHEET, FORMULA, BOOLEAN_OR_ERROR = 0x0A, 0x85, 0x06, 0x0205
# Cheap: most lists have no such record, and then their records need not be gone through one by one.
MAYBE: Final = re.compile(
    rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..(?:.{6})\x02.[\x00-\x2a].{3}\xff\xff", re.DOTALL
)


def errors_by_sheet(content: bytes) -> list[Iterator[tuple[Place, str]]]:
    """Of each sheet, in the order of the file, the (row, column) from 0 of its error cells with the error."""
    try:
        stream = workbook_stream(content)
        starts = sheet_starts(stream) if MAYBE.search(stream) else []
    except (struct.error, IndexError):  # who opened the file has said what is wrong with it
        return []
    return [errors_from(stream, start) for start in starts]


def sheet_starts(stream: bytes) -> list[int]:
    named = (body for kind, body in records(stream, 0) if kind == BOUND_SHEET)
    return [struct.unpack_from("<I", body)[0] for body in named]


def errors_from(stream: bytes, start: int) -> Iterator[tuple[Place, str]]:
    for kind, body in records(stream, start):
        error = OF_CODE.get(code_in(kind, body))
        if error:
            row, column = struct.unpack_from("<HH", body)
            yield (row, column), error


def code_in(kind: int, body: bytes) -> int:
    """A value with a mark that it is an error, or the result of a formula: of type 2, and no number."""
    if kind == BOOLEAN_OR_ERROR and body[7:8] == b"\1":
        return body[6]
    if kind == FORMULA and body[6:7] == b"\2" and body[12:14] == b"\xff\xff":
        return body[8]
    return NO_CODE


def records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record from `at` to the end of its part."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == END:
            return
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


def workbook_stream(content: bytes) -> bytes:
    """The stream of the workbook; nothing of a file so small that it keeps it among the short ones."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    table, directory = sector_table(content, size), struct.unpack_from("<I", content, 48)[0]
    entries = read_chain(content, size, table, directory)
    shortest = struct.unpack_from("<I", content, 56)[0]
    for at in range(0, len(entries) - ENTRY + 1, ENTRY):
        name = entries[at : at + 64].decode("utf-16-le", errors="replace").split("\0")[0]
        start, length = struct.unpack_from("<II", entries, at + 116)
        if name in STREAMS and length >= shortest:
            return read_chain(content, size, table, start)[:length]
    return b""


def sector_table(content: bytes, size: int) -> Sequence[int]:
    """For each sector the next one of its chain."""
    parts = list(struct.unpack_from(f"<{SECTORS_IN_HEADER}I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        *sectors, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        parts += sectors
    used = [sector(content, size, part) for part in parts if part < END_OF_CHAIN]
    return [number for one in used for number in struct.unpack(f"<{len(one) // 4}I", one)]


def read_chain(content: bytes, size: int, table: Sequence[int], start: int) -> bytes:
    return b"".join(sector(content, size, at) for at in chain(table, start))


def chain(table: Sequence[int], start: int) -> Iterator[int]:
    """Never longer than the file, though its table may lead in a circle."""
    return islice(followed(table, start), len(table))


def followed(table: Sequence[int], at: int) -> Iterator[int]:
    while at < END_OF_CHAIN:
        yield at
        at = table[at]


def sector(content: bytes, size: int, number: int) -> bytes:
    return content[(number + 1) * size : (number + 2) * size]
