"""A sheet again, with the cells that need a correction coloured and commented."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.workbook.child import INVALID_TITLE_REGEX

from config.lib.spreadsheets.reading import Cell, Merge, Sheet, address
from config.lib.spreadsheets.writing import FACE, put

MARK: Final = PatternFill("solid", fgColor="FFE08A")
AUTHOR: Final = "Dự sinh hoạt chi bộ"
WIDEST: Final = 44
NARROWEST: Final = 6
LOOKED_AT: Final = 200
LONGEST_NAME: Final = 31  # of a sheet, in Excel
DATE_FORMAT: Final = "dd/mm/yyyy"


def marked_workbook(sheet: Sheet, marks: Mapping[str, str]) -> bytes:
    """`sheet` as XLSX: values and merged cells as they were read, formulas gone, and a comment at each
    address of `marks` (`{"G10": "Số điện thoại thiếu một chữ số."}`). It can be corrected and read in again.
    """
    workbook = Workbook()
    page: Any = workbook.active
    page.title = INVALID_TITLE_REGEX.sub(" ", sheet.name)[:LONGEST_NAME]
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            if value is not None:
                write(page[address(row, column)], value)
    for merge in sheet.merges:
        kept = within(sheet, merge)
        if (kept.top, kept.left) != (kept.bottom, kept.right):  # Excel repairs a range of one cell
            page.merge_cells(range_of(kept))
    for at, text in marks.items():
        mark(page[at], text)
    for column, width in enumerate(widths(sheet), start=1):
        page.column_dimensions[get_column_letter(column)].width = width
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def write(cell: Any, value: Cell) -> None:
    put(cell, value)
    cell.font = Font(name=FACE)
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if isinstance(value, date):
        cell.number_format = DATE_FORMAT


def mark(cell: Any, text: str) -> None:
    """A cell inside a merged range takes the colour alone: a comment belongs to the range's first cell."""
    cell.fill = MARK
    if hasattr(cell, "hyperlink"):
        cell.comment = Comment(text, AUTHOR, height=120, width=320)


def within(sheet: Sheet, merge: Merge) -> Merge:
    """The range as far as the sheet has cells: a file may name a billion of them, and each would be written."""
    last_row, last_column = len(sheet.rows) - 1, max(map(len, sheet.rows)) - 1
    bottom, right = min(merge.bottom, last_row), min(merge.right, last_column)
    return replace(merge, bottom=max(bottom, merge.top), right=max(right, merge.left))


def range_of(merge: Merge) -> str:
    return f"{address(merge.top, merge.left)}:{address(merge.bottom, merge.right)}"


def widths(sheet: Sheet) -> list[float]:
    """Wide enough for what stands in the first rows of each column, titles above the list apart."""
    columns = max((len(row) for row in sheet.rows), default=0)
    longest = [NARROWEST] * columns
    for row in sheet.rows[:LOOKED_AT]:
        texts = [(column, str(value)) for column, value in enumerate(row) if value is not None]
        if len(texts) > 1:
            for column, text in texts:
                longest[column] = max(longest[column], min(len(text) + 2, WIDEST))
    return [float(width) for width in longest]
