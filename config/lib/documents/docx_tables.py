"""Tables of a Party document in DOCX: fixed widths, a head that repeats, rows that do not break."""

from itertools import groupby

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.table import _Cell as Cell
from docx.table import _Row as Row

from config.lib.documents import docx_xml, wording
from config.lib.documents.docx_styles import Face, add_style
from config.lib.documents.party import Align, Table


def add_table(word: Document, table: Table) -> None:
    if table.caption:
        word.add_paragraph(wording.printable(table.caption), "Tên bảng")
    heads = 2 if table.is_grouped else 1
    grid = word.add_table(
        heads + len(table.rows) + bool(table.total), len(table.columns), "Table Grid"
    )
    grid.alignment, grid.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    docx_xml.set_table_measures(grid, tuple(column.width for column in table.columns), inset=1.1)
    rows = list(grid.rows)
    write_head(rows[:heads], table, cell_styles(word, table, bold=True)[Align.CENTER])
    write_rows(word, rows[heads:], table)
    word.add_paragraph(wording.printable(table.note), "Ghi chú bảng" if table.note else "Sau bảng")


def cell_styles(word: Document, table: Table, *, bold: bool) -> dict[Align, str]:
    """The id of the paragraph style for each alignment, made on first use.

    Looked up once a table: python-docx searches all styles at each use of a name, four seconds for 129 rows.
    """
    found = {}
    for align in Align:
        name = f"Ô bảng {align} {table.size:g}{' đậm' if bold else ''}"
        if name not in word.styles:
            add_style(word, Face(name, table.size, align, bold=bold, before=1.5, after=1.5))
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


def write_rows(word: Document, rows: list[Row], table: Table) -> None:
    plain, bold = cell_styles(word, table, bold=False), cell_styles(word, table, bold=True)
    written = [
        *((values, plain) for values in table.rows),
        *([(table.total, bold)] if table.total else []),
    ]
    for row, (values, styles) in zip(rows, written, strict=True):
        docx_xml.keep_row_whole(row)
        cells = row.cells
        if len(values) == 1:
            fill(cells[0].merge(cells[-1]), values[0], bold[Align.LEFT])
            continue
        for cell, value, column in zip(cells, values, table.columns, strict=True):
            fill(cell, value, styles[column.align])


def fill(cell: Cell, text: str, style_id: str) -> None:
    """Write into the cell's own paragraph; merging leaves others behind, which go."""
    first, *others = cell.paragraphs
    for other in others:
        docx_xml.remove(other)
    docx_xml.set_style(first, style_id)
    first.add_run(wording.printable(text))
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
