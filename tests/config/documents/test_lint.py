from dataclasses import replace
from datetime import date

import pytest

from config.lib.documents import lint
from config.lib.documents.party import Annex, Column, Signature, Table
from config.lib.documents.rules import HD_05
from tests.config.documents.samples import DRAFT, LETTER, LETTERHEAD, REPORT


@pytest.mark.parametrize("document", [REPORT, LETTER])
def test_a_document_in_good_form_has_no_problems(document):
    assert lint.problems(document) == []


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"number": None}, "Thiếu số văn bản."),
        ({"number": 0}, "Thiếu số văn bản."),
        ({"dated": None, "drafted": date(2026, 12, 5)}, "Thiếu ngày, tháng, năm ban hành."),
        ({"place": ""}, "Thiếu địa danh."),
        ({"superior": ""}, "Thiếu tên cơ quan cấp trên."),
        ({"issuer": "Ban Tổ chức"}, "Tên cơ quan ban hành “Ban Tổ chức” phải viết in hoa."),
        ({"symbol": "BCBTCTU"}, "Ký hiệu “BCBTCTU” không đúng mẫu, ví dụ “BC/BTCTU”."),
        (
            {"symbol": "QĐ/BTCTU"},
            "Ký hiệu “QĐ/BTCTU” không hợp với loại văn bản; phải bắt đầu bằng “BC/”.",
        ),
    ],
)
def test_problems_of_the_head(change, problem):
    document = replace(REPORT, letterhead=replace(LETTERHEAD, **change))

    assert lint.problems(document) == [problem]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"kind": "BẢN TIN"}, "Không có loại văn bản “BẢN TIN” trong thể thức văn bản của Đảng."),
        ({"subject": ""}, "Thiếu trích yếu nội dung."),
        ({"subject": "KẾT QUẢ"}, "Trích yếu nội dung viết chữ thường, không viết in hoa."),
        ({"subject": "kết quả."}, "Trích yếu nội dung không có dấu ở cuối."),
        ({"blocks": ()}, "Văn bản chưa có nội dung."),
        ({"issuer_name": ""}, "Phụ lục cần tên đầy đủ của cơ quan ban hành."),
        ({"signatures": ()}, "Thiếu người ký."),
        ({"recipients": ()}, "Thiếu nơi nhận."),
        (
            {"recipients": ("Thường trực Tỉnh ủy",)},
            "Dòng cuối của nơi nhận phải là nơi lưu, ví dụ “Lưu Văn phòng”.",
        ),
    ],
)
def test_problems_of_the_text_and_the_foot(change, problem):
    assert lint.problems(replace(REPORT, **change)) == [problem]


@pytest.mark.parametrize(
    ("signature", "problem"),
    [
        (
            Signature("BÍ THƯ", "Nguyễn Văn Mẫu", "TM. BAN THƯỜNG VỤ"),
            "Thẩm quyền ký “TM. BAN THƯỜNG VỤ”: văn bản của Đảng viết “T/M”, “K/T”, “T/L” có gạch chéo.",
        ),
        (
            Signature("BÍ THƯ", "Nguyễn Văn Mẫu", "BAN THƯỜNG VỤ"),
            "Thẩm quyền ký “BAN THƯỜNG VỤ” phải bắt đầu bằng “T/M”, “K/T” hoặc “T/L”.",
        ),
        (Signature("", "Nguyễn Văn Mẫu"), "Thiếu chức vụ người ký."),
        (Signature("Bí thư", "Nguyễn Văn Mẫu"), "Chức vụ người ký “Bí thư” phải viết in hoa."),
        (Signature("BÍ THƯ", ""), "Thiếu họ tên người ký."),
        (
            Signature("BÍ THƯ", "ThS. Nguyễn Văn Mẫu"),
            "Họ tên người ký “ThS. Nguyễn Văn Mẫu” không ghi học hàm, học vị.",
        ),
    ],
)
def test_problems_of_a_signature(signature, problem):
    assert lint.problems(replace(REPORT, signatures=(signature,))) == [problem]


def test_a_table_must_fit_its_page_and_fill_its_columns():
    wide = Table(columns=(Column("Tên", 160), Column("Số", 40)), rows=(("một",), ("hai", "2")))
    uneven = Table(columns=(Column("Tên", 80), Column("Số", 40)), rows=(("ba", "3", "thừa"),))

    found = lint.problems(
        replace(REPORT, blocks=(wide, uneven), annexes=(Annex("Phụ lục", "BẢNG", (wide,)),))
    )

    assert found == [
        "Bảng “Tên” rộng 200 mm, quá khổ chữ 165 mm.",
        "Bảng “Tên” có hàng không đủ 2 ô.",
    ]


def test_a_draft_lacks_its_number_and_its_day_and_nothing_else():
    assert lint.problems(DRAFT) == ["Thiếu số văn bản.", "Thiếu ngày, tháng, năm ban hành."]


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("Số 05-QĐ/TU", []),
        ("Số 5-QĐ/TU", ["Số dưới 10 phải thêm số 0: “Số 05-QĐ/TU”."]),
        ("Số: 05-QĐ/TU", ["“Số: 05-QĐ/TU” không đúng mẫu “Số 05-QĐ/TU” (không có dấu hai chấm)."]),
        ("Số 05-QĐTU", ["Ký hiệu “QĐTU” không đúng mẫu, ví dụ “QĐ/TU”."]),
    ],
)
def test_a_typed_number_line(line, problems):
    assert list(lint.number_line_problems(line)) == problems


@pytest.mark.parametrize(
    ("line", "problems"),
    [
        ("Ninh Bình, ngày 05 tháng 12 năm 2026", []),
        ("Ninh Bình, ngày 05 tháng 02 năm 2026", []),
        ("Ninh Bình, ngày 5 tháng 12 năm 2026", ["Ngày dưới 10 phải thêm số 0: “ngày 05”."]),
        (
            "Ninh Bình, ngày 05 tháng 2 năm 2026",
            ["Tháng “2”: chỉ thêm số 0 trước tháng 1 và tháng 2."],
        ),
        (
            "Ninh Bình, ngày 05 tháng 03 năm 2026",
            ["Tháng “03”: chỉ thêm số 0 trước tháng 1 và tháng 2."],
        ),
        ("05/12/2026", ["“05/12/2026” không đúng mẫu “Ninh Bình, ngày 05 tháng 12 năm 2026”."]),
    ],
)
def test_a_typed_place_and_date(line, problems):
    assert list(lint.place_line_problems(line, HD_05)) == problems
