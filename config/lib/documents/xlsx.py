"""Figures as a workbook: one sheet a table, numbers as numbers, a head that stays in sight and on every printed page."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from itertools import groupby
from zipfile import ZipFile

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

from config.lib.documents.archive import without_clock
from config.lib.documents.wording import printable

Value = str | int | float | date | None

FACE = "Times New Roman"
TITLE = Font(name=FACE, size=14, bold=True)
SUBTITLE = Font(name=FACE, size=11, italic=True)
PLAIN = Font(name=FACE, size=11)
BOLD = Font(name=FACE, size=11, bold=True)
HAIRLINE = Side(style="thin", color="FF8C8C8C")
BOX = Border(left=HAIRLINE, right=HAIRLINE, top=HAIRLINE, bottom=HAIRLINE)
HEAD_FILL = PatternFill("solid", fgColor="FFEFE9DF")
WHOLE, PERCENT, DAY = "#,##0", '0.0" %"', "dd/mm/yyyy"
DANGEROUS = ("=", "+", "-", "@")


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column `width` characters wide; `is_percent` for values from 0 to 100."""

    title: str
    width: float
    group: str = ""
    is_percent: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table with its title; the first `frozen` columns stay in sight."""

    name: str
    title: str
    subtitle: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()
    frozen: int = 2

    @property
    def head_rows(self) -> int:
        return 2 if any(column.group for column in self.columns) else 1


FIRST_HEAD_ROW = 4


def xlsx(sheets: tuple[Sheet, ...], *, title: str, author: str, day: date) -> bytes:
    """The workbook; the same sheets always give the same bytes."""
    book = Workbook()
    book.remove(book.worksheets[0])
    facts, moment = book.properties, datetime.combine(day, time())
    facts.title, facts.creator, facts.lastModifiedBy = title, author, author
    facts.created = facts.modified = moment
    for sheet in sheets:
        write_sheet(book.create_sheet(sheet.name), sheet)
    content = BytesIO()
    # Workbook.save() would put the current time into the properties.
    ExcelWriter(book, ZipFile(content, "w")).save()
    return without_clock(content.getvalue())


def write_sheet(page: Worksheet, sheet: Sheet) -> None:
    page["A1"], page["A1"].font = printable(sheet.title), TITLE
    page["A2"], page["A2"].font = printable(sheet.subtitle), SUBTITLE
    write_head(page, sheet)
    first = FIRST_HEAD_ROW + sheet.head_rows
    for number, values in enumerate(sheet.rows, first):
        write_row(page, number, values, sheet, PLAIN)
    if sheet.total:
        write_row(page, first + len(sheet.rows), sheet.total, sheet, BOLD)
    set_view(page, sheet, first)


def write_head(page: Worksheet, sheet: Sheet) -> None:
    last = FIRST_HEAD_ROW + sheet.head_rows - 1
    for index, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(index)].width = column.width
        for row in range(FIRST_HEAD_ROW, last + 1):
            dress_head(cell_at(page, row, index))
        cell_at(page, last if column.group else FIRST_HEAD_ROW, index).value = column.title
    for start, end, group in head_groups(sheet):
        if group:
            cell_at(page, FIRST_HEAD_ROW, start).value = group
            page.merge_cells(
                start_row=FIRST_HEAD_ROW, end_row=FIRST_HEAD_ROW, start_column=start, end_column=end
            )
        elif last > FIRST_HEAD_ROW:
            for index in range(start, end + 1):
                page.merge_cells(
                    start_row=FIRST_HEAD_ROW, end_row=last, start_column=index, end_column=index
                )


def head_groups(sheet: Sheet) -> Iterator[tuple[int, int, str]]:
    """First and last column number of each run of columns with the same group."""
    numbered = enumerate(sheet.columns, 1)
    for group, members in groupby(numbered, key=lambda pair: pair[1].group):
        numbers = [number for number, _ in members]
        yield numbers[0], numbers[-1], group


def dress_head(cell: Cell) -> None:
    cell.font, cell.border, cell.fill = BOLD, BOX, HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)


def write_row(
    page: Worksheet, number: int, values: tuple[Value, ...], sheet: Sheet, font: Font
) -> None:
    for index, (value, column) in enumerate(zip(values, sheet.columns, strict=True), 1):
        cell = cell_at(page, number, index)
        cell.font, cell.border = font, BOX
        write_value(cell, value, column)


def write_value(cell: Cell, value: Value, column: SheetColumn) -> None:
    """Text is always text, whatever it begins with; numbers and days keep their kind."""
    if isinstance(value, str):
        text = printable(value)
        cell.value, cell.data_type = text, "s"
        cell.quotePrefix = text.startswith(DANGEROUS)
        cell.alignment = Alignment(vertical="top", wrap_text=True)
    elif value is not None:
        cell.value = value
        is_day = isinstance(value, date)
        cell.number_format = DAY if is_day else PERCENT if column.is_percent else WHOLE


def set_view(page: Worksheet, sheet: Sheet, first: int) -> None:
    """What stays in sight, what can be filtered, and how it prints."""
    page.freeze_panes = f"{get_column_letter(sheet.frozen + 1)}{first}"
    last_column = get_column_letter(len(sheet.columns))
    page.auto_filter.ref = f"A{first - 1}:{last_column}{first + max(len(sheet.rows), 1) - 1}"
    page.print_title_rows = f"{FIRST_HEAD_ROW}:{first - 1}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.oddFooter.center.text = "&P/&N"  # type: ignore[union-attr]  # always there, the stubs say maybe


def cell_at(page: Worksheet, row: int, column: int) -> Cell:
    cell = page.cell(row, column)
    if not isinstance(cell, Cell):
        raise TypeError(f"{cell.coordinate} lies inside a merged cell.")
    return cell
