"""Spreadsheets as plain rows of values: formulas by their stored value, nothing evaluated."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from config.lib.errors import Refused
from config.lib.spreadsheets import encodings, limits
from config.lib.spreadsheets.delimited import read_delimited
from config.lib.spreadsheets.scanning import NOTHING, Scan, scan

Cell = str | int | float | bool | date | datetime | time | timedelta | None
NAME_OF_DELIMITED: Final = "Danh sách"
ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Merge:
    """A merged range; rows and columns count from 0 and both ends belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True)
class Sheet:
    """One visible sheet from cell A1 on; empty cells are None, whole numbers are int.

    `conversion` tells a person that the text was in an encoding of old; "" if it was not. `hidden` are the
    rows, from 0, that the file does not show, as far as is known; `left_out` the hidden sheets beside this one.
    """

    name: str
    rows: list[Sequence[Cell]]
    merges: Sequence[Merge] = field(default=())
    conversion: str = ""
    hidden: frozenset[int] = frozenset()
    left_out: Sequence[str] = ()


def read_sheets(content: bytes) -> list[Sheet]:
    """The visible sheets that have anything in them; Refused with a sentence if there is none."""
    limits.refuse_unreadable(content)
    is_workbook = content.startswith((limits.ZIP, limits.OLE))
    sheets = workbook_sheets(content) if is_workbook else [delimited_sheet(content)]
    filled = [in_unicode(sheet) for sheet in sheets if sheet.rows]
    if not filled:
        raise Refused(limits.only_hidden(sheets[0].left_out if sheets else ()) or limits.EMPTY)
    return filled


def workbook_sheets(content: bytes) -> list[Sheet]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            found, left_out = scan(content, workbook.sheet_names), names_of(workbook, shown=False)
            return [
                replace(
                    read_sheet(workbook.get_sheet_by_name(name), found.get(name, NOTHING)),
                    left_out=left_out,
                )
                for name in names_of(workbook, shown=True)
            ]
    except PasswordError as locked:
        raise Refused(limits.ENCRYPTED) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Refused(limits.BROKEN) from broken


def delimited_sheet(content: bytes) -> Sheet:
    return Sheet(NAME_OF_DELIMITED, list(read_delimited(content)))


def in_unicode(sheet: Sheet) -> Sheet:
    """The sheet with text of old encodings converted, and a note of it; a sheet in Unicode as it is."""
    texts = dict.fromkeys(
        cell for row in sheet.rows for cell in row if isinstance(cell, str) and not cell.isascii()
    )
    encoding = encodings.recognise(texts)
    if encoding is None:
        return sheet
    mixed = any(map(encodings.ONLY_UNICODE.search, texts))
    now = {text: encodings.converted(text, encoding, mixed=mixed) for text in texts}
    rows: list[Sequence[Cell]] = [
        [now.get(cell, cell) if isinstance(cell, str) else cell for cell in row]
        for row in sheet.rows
    ]
    before, after = encodings.example(now)
    return replace(
        sheet, rows=rows, conversion=encodings.note(encoding, before, after, mixed=mixed)
    )


def names_of(workbook: CalamineWorkbook, *, shown: bool) -> list[str]:
    """Of the sheets that the file shows, or of those that it hides."""
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet
        and (sheet.visible == SheetVisibleEnum.Visible) is shown
    ]


def read_sheet(sheet: CalamineSheet, found: Scan) -> Sheet:
    """Errors stand in their cells as text: who needs such a cell says so."""
    limits.refuse_extent(limits.Extent(sheet.total_height, sheet.total_width))
    rows = [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    for (row, column), error in found.errors.items():
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = error
    merges = [Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    filled: list[Sequence[Cell]] = list(rows) if any(map(any, rows)) else []
    return Sheet(sheet.name, filled, merges, hidden=found.hidden)


def plain(value: Cell) -> Cell:
    """Calamine gives "" for nothing and a float for every number."""
    if value == "":
        return None
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


@cache
def column_letters(column: int) -> str:
    """`column_letters(6)` is `G`."""
    letters, number = "", column + 1
    while number:
        number, letter = divmod(number - 1, len(ALPHABET))
        letters = ALPHABET[letter] + letters
    return letters


def address(row: int, column: int) -> str:
    """`address(9, 6)` is `G10`."""
    return f"{column_letters(column)}{row + 1}"
