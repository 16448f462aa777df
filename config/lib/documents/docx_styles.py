"""The named paragraph styles of a Party document in DOCX."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from io import BytesIO
from typing import cast

import docx as python_docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle

from config.lib.documents import docx_xml
from config.lib.documents.party import Align
from config.lib.documents.rules import FormRules

ALIGNMENTS = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.JUSTIFY: WD_ALIGN_PARAGRAPH.JUSTIFY,
}
STYLE_OF_ALIGN = {
    Align.CENTER: "Nội dung giữa",
    Align.LEFT: "Nội dung trái",
    Align.RIGHT: "Nội dung phải",
}


@dataclass(frozen=True, slots=True)
class Face:
    """One paragraph style: size, emphasis and alignment; measures in points but `first_line` in mm.

    `line` is exact line spacing; without it lines are single.
    """

    name: str
    size: float
    align: Align = Align.CENTER
    bold: bool = False
    italic: bool = False
    underline: bool = False
    line: float = 0
    before: float = 0
    after: float = 0
    first_line: float = 0
    keep_with_next: bool = False


def faces(rules: FormRules) -> Iterator[Face]:
    """Every style of the pack; their names are what the office sees in Word."""
    yield from head_faces(rules)
    yield from body_faces(rules)
    yield from foot_faces(rules)


def head_faces(rules: FormRules) -> Iterator[Face]:
    head, gap = rules.head_size, rules.paragraph_gap
    yield Face("Số trang", rules.body_size)
    yield Face("Tiêu đề", rules.motto_size, bold=True)
    yield Face("Kẻ dưới tiêu đề", 2, line=3, before=2)
    yield Face("Cơ quan cấp trên", head)
    yield Face("Cơ quan ban hành", head, bold=True)
    yield Face("Số và ký hiệu", head)
    yield Face("Trích yếu công văn", rules.letter_subject_size, italic=True)
    yield Face("Địa danh và ngày", head, italic=True)
    yield Face(
        "Tên loại văn bản", rules.kind_size, bold=True, before=2 * gap, after=2, keep_with_next=True
    )
    yield Face("Trích yếu", rules.subject_size, bold=True, after=2, keep_with_next=True)
    yield Face("Kèm theo", head, italic=True, keep_with_next=True)
    yield Face("Kẻ dưới trích yếu", rules.subject_size, after=2 * gap, keep_with_next=True)
    yield Face("Kính gửi", rules.body_size, line=rules.line, before=gap, after=gap)


def body_faces(rules: FormRules) -> Iterator[Face]:
    size, gap = rules.body_size, rules.paragraph_gap
    plain = Face("Nội dung không lùi", size, Align.JUSTIFY, line=rules.line, after=gap)
    indented = replace(plain, name="Nội dung", first_line=rules.first_line)
    heading = replace(indented, name="Đề mục 1", align=Align.LEFT, bold=True, keep_with_next=True)
    yield from (plain, indented, heading)
    yield replace(heading, name="Đề mục 2")
    yield replace(heading, name="Đề mục 3", bold=False, italic=True)
    for align, name in STYLE_OF_ALIGN.items():
        yield replace(plain, name=name, align=align)
    yield Face("Tên bảng", size, bold=True, before=gap, after=gap, keep_with_next=True)
    yield Face(
        "Ghi chú bảng", rules.recipients_size, Align.LEFT, italic=True, before=gap / 2, after=gap
    )
    yield Face("Sau bảng", 2, line=gap)


def foot_faces(rules: FormRules) -> Iterator[Face]:
    size = rules.signature_size
    yield Face("Trước chữ ký", size, line=rules.line / 2, keep_with_next=True)
    yield Face("Thẩm quyền ký", size, bold=True)
    yield Face("Chức vụ người ký", size)
    yield Face("Họ tên người ký", size, bold=True)
    yield Face("Nơi nhận", rules.recipients_head_size, Align.LEFT, underline=True)
    yield Face("Dòng nơi nhận", rules.recipients_size, Align.LEFT)


KEPT = {
    "Normal",
    "Default Paragraph Font",
    "Normal Table",
    "No List",
    "Table Grid",
    "Header",
    "Footer",
}


@cache
def template(rules: FormRules) -> bytes:
    """An empty document with our styles and no others; made once, for python-docx searches all of them at each use."""
    word = python_docx.Document()
    for style in list(word.styles):
        if style.name not in KEPT:
            style.delete()
    add_styles(word, rules)
    content = BytesIO()
    word.save(content)
    return content.getvalue()


def add_styles(word: Document, rules: FormRules) -> None:
    normal = cast("ParagraphStyle", word.styles["Normal"])
    docx_xml.set_face(normal, rules.face)
    docx_xml.set_language(normal, "vi-VN")
    normal.font.size = Pt(rules.body_size)
    normal.paragraph_format.space_after = Pt(0)
    for face in faces(rules):
        add_style(word, face)
    rule = cast("ParagraphStyle", word.styles["Kẻ dưới tiêu đề"])
    docx_xml.rule_above(rule, (rules.text_width - rules.head_left - rules.motto_width) / 2)


def add_style(word: Document, face: Face) -> None:
    style = word.styles.add_style(face.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style, style.quick_style = word.styles["Normal"], True
    style.font.size = Pt(face.size)
    style.font.bold, style.font.italic, style.font.underline = (
        face.bold,
        face.italic,
        face.underline,
    )
    form = style.paragraph_format
    form.alignment, form.keep_with_next = ALIGNMENTS[face.align], face.keep_with_next
    form.space_before, form.space_after = Pt(face.before), Pt(face.after)
    form.first_line_indent, form.widow_control = Mm(face.first_line), True
    form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    if face.line:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(face.line)
