"""A Party document as DOCX: real styles, so an office can go on editing it."""

from datetime import UTC, datetime, time
from io import BytesIO

import docx as python_docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.section import Section
from docx.shared import Mm
from docx.table import Table as WordTable
from docx.table import _Cell as Cell
from docx.text.paragraph import Paragraph as WordParagraph

from config.lib.documents import docx_xml, wording
from config.lib.documents.archive import without_clock
from config.lib.documents.docx_styles import STYLE_OF_ALIGN, template
from config.lib.documents.docx_tables import add_table
from config.lib.documents.party import (
    Annex,
    Block,
    Heading,
    Item,
    Paragraph,
    PartyDocument,
    Signature,
    Table,
)
from config.lib.documents.rules import FormRules, rules_on
from config.lib.errors import Refused


def docx(document: PartyDocument) -> bytes:
    """The document as DOCX; the same document always gives the same bytes."""
    day = document.letterhead.form_day
    if day is None:
        raise Refused("Văn bản chưa có ngày nên chưa chọn được thể thức.")
    rules = rules_on(day)
    word = python_docx.Document(BytesIO(template(rules)))
    write_properties(word, document, datetime.combine(day, time(), UTC))
    set_page(word.sections[0], rules)
    write_head(word, document, rules)
    write_title(word, document)
    for block in document.blocks:
        write_block(word, block)
    write_foot(word, document, rules)
    for annex in document.annexes:
        write_annex(word, document, annex, rules)
    content = BytesIO()
    word.save(content)
    return without_clock(content.getvalue())


def write_properties(word: Document, document: PartyDocument, moment: datetime) -> None:
    facts = word.core_properties
    facts.title = wording.printable(f"{document.kind.capitalize()} {document.subject}")
    facts.author = facts.last_modified_by = document.issuer_name or document.letterhead.issuer
    facts.created = facts.modified = moment
    facts.language, facts.comments, facts.revision = "vi-VN", "", 1


def set_page(section: Section, rules: FormRules) -> None:
    """A4 with the margins of the rules, and the page number in the head from page 2."""
    section.page_width, section.page_height = Mm(rules.paper[0]), Mm(rules.paper[1])
    section.top_margin, section.bottom_margin = Mm(rules.top), Mm(rules.bottom)
    section.left_margin, section.right_margin = Mm(rules.left), Mm(rules.right)
    section.header_distance = Mm(rules.page_number_from_top)
    section.footer_distance = Mm(rules.page_number_from_top)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.style = "Số trang"
    docx_xml.add_field(number, "PAGE")


def write_head(word: Document, document: PartyDocument, rules: FormRules) -> None:
    head = letterless_table(word, (rules.head_left, rules.text_width - rules.head_left), rows=2)
    (left, right), (number, day) = (row.cells for row in head.rows)
    letterhead = document.letterhead
    if letterhead.superior:
        lines(left, ("Cơ quan cấp trên", letterhead.superior))
    lines(left, ("Cơ quan ban hành", letterhead.issuer))
    lines(left, ("Cơ quan cấp trên", "*"))
    lines(right, ("Tiêu đề", rules.motto), ("Kẻ dưới tiêu đề", ""))
    lines(number, ("Số và ký hiệu", wording.symbol_line(letterhead)))
    if not document.kind:
        lines(number, ("Trích yếu công văn", document.subject))
    lines(day, ("Địa danh và ngày", wording.place_and_date(letterhead, rules)))


def write_title(word: Document, document: PartyDocument) -> None:
    if document.kind:
        word.add_paragraph(document.kind, "Tên loại văn bản")
        word.add_paragraph(wording.printable(document.subject), "Trích yếu")
        word.add_paragraph("-----", "Kẻ dưới trích yếu")
    for index, name in enumerate(document.addressees):
        addressee = word.add_paragraph(style="Kính gửi")
        if index == 0:
            addressee.add_run("Kính gửi: ").italic = True
        is_list = len(document.addressees) > 1
        addressee.add_run(f"{'- ' if is_list else ''}{wording.printable(name)}")


def write_block(word: Document, block: Block) -> None:
    match block:
        case Heading():
            word.add_paragraph(wording.printable(block.text), f"Đề mục {block.level}")
        case Paragraph():
            write_paragraph(word, block)
        case Item():
            item = word.add_paragraph(f"{block.marker} ", "Nội dung")
            add_runs(item, block.lead, block.text)
        case Table():
            add_table(word, block)


def write_paragraph(word: Document, block: Paragraph) -> None:
    style = "Nội dung" if block.indented else "Nội dung không lùi"
    paragraph = word.add_paragraph(style=STYLE_OF_ALIGN.get(block.align, style))
    add_runs(paragraph, block.lead, block.text)
    for run in paragraph.runs:
        run.bold = block.bold or run.bold
        run.italic = block.italic or None


def add_runs(paragraph: WordParagraph, lead: str, text: str) -> None:
    if lead:
        paragraph.add_run(f"{wording.printable(lead)} ").bold = True
    paragraph.add_run(wording.printable(text))


def write_foot(word: Document, document: PartyDocument, rules: FormRules) -> None:
    """Recipients at the left, level with the signature at the right; several signatures stand in a row above.

    The last words stay with the signature: nobody signs an empty page.
    """
    if word.paragraphs:
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    signatures = document.signatures
    sides = (rules.recipients_width, rules.text_width - rules.recipients_width)
    word.add_paragraph(style="Trước chữ ký")
    if len(signatures) == 1:
        left, right = letterless_table(word, sides).rows[0].cells
        write_signature(right, signatures[0], rules)
        write_recipients(left, document.recipients)
        return
    if signatures:
        row = letterless_table(word, (rules.text_width / len(signatures),) * len(signatures)).rows[
            0
        ]
        for cell, signature in zip(row.cells, signatures, strict=True):
            write_signature(cell, signature, rules)
        word.add_paragraph(style="Trước chữ ký")
    write_recipients(letterless_table(word, sides).rows[0].cells[0], document.recipients)


def write_signature(cell: Cell, signature: Signature, rules: FormRules) -> None:
    if signature.authority:
        lines(cell, ("Thẩm quyền ký", signature.authority))
    room = [("Chức vụ người ký", "")] * rules.signature_lines
    lines(cell, ("Chức vụ người ký", signature.office), *room, ("Họ tên người ký", signature.name))


def write_recipients(cell: Cell, recipients: tuple[str, ...]) -> None:
    lines(cell, ("Nơi nhận", "Nơi nhận:"))
    lines(cell, *(("Dòng nơi nhận", line) for line in wording.recipient_lines(recipients)))


def write_annex(word: Document, document: PartyDocument, annex: Annex, rules: FormRules) -> None:
    section = word.add_section()
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(rules.paper[1]), Mm(rules.paper[0])
    section.different_first_page_header_footer = False
    word.add_paragraph(annex.title, "Trích yếu")
    word.add_paragraph(annex.subject, "Trích yếu")
    word.add_paragraph(wording.attached_to(document, rules), "Kèm theo")
    word.add_paragraph("-----", "Kẻ dưới trích yếu")
    for block in annex.blocks:
        write_block(word, block)


def letterless_table(word: Document, widths: tuple[float, ...], rows: int = 1) -> WordTable:
    """A table without rules, for what stands side by side."""
    table: WordTable = word.add_table(rows, len(widths))
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    docx_xml.set_table_measures(table, widths, inset=0)
    for row in table.rows:
        docx_xml.keep_row_whole(row)
    return table


def lines(cell: Cell, *styled: tuple[str, str]) -> None:
    """Append lines to a cell; its first, empty paragraph takes the first of them."""
    for style, text in styled:
        first = cell.paragraphs[0]
        is_fresh = len(cell.paragraphs) == 1 and docx_xml.is_untouched(first)
        paragraph = first if is_fresh else cell.add_paragraph()
        paragraph.style = style
        paragraph.add_run(wording.printable(text))
