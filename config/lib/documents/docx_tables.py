"""Tables of a Party document in DOCX: fixed widths, a head that repeats, rows that do not break."""

from dataclasses import replace
from itertools import groupby

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.table import _Row as Row

from config.lib.documents import docx_xml, wording
from config.lib.documents.docx_styles import Face, add_style
from config.lib.documents.party import Align, Table


def add_table(word: Document, table: Table) -> None:
    if table.caption:
        word.add_paragraph(wording.printable(table.caption), "Tên bảng")
    heads = 2 if table.is_grouped else 1
    grid: WordTable = word.add_table(heads, len(table.columns), "Table Grid")
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    plain, bold = cell_styles(word, table, bold=False), cell_styles(word, table, bold=True)
    body, total = model_row(grid, table, plain), model_row(grid, table, bold)
    docx_xml.set_table_measures(grid, tuple(column.width for column in table.columns), inset=1.1)
    write_head(list(grid.rows)[:heads], table, bold[Align.CENTER])
    write_rows(grid, table, body, total)
    word.add_paragraph(wording.printable(table.note), "Ghi chú bảng" if table.note else "Sau bảng")


def cell_styles(word: Document, table: Table, *, bold: bool) -> dict[Align, str]:
    """The id of the paragraph style for each alignment, made on first use.

    Looked up once a table: python-docx searches all styles at each use of a name, four seconds for 129 rows.
    """
    found = {}
    for align in Align:
        name = f"Ô bảng {align} {table.size:g}{' đậm' if bold else ''}{' liền' if table.is_short else ''}"
        if name not in word.styles:
            face = Face(name, table.size, align, bold=bold, before=1.5, after=1.5)
            add_style(word, replace(face, keep_with_next=table.is_short))
        found[align] = word.styles[name].style_id or ""
    return found


def write_head(rows: list[Row], table: Table, style: str) -> None:
    for row in rows:
        docx_xml.repeat_row(row)
        docx_xml.keep_row_whole(row)
    cells = [row.cells for row in rows]
    for index, column in enumerate(table.columns):
        fill(cells[-1 if column.group else 0][index], column.title, style)
    if table.is_grouped:
        merge_head(cells[0], cells[1], table, style)


def merge_head(above: tuple[Cell, ...], below: tuple[Cell, ...], table: Table, style: str) -> None:
    """One cell over each group of columns; columns without a group stand two rows high."""
    index = 0
    for group, members in groupby(table.columns, key=lambda column: column.group):
        count = len(list(members))
        if group:
            fill(above[index].merge(above[index + count - 1]), group, style)
        else:
            for lone in range(index, index + count):
                above[lone].merge(below[lone])
        index += count


def model_row(grid: WordTable, table: Table, styles: dict[Align, str]) -> Row:
    """A row of empty cells in their styles; the others are copies of it, ten times as quick as rows one by one."""
    row: Row = grid.add_row()  # type: ignore[no-untyped-call]  # python-docx left it untyped
    docx_xml.keep_row_whole(row)
    for cell, column in zip(row.cells, table.columns, strict=True):
        fill(cell, docx_xml.PLACEHOLDER, styles[column.align])
    return row


def write_rows(grid: WordTable, table: Table, body: Row, total: Row) -> None:
    for values in table.rows:
        row = docx_xml.copy_row(grid, body if len(values) > 1 else total, clean(values))
        if len(values) == 1:
            span(row)
    if table.total:
        docx_xml.copy_row(grid, total, clean(table.total))
    docx_xml.remove_row(body)
    docx_xml.remove_row(total)


def clean(values: tuple[str, ...]) -> list[str]:
    return [wording.printable(value) for value in values]


def span(row: Row) -> None:
    """A group heading across all columns, on the page of its first row: what the other cells held goes."""
    cells = row.cells
    for cell in cells[1:]:
        docx_xml.remove(cell.paragraphs[0])
        cell.add_paragraph()
    merged = cells[0].merge(cells[-1])
    merged.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.LEFT
    merged.paragraphs[0].paragraph_format.keep_with_next = True


def fill(cell: Cell, text: str, style_id: str) -> None:
    """Write into the cell's own paragraph; merging leaves others behind, which go."""
    first, *others = cell.paragraphs
    for other in others:
        docx_xml.remove(other)
    docx_xml.set_style(first, style_id)
    first.add_run(wording.printable(text))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
