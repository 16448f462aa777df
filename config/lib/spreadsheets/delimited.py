"""CSV as offices save it: the encoding and the separator are found, every cell stays text."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from config.lib.errors import Refused
from config.lib.spreadsheets import encodings, limits

SEPARATORS: Final = (";", ",", "\t")
LINES_LOOKED_AT: Final = 60
LETTERS_LOOKED_AT: Final = 1_000_000
UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
OTHER_FILES: Final = (b"%PDF", b"{\\rtf", b"%!PS")
CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
TOLD_SEPARATOR: Final = re.compile(r"sep=([;,\t])\r?\n", re.IGNORECASE)

Row = list[str | None]


def read_delimited(content: bytes) -> list[Row]:
    """The rows of a CSV file, all of one width; Refused with a sentence if it is none."""
    text = decode(content)
    told = TOLD_SEPARATOR.match(text)
    text = text[told.end() :] if told else text
    separator = told[1] if told else separator_of(text)
    try:
        rows = list(rows_of(text, separator))
    except csv.Error as broken:
        raise Refused(limits.BROKEN) from broken
    width = max(map(len, rows), default=0)
    limits.refuse_extent(limits.Extent(len(rows), width))
    if rows and width < 2:  # noqa: PLR2004 - one column is a text, not a table
        raise Refused(limits.NO_SPREADSHEET if width else limits.EMPTY)
    return [row + [None] * (width - len(row)) for row in rows]


def decode(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or one of the eight-bit encodings of Windows."""
    if content.startswith(OTHER_FILES):
        raise Refused(limits.NO_SPREADSHEET)
    try:
        text = content.decode("utf-16") if content.startswith(UTF16) else decode_unmarked(content)
    except UnicodeDecodeError as foreign:
        raise Refused(limits.NO_SPREADSHEET) from foreign
    if CONTROL.search(text):
        raise Refused(limits.NO_SPREADSHEET)
    if text.lstrip().startswith("<"):
        raise Refused(limits.WEB_PAGE)
    return text


def decode_unmarked(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in content:
            raise
    western = content.decode("cp1252", errors="replace")
    if encodings.recognise([western[:LETTERS_LOOKED_AT]]) and not is_cp1258(content):
        return western
    return content.decode("cp1258")


def is_cp1258(content: bytes) -> bool:
    """Whether the bytes make more Vietnamese in the code page of Windows than in an encoding of fonts."""
    sample = content[:LETTERS_LOOKED_AT]
    windows = encodings.marked_words([sample.decode("cp1258", errors="replace")])
    western = encodings.marked_words([sample.decode("cp1252", errors="replace")])
    fonts = (encodings.TCVN3_ABC, encodings.VNI_WINDOWS)
    return encodings.right_words(windows, None) >= max(
        encodings.right_words(western, font) for font in fonts
    )


def separator_of(text: str) -> str:
    """The one that parts the most of the first lines into the same number of cells."""
    return max(SEPARATORS, key=lambda separator: regularity(text, separator))


def regularity(text: str, separator: str) -> tuple[int, int]:
    reader = csv.reader(io.StringIO(text[:LETTERS_LOOKED_AT], newline=""), delimiter=separator)
    try:
        widths = Counter(len(row) for row in islice(reader, LINES_LOOKED_AT) if len(row) > 1)
    except csv.Error:
        return 0, 0
    return max(((count, width) for width, count in widths.items()), default=(0, 0))


def rows_of(text: str, separator: str) -> Iterator[Row]:
    """Each row up to its last filled cell; quoted cells may run over lines."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    for count, cells in enumerate(reader):
        limits.refuse_extent(limits.Extent(count + 1, 1))
        row: Row = [cell if cell.strip() else None for cell in cells]
        while row and row[-1] is None:
            row.pop()
        yield row
