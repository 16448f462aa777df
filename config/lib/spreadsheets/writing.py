"""Lists as styled XLSX files whose cells a spreadsheet program never takes for formulas."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from config.lib.spreadsheets.reading import Cell

DANGEROUS: Final = ("=", "+", "-", "@", "\t", "\r")
FACE: Final = "Times New Roman"
HAIRLINE: Final = Side(style="thin", color="8A8580")
EDGE: Final = Border(left=HAIRLINE, right=HAIRLINE, top=HAIRLINE, bottom=HAIRLINE)
HEAD_FILL: Final = PatternFill("solid", fgColor="F0E9E0")


@dataclass(frozen=True)
class Column:
    """A column of a list: its caption and its width in characters."""

    caption: str
    width: float = 16


def list_workbook(
    sheet: str, title: Sequence[str], columns: Sequence[Column], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """Title lines, a blank line, the header (frozen, repeated in print), then the rows."""
    workbook = Workbook(write_only=True)
    page = workbook.create_sheet(sheet)
    head = len(title) + 2 if title else 1
    for index, column in enumerate(columns, start=1):
        page.column_dimensions[get_column_letter(index)].width = column.width
    page.freeze_panes = f"A{head + 1}"
    page.print_title_rows = f"{head}:{head}"
    for line in title:
        page.append([written(page, line, font=Font(name=FACE, size=13, bold=True))])
    if title:
        page.append([])
    page.append([head_cell(page, column.caption) for column in columns])
    for row in rows:
        page.append([body_cell(page, value) for value in row])
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def written(page: Any, value: Cell, **style: Any) -> Any:
    cell: Any = WriteOnlyCell(page)
    for name, part in style.items():
        setattr(cell, name, part)
    put(cell, value)
    return cell


def put(cell: Any, value: Cell) -> None:
    """The value in its cell: without the control characters that XLSX cannot hold, and text that a
    spreadsheet program could take for a formula marked as text.
    """
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value
    if isinstance(cell.value, str) and cell.value.startswith(DANGEROUS):
        cell.data_type = "s"
        cell.quotePrefix = True


def head_cell(page: Any, caption: str) -> Any:
    middle = Alignment(horizontal="center", vertical="center", wrap_text=True)
    return written(
        page,
        caption,
        font=Font(name=FACE, bold=True),
        fill=HEAD_FILL,
        border=EDGE,
        alignment=middle,
    )


def body_cell(page: Any, value: Cell) -> Any:
    return written(
        page,
        value,
        font=Font(name=FACE),
        border=EDGE,
        alignment=Alignment(vertical="top", wrap_text=True),
    )
