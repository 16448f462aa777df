from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx as python_docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Pt

from config.lib.documents.docx import docx
from config.lib.documents.party import Align, Paragraph, Signature
from config.lib.errors import Refused
from tests.config.documents.samples import DRAFT, LETTER, LETTERHEAD, REPORT


@pytest.fixture(scope="module")
def word():
    return python_docx.Document(BytesIO(docx(REPORT)))


def cell_lines(cell):
    return [(paragraph.style.name, paragraph.text) for paragraph in cell.paragraphs]


def test_the_page_has_the_measures_of_the_guidance(word):
    page = word.sections[0]

    measures = (page.page_width, page.page_height, page.top_margin, page.bottom_margin)
    assert [round(value.mm) for value in measures] == [210, 297, 20, 20]
    assert (round(page.left_margin.mm), round(page.right_margin.mm)) == (30, 15)
    assert round(page.header_distance.mm) == 10


def test_the_page_number_is_centred_from_page_two(word):
    page = word.sections[0]
    number = page.header.paragraphs[0]

    assert page.different_first_page_header_footer
    assert page.first_page_header.paragraphs[0].text == ""
    assert [element.text for element in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert number.style.paragraph_format.alignment == WD_ALIGN_PARAGRAPH.CENTER
    assert not word.sections[1].different_first_page_header_footer


def test_the_head_names_the_bodies_left_and_the_party_right(word):
    (left, right), (number, day) = (row.cells for row in word.tables[0].rows)

    assert cell_lines(left) == [
        ("Cơ quan cấp trên", "TỈNH ỦY NINH BÌNH"),
        ("Cơ quan ban hành", "BAN TỔ CHỨC"),
        ("Cơ quan cấp trên", "*"),
    ]
    assert cell_lines(right) == [("Tiêu đề", "ĐẢNG CỘNG SẢN VIỆT NAM"), ("Kẻ dưới tiêu đề", "")]
    assert cell_lines(number) == [("Số và ký hiệu", "Số 05-BC/BTCTU")]
    assert cell_lines(day) == [("Địa danh và ngày", "Ninh Bình, ngày 05 tháng 12 năm 2026")]


def test_the_rule_below_the_motto_is_as_long_as_the_motto(word):
    style = word.styles["Kẻ dưới tiêu đề"]
    form = style.paragraph_format
    right_cell = word.tables[0].rows[0].cells[1]

    length = right_cell.width.mm - form.left_indent.mm - form.right_indent.mm
    assert style.element.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
    assert length == pytest.approx(72.7, abs=0.2)


@pytest.mark.parametrize(
    ("name", "size", "bold", "italic"),
    [
        ("Tiêu đề", 15, True, False),
        ("Cơ quan cấp trên", 14, False, False),
        ("Cơ quan ban hành", 14, True, False),
        ("Số và ký hiệu", 14, False, False),
        ("Địa danh và ngày", 14, False, True),
        ("Tên loại văn bản", 16, True, False),
        ("Trích yếu", 14, True, False),
        ("Nội dung", 14, False, False),
        ("Thẩm quyền ký", 14, True, False),
        ("Chức vụ người ký", 14, False, False),
        ("Họ tên người ký", 14, True, False),
        ("Nơi nhận", 14, False, False),
        ("Dòng nơi nhận", 12, False, False),
    ],
)
def test_each_part_has_its_size_and_emphasis(word, name, size, bold, italic):
    font = word.styles[name].font

    assert (font.size, font.bold, font.italic) == (Pt(size), bold, italic)
    assert word.styles[name].base_style.font.name == "Times New Roman"
    assert font.underline is (name == "Nơi nhận")


def test_body_text_is_justified_with_exact_lines(word):
    form = word.styles["Nội dung"].paragraph_format

    assert form.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY
    assert (form.line_spacing_rule, form.line_spacing) == (WD_LINE_SPACING.EXACTLY, Pt(18))
    assert (form.space_after, round(form.first_line_indent.mm)) == (Pt(6), 10)


def test_the_text_follows_in_order_with_its_styles(word):
    assert [(paragraph.style.name, paragraph.text) for paragraph in word.paragraphs[:8]] == [
        ("Tên loại văn bản", "BÁO CÁO"),
        ("Trích yếu", "kết quả dự sinh hoạt chi bộ tháng 11 năm 2026"),
        ("Kẻ dưới trích yếu", "-----"),
        ("Đề mục 1", "I- KẾT QUẢ"),
        ("Đề mục 2", "1. Cuộc họp"),
        ("Nội dung", "Về cuộc họp: Toàn tỉnh có 388 cuộc đã họp (94,2\u00a0%)."),
        ("Nội dung", "- Nộp muộn: 28 báo cáo."),
        ("Tên bảng", "Bảng 1. Xếp loại"),
    ]
    assert [run.bold for run in word.paragraphs[5].runs] == [True, None]


def test_recipients_stand_level_with_the_signature(word):
    (left, right) = word.tables[2].rows[0].cells

    assert cell_lines(left) == [
        ("Nơi nhận", "Nơi nhận:"),
        ("Dòng nơi nhận", "- Thường trực Tỉnh ủy;"),
        ("Dòng nơi nhận", "- Lưu Ban Tổ chức."),
    ]
    assert cell_lines(right) == [
        ("Thẩm quyền ký", "K/T TRƯỞNG BAN"),
        ("Chức vụ người ký", "PHÓ TRƯỞNG BAN"),
        *[("Chức vụ người ký", "")] * 4,
        ("Họ tên người ký", "Nguyễn Văn Mẫu"),
    ]


def test_the_annex_is_landscape_and_its_head_repeats(word):
    page, table = word.sections[1], word.tables[3]

    assert (page.orientation, round(page.page_width.mm)) == (WD_ORIENT.LANDSCAPE, 297)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows[:3]] == [
        True,
        True,
        False,
    ]
    assert len(table.rows) == 2 + 129 + 1
    assert [cell.text for cell in table.rows[2].cells][:3] == ["1", "Xã thứ 1", "1"]
    assert table.rows[0].cells[2].text == table.rows[0].cells[4].text == "Cuộc họp"


def test_the_same_document_gives_the_same_bytes_without_a_clock(time_machine):
    time_machine.move_to("2026-12-05 10:00")
    first = docx(REPORT)
    time_machine.move_to("2027-03-01 23:59")
    second = docx(REPORT)

    assert first == second
    assert {member.date_time for member in ZipFile(BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
    facts = python_docx.Document(BytesIO(first)).core_properties
    assert facts.created == facts.modified == datetime(2026, 12, 5, tzinfo=UTC)


def test_a_letter_carries_its_subject_under_the_number():
    word = python_docx.Document(BytesIO(docx(LETTER)))
    number = word.tables[0].rows[1].cells[0]

    assert cell_lines(number) == [
        ("Số và ký hiệu", "Số 05-CV/BTCTU"),
        ("Trích yếu công văn", "kết quả dự sinh hoạt chi bộ tháng 11 năm 2026"),
    ]
    assert word.paragraphs[0].text == "Kính gửi: Đảng ủy xã Quang Thiện"


def test_two_signatures_stand_side_by_side_above_the_recipients():
    other = Signature("CHỦ NHIỆM", "Trần Thị Mẫu")
    word = python_docx.Document(
        BytesIO(docx(replace(REPORT, signatures=(*REPORT.signatures, other))))
    )

    assert [cell.paragraphs[-1].text for cell in word.tables[2].rows[0].cells] == [
        "Nguyễn Văn Mẫu",
        "Trần Thị Mẫu",
    ]
    assert word.tables[3].rows[0].cells[0].paragraphs[0].text == "Nơi nhận:"


def test_text_with_markup_and_control_characters_is_only_text():
    nasty = Paragraph("<w:p/> & \x0b{{ }}", align=Align.CENTER)
    word = python_docx.Document(BytesIO(docx(replace(REPORT, blocks=(nasty,)))))

    assert (word.paragraphs[3].style.name, word.paragraphs[3].text) == (
        "Nội dung giữa",
        "<w:p/> & {{ }}",
    )


def test_a_draft_is_rendered_and_a_document_without_any_day_is_refused():
    head = python_docx.Document(BytesIO(docx(DRAFT))).tables[0]
    assert head.rows[1].cells[1].text.endswith("tháng 12 năm 2026")

    with pytest.raises(Refused, match="chưa có ngày"):
        docx(replace(REPORT, letterhead=replace(LETTERHEAD, dated=None)))


def test_a_short_table_stays_on_one_page_and_a_long_one_may_break(word):
    short, long = word.tables[1], word.tables[3]

    assert short.rows[1].cells[0].paragraphs[0].style.paragraph_format.keep_with_next is True
    assert long.rows[2].cells[0].paragraphs[0].style.paragraph_format.keep_with_next is False
