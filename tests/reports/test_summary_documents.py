"""What the three files say of one set of facts."""

from dataclasses import replace
from io import BytesIO

import docx as python_docx
import pytest
from openpyxl import load_workbook

from config.lib.documents import lint
from config.lib.documents.party import Heading, Item, Paragraph, Table
from config.lib.months import Period
from reports import documents
from reports.documents.bodies import body_of
from reports.documents.figures import percent, share
from reports.rollups.summary import facts_of
from tests.reports.summarising import NOVEMBER, NOW, Month

ISSUE = {
    "number": 7,
    "dated": "2026-11-25",
    "authority": "K/T TRƯỞNG BAN",
    "office": "PHÓ TRƯỞNG BAN",
    "name": "Nguyễn Văn Mẫu",
}


@pytest.fixture
def facts(db):
    return facts_of(Month().province, NOVEMBER, NOW)


def sentences(document):
    return [block.text for block in document.blocks if isinstance(block, Paragraph | Item)]


def test_the_report_reads_as_a_report(facts):
    document = documents.summary_document(facts)

    assert [
        block.text for block in document.blocks if isinstance(block, Heading) and block.level == 1
    ] == [
        "I- KẾT QUẢ DỰ SINH HOẠT",
        "II- CHẤT LƯỢNG SINH HOẠT",
        "III- VẤN ĐỀ BỨC THIẾT, TÂM TƯ, NGUYỆN VỌNG",
        "IV- KIẾN NGHỊ, ĐỀ XUẤT",
        "V- VIỆC QUÁ HẠN",
    ]
    assert sentences(document)[1:6] == [
        (
            "Trong tháng 11 năm 2026, toàn tỉnh có 5 cuộc họp được phân công cán bộ dự, trong đó: 3 cuộc đã đến ngày họp; "
            "1 cuộc chưa đến ngày họp, không tính là thiếu; 1 cuộc không họp, có lý do."
        ),
        "Đã họp 2 cuộc, bằng 66,7\u00a0% số cuộc đã đến ngày. Có cán bộ dự 2 cuộc, bằng 100\u00a0% số cuộc đã họp.",
        (
            "Theo 2 báo cáo có ghi số đảng viên, có mặt 76 lượt đảng viên trên 80 lượt phải sinh hoạt, đạt 95\u00a0%; "
            "vắng 4 lượt, trong đó không có lý do 2 lượt."
        ),
        "Ngoài ra có 1 cuộc họp theo lịch chưa có người được phân công dự, không tính vào các số liệu trên.",
        "Đến hạn 3 báo cáo; đã nộp 2 báo cáo, trong đó đúng hạn 1, bằng 33,3\u00a0% số đến hạn, nộp muộn 1; chưa nộp 1.",
    ]


def test_what_stands_out_is_named(facts):
    document = documents.summary_document(facts)

    assert [
        (block.lead, block.text)
        for block in document.blocks
        if isinstance(block, Item) and block.lead
    ] == [
        ("Tỷ lệ nộp đúng hạn thấp (dưới 80\u00a0%):", "Xã Quang Thiện 33,3\u00a0% (1/3)."),
        ("Báo cáo:", "1 báo cáo quá hạn chưa nộp (danh sách tại phụ lục)."),
        (
            "Kiến nghị:",
            "1 kiến nghị quá hạn trả lời (danh sách tại phụ lục); nhiều nhất: Sở Xây dựng (1).",
        ),
    ]


def test_the_annexes_list_communes_bands_and_what_is_overdue(facts):
    annexes = documents.summary_document(facts).annexes
    tables = [block for annex in annexes for block in annex.blocks if isinstance(block, Table)]

    assert [(annex.title, annex.subject) for annex in annexes] == [
        ("PHỤ LỤC 1", "Kết quả dự sinh hoạt theo xã, phường"),
        ("PHỤ LỤC 2", "Xếp loại buổi sinh hoạt theo xã, phường"),
        ("PHỤ LỤC 3", "Báo cáo quá hạn chưa nộp"),
        ("PHỤ LỤC 4", "Kiến nghị quá hạn trả lời"),
    ]
    assert tables[0].rows[1][:7] == ("2", "Xã Quang Thiện", "4", "–", "1", "3", "2")
    assert tables[0].total[1:8] == ("Toàn tỉnh", "5", "1", "1", "3", "2", "2")
    assert tables[2].rows[0][1:3] == ("Chi bộ xóm 3", "Xã Quang Thiện")


def test_once_issued_it_is_in_good_form_and_as_a_draft_it_lacks_number_day_and_signer(facts):
    assert lint.problems(documents.summary_document({**facts, "issue": ISSUE})) == []
    assert lint.problems(documents.summary_document(facts)) == [
        "Thiếu số văn bản.",
        "Thiếu ngày, tháng, năm ban hành.",
        "Thiếu họ tên người ký.",
    ]


@pytest.mark.parametrize("code", ["2026-11", "2026-Q4", "2026"])
def test_a_month_in_which_nothing_happened_makes_three_good_files(db, code):
    month = Month()
    month.recommendation.delete()
    empty = facts_of(month.agency, Period.parse(code), NOW)
    facts = {**empty, "unit": {**empty["unit"], "kind": "commune"}, "issue": ISSUE}

    assert lint.problems(documents.summary_document(facts)) == []
    assert documents.summary_pdf(facts).startswith(b"%PDF")
    assert python_docx.Document(BytesIO(documents.summary_docx(facts))).paragraphs
    assert load_workbook(BytesIO(documents.summary_xlsx(facts))).sheetnames[0] == "Tổng hợp"


def test_a_communes_report_is_its_committees(db):
    month = Month()
    document = documents.summary_document(facts_of(month.commune, NOVEMBER, NOW))

    head = document.letterhead
    assert (head.superior, head.issuer, head.symbol, head.place) == (
        "ĐẢNG BỘ TỈNH NINH BÌNH",
        "ĐẢNG ỦY XÃ QUANG THIỆN",
        "BC/ĐU",
        "Quang Thiện",
    )
    assert document.signatures[0].authority == "T/M BAN THƯỜNG VỤ"


def test_a_district_of_the_past_has_its_own_form():
    body = body_of({"kind": "district", "name": "Huyện ủy Kim Sơn", "above": "Tỉnh ủy Ninh Bình"})

    assert (body.superior, body.issuer, body.symbol, body.place) == (
        "ĐẢNG BỘ TỈNH NINH BÌNH",
        "HUYỆN ỦY KIM SƠN",
        "BC/HU",
        "Kim Sơn",
    )


def test_the_workbook_holds_numbers_with_their_totals(facts):
    book = load_workbook(BytesIO(documents.summary_xlsx(facts)))

    rows = [list(row) for row in book["Theo xã, phường"].iter_rows(min_row=6, values_only=True)]
    assert [row[1:3] for row in rows] == [
        ["Xã Kim Sơn", 1],
        ["Xã Quang Thiện", 4],
        ["Toàn tỉnh", 5],
    ]
    assert rows[-1][12] == 33.3
    overview = {row[0]: row[1:4] for row in book["Tổng hợp"].iter_rows(min_row=5, values_only=True)}
    assert overview["Nộp đúng hạn"] == (1, 3, 33.3)
    assert overview["Chưa đến ngày họp"] == (1, None, None)
    overdue = list(book["Báo cáo quá hạn"].iter_rows(min_row=5, values_only=True))
    assert [row[1] for row in overdue] == ["Chi bộ xóm 3"]


@pytest.mark.parametrize(
    ("part", "whole", "text"),
    [
        (1, 3, "33,3\u00a0%"),
        (3, 3, "100\u00a0%"),
        (0, 3, "0\u00a0%"),
        (0, 0, "–"),
        (999, 1000, "99,9\u00a0%"),
    ],
)
def test_shares_are_written_with_a_comma_and_a_narrow_gap(part, whole, text):
    assert percent(part, whole) == text


def test_a_share_above_the_whole_is_an_error():
    with pytest.raises(ValueError, match="more than all"):
        share(4, 3)


def test_a_list_that_was_cut_says_so(facts):
    cut = {**facts, "overdue_reports_total": 812}

    annex = documents.summary_document(cut).annexes[2]

    assert annex.blocks == (
        replace(annex.blocks[0], note="Danh sách ghi 1 dòng đầu trong 812 dòng."),
    )
