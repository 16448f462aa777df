"""Spreadsheets as plain rows of values: formulas by their stored value, nothing evaluated."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, field
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
from config.lib.spreadsheets import limits

Cell = str | int | float | bool | date | datetime | time | timedelta | None
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
    """One visible sheet from cell A1 on; empty cells are None, whole numbers are int."""

    name: str
    rows: Sequence[Sequence[Cell]]
    merges: Sequence[Merge] = field(default=())


def read_sheets(content: bytes) -> list[Sheet]:
    """The visible sheets that have anything in them; Refused with a sentence if there is none."""
    limits.refuse_unreadable(content)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = [
                read_sheet(workbook.get_sheet_by_name(name)) for name in visible_names(workbook)
            ]
    except PasswordError as locked:
        raise Refused(limits.ENCRYPTED) from locked
    except (CalamineError, OSError, ValueError) as broken:
        raise Refused(limits.BROKEN) from broken
    filled = [sheet for sheet in sheets if sheet.rows]
    if not filled:
        raise Refused(limits.EMPTY)
    return filled


def visible_names(workbook: CalamineWorkbook) -> list[str]:
    return [
        sheet.name
        for sheet in workbook.sheets_metadata
        if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
    ]


def read_sheet(sheet: CalamineSheet) -> Sheet:
    limits.refuse_extent(limits.Extent(sheet.total_height, sheet.total_width))
    rows = [[plain(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
    merges = [Merge(*start, *end) for start, end in sheet.merged_cell_ranges or ()]
    return Sheet(sheet.name, rows if any(map(any, rows)) else [], merges)


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
