"""Error cells of an old workbook (.xls): records of its one stream, inside an OLE compound file."""

import io
import re
import struct
from collections.abc import Iterator
from typing import Final

from olefile import OleFileIO
from olefile.olefile import OleFileError

from config.lib.spreadsheets.error_words import OF_CODE, Place

STREAMS: Final = ("Workbook", "Book")
NO_CODE: Final = -1
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
    except (OleFileError, struct.error):  # who opened the file has said what is wrong with it
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
    with OleFileIO(io.BytesIO(content)) as container:
        named = [name for name in STREAMS if container.exists(name)]
        return container.openstream(named[0]).read() if named else b""
