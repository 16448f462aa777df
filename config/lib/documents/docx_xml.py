"""The few things of WordprocessingML that python-docx has no call for."""

# ruff: noqa: SLF001 -- python-docx keeps the XML behind its objects private and offers no other way to it.

from copy import deepcopy
from itertools import chain, repeat
from typing import Final

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Row
from docx.text.paragraph import Paragraph

PLACEHOLDER: Final = "…"


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    made: BaseOxmlElement = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field Word fills in, such as PAGE."""
    for kind in ("begin", "code", "end"):
        run = paragraph.add_run()._r
        if kind == "code":
            instruction = element("w:instrText")
            instruction.text = code
            run.append(instruction)
        else:
            run.append(element("w:fldChar", fldCharType=kind))


def set_face(style: ParagraphStyle, face: str) -> None:
    """Name the face for every script; the theme's faces would win over `ascii` alone."""
    style.font.name = face
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), face)


def set_language(style: ParagraphStyle, code: str) -> None:
    style.element.get_or_add_rPr().append(element("w:lang", val=code, eastAsia=code, bidi=code))


def rule_above(style: ParagraphStyle, indent: float) -> None:
    """A solid rule over the paragraph, `indent` mm in from both sides."""
    form = style.element.get_or_add_pPr()
    borders = element("w:pBdr")
    borders.append(element("w:top", val="single", sz="6", space="0", color="auto"))
    form.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr")
    style.paragraph_format.left_indent = style.paragraph_format.right_indent = Mm(indent)


def set_table_measures(table: Table, widths: tuple[float, ...], inset: float) -> None:
    """Fixed column widths in mm (the grid and every cell) and the padding at the sides of cells."""
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)
    margins = element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(element(f"w:{side}", w=str(round(inset * 56.7)), type="dxa"))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")


def keep_row_whole(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))


def repeat_row(row: _Row) -> None:
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))


def remove(paragraph: Paragraph) -> None:
    parent = paragraph._p.getparent()
    if parent is not None:
        parent.remove(paragraph._p)


def set_style(paragraph: Paragraph, style_id: str) -> None:
    """Set the style by id, without the search through all styles that a name costs."""
    paragraph._p.style = style_id


def is_untouched(paragraph: Paragraph) -> bool:
    return len(paragraph._p) == 0


def copy_row(table: Table, model: _Row, texts: list[str]) -> _Row:
    """Append a copy of `model` with `texts` where it has its placeholders; cells beyond them are empty."""
    copied = deepcopy(model._tr)
    places = copied.iter(qn("w:t"))
    for place, text in zip(places, chain(texts, repeat("")), strict=False):
        place.text = text
        place.set(qn("xml:space"), "preserve")
    table._tbl.append(copied)
    return _Row(copied, table)


def remove_row(row: _Row) -> None:
    row._tr.getparent().remove(row._tr)
