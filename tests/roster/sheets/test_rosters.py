"""Lists as offices lay them out: titles, headers, rows and what stands around them."""

from datetime import date

import pytest

from config.lib.errors import Refused
from roster.sheets.rosters import guess_kind, read_roster
from roster.states import RosterKind
from tests.workbooks import BRANCH_HEAD, OFFICIAL_HEAD, a_list, open_document, sample, workbook

TODAY = date(2026, 11, 23)
BRANCHES, OFFICIALS, ASSIGNMENTS = RosterKind.BRANCHES, RosterKind.OFFICIALS, RosterKind.ASSIGNMENTS

SAMPLES = [
    ("2021-kim-son-chi-bo", BRANCHES, 294, date(2021, 12, 1)),
    ("2021-kim-son-can-bo", OFFICIALS, 50, date(2021, 1, 1)),
    ("2021-kim-son-huyen-uy-vien", OFFICIALS, 35, date(2020, 12, 31)),
    ("2021-kim-son-phan-cong", ASSIGNMENTS, 50, date(2021, 12, 15)),
    ("2021-kim-son-phan-cong-dang-uy", ASSIGNMENTS, 25, date(2021, 12, 15)),
    ("2021-tinh-can-bo", OFFICIALS, 56, date(2021, 11, 10)),
    ("2026-quang-thien-chi-bo", BRANCHES, 38, date(2026, 11, 1)),
    ("2026-tinh-can-bo", OFFICIALS, 243, date(2026, 1, 1)),
    ("2026-phan-cong-quang-thien", ASSIGNMENTS, 34, date(2026, 1, 5)),
]


@pytest.mark.parametrize(("name", "kind", "rows", "day"), SAMPLES)
def test_each_sample_is_recognised_and_read_without_a_problem(name, kind, rows, day):
    content = sample(name)

    roster = read_roster(content, kind, TODAY)

    assert guess_kind(content) == kind
    assert len(roster.rows) == rows
    assert roster.title.day == day
    assert [problem for row in roster.rows for problem in row.problems] == []


@pytest.mark.parametrize(("name", "kind", "_rows", "_day"), SAMPLES)
def test_a_sample_read_as_another_kind_is_refused_by_name(name, kind, _rows, _day):
    for other in set(RosterKind) - {kind}:
        with pytest.raises(Refused, match=f"^Đây là danh sách {kind.label.lower()}, không phải"):
            read_roster(sample(name), other, TODAY)


def test_a_row_of_branches_has_the_values_of_the_interface():
    roster = read_roster(sample("2021-kim-son-chi-bo"), BRANCHES, TODAY)

    assert roster.rows[1].values == {
        "commune": "Thị trấn Phát Diệm",
        "name": "Chi bộ phố Trì Chính 2",
        "branch_type": None,
        "member_count": 19,
        "secretary_name": "Dương Ngọc Bình",
        "secretary_phone": "+84839866712",
        "meeting_day": 3,
        "meeting_time": "19:30",
        "place": "NVH phố Trì Chính 2",
        "note": None,
    }


def test_a_row_of_officials_has_the_values_of_the_interface():
    roster = read_roster(sample("2021-kim-son-can-bo"), OFFICIALS, TODAY)

    assert roster.rows[1].values == {
        "full_name": "An Thanh Mai",
        "birth_date": "1979",
        "title": "Ủy viên UBKT",
        "agency": "Ban Tuyên giáo Huyện ủy",
        "phone": "+84362081674",
        "email": "mai.at674@ninhbinh.example",
        "group": "Cơ quan Huyện ủy",
        "note": None,
    }


def test_rows_of_assignments_name_a_branch_or_for_enlarged_meetings_none():
    to_branch = read_roster(sample("2021-kim-son-phan-cong"), ASSIGNMENTS, TODAY).rows[4]
    to_committee = read_roster(sample("2021-kim-son-phan-cong-dang-uy"), ASSIGNMENTS, TODAY).rows[0]

    assert (to_branch.values["branch"], to_branch.values["commune"]) == (
        "Chi bộ xóm 5",
        "Xã Kim Chính",
    )
    assert (to_committee.values["branch"], to_committee.values["commune"]) == (
        None,
        "Thị trấn Phát Diệm",
    )


def test_groups_and_ditto_marks_are_understood():
    rows = read_roster(sample("2026-tinh-can-bo"), OFFICIALS, TODAY).rows

    assert (rows[7].values["full_name"], rows[7].values["agency"]) == (
        "Tạ Quang Lực",
        "Ban Nội chính Tỉnh ủy",
    )
    assert list(dict.fromkeys(row.values["group"] for row in rows)) == [
        "Tỉnh ủy viên",
        "Sở, ngành",
        "Bí thư, Phó Bí thư đảng ủy xã, phường",
    ]


def test_the_title_names_issuer_and_decision():
    title = read_roster(sample("2021-kim-son-phan-cong"), ASSIGNMENTS, TODAY).title

    assert list(title.issuers) == ["HUYỆN ỦY KIM SƠN", "BAN THƯỜNG VỤ"]
    assert str(title.decision) == "Quyết định số 512-QĐ/HU, ngày 15/12/2021"
    assert title.decision.issuer == "Ban Thường vụ Huyện ủy"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("(Tính đến ngày 01 tháng 12 năm 2021)", date(2021, 12, 1)),
        ("(Sau sắp xếp, tính đến 1/11/2026)", date(2026, 11, 1)),
        ("(Kèm theo Công văn số 218-CV/TU, ngày 10/11/2021)", date(2021, 11, 10)),
        ("Tháng 12/2021", date(2021, 12, 1)),
        ("Năm 2021", date(2021, 1, 1)),
        ("Nhiệm kỳ 2020 - 2025", date(2020, 12, 31)),
        ("", None),
    ],
)
def test_a_list_says_of_which_day_it_is(line, day):
    content = a_list(
        "HUYỆN ỦY KIM SƠN",
        line,
        OFFICIAL_HEAD,
        [1, "Trần Văn An", 1970, "Chuyên viên", "Sở Nội vụ"],
    )

    assert read_roster(content, OFFICIALS, TODAY).title.day == day


def test_columns_are_found_by_meaning_in_any_order_and_unknown_ones_are_named():
    head = ["Di động", "Quê quán", "Chức danh", "Họ tên", "Nơi công tác", "STT"]
    row = ["0912 345 678", "Kim Sơn", "Phó Giám đốc", "LÊ VĂN ÂN", "Sở Y tế", 1]

    roster = read_roster(workbook([head, row]), OFFICIALS, TODAY)

    assert roster.rows[0].values | {"note": None} == {
        "full_name": "Lê Văn Ân",
        "birth_date": None,
        "title": "Phó Giám đốc",
        "agency": "Sở Y tế",
        "phone": "+84912345678",
        "email": None,
        "group": None,
        "note": None,
    }
    assert [roster.header.captions[column] for column in roster.header.unknown] == ["Quê quán"]


def test_a_header_of_two_lines_without_merged_cells_is_read_too():
    rows = [
        ["STT", "Chi bộ", "Bí thư", None, "Sinh hoạt", None],
        [None, None, "Họ và tên", "Số điện thoại", "Ngày", "Giờ"],
        [1, "Xóm 3", "Trần Văn An", "912345678", "Ngày 5", "19h30"],
    ]

    row = read_roster(workbook(rows), BRANCHES, TODAY).rows[0]

    assert (row.values["secretary_name"], row.values["secretary_phone"]) == (
        "Trần Văn An",
        "+84912345678",
    )
    assert (row.values["meeting_day"], row.values["meeting_time"]) == (5, "19:30")


def test_an_open_document_is_read_as_well():
    rows = [
        ["HUYỆN ỦY KIM SƠN"],
        ["DANH SÁCH CHI BỘ (Tính đến ngày 01/12/2021)"],
        ["STT", "Chi bộ", "Bí thư", None],
        [None, None, "Họ và tên", "Số điện thoại"],
        [1, "Chi bộ xóm 3", "Trần Văn An", 912345678],
    ]

    roster = read_roster(open_document(rows), BRANCHES, TODAY)

    assert roster.title.day == date(2021, 12, 1)
    assert roster.rows[0].values["secretary_phone"] == "+84912345678"


def test_a_name_in_two_columns_is_put_together():
    rows = [["TT", "Họ và tên đệm", "Tên", "Chức vụ"], [1, "Nguyễn Văn", "An", "Chuyên viên"]]

    assert (
        read_roster(workbook(rows), OFFICIALS, TODAY).rows[0].values["full_name"] == "Nguyễn Văn An"
    )


def test_what_stands_around_the_rows_is_left_out():
    rows = [
        ["STT", "Xã", "Chi bộ", "Số đảng viên", "Bí thư", "Điện thoại"],
        [1, 2, 3, 4, 5, 6],
        [1, "Xã Kim Đông", "Chi bộ xóm 1", 30, "Trần Văn An", None],
        [2, None, "Chi bộ xóm 2", 31, "Lê Văn Ân", None],
        [None, "Cộng xã Kim Đông", None, 61],
        [None, None, None, None, "Kim Sơn, ngày 01 tháng 12 năm 2021"],
        [None, None, None, None, "TRƯỞNG BAN"],
        [None, None, None, None, "Vũ Văn Ký"],
    ]

    roster = read_roster(workbook(rows), BRANCHES, TODAY)

    assert [(row.row, row.values["commune"]) for row in roster.rows] == [
        (3, "Xã Kim Đông"),
        (4, "Xã Kim Đông"),
    ]


def test_communes_may_be_headings_of_groups():
    rows = [
        ["STT", "Chi bộ", "Số đảng viên", "Bí thư"],
        ["I", "Đảng bộ xã Kim Đông"],
        [1, "Chi bộ xóm 1", 30, "Trần Văn An"],
        ["II", "Đảng bộ xã Kim Tân"],
        [1, "Chi bộ xóm 1", 28, "Lê Văn Ân"],
    ]

    roster = read_roster(workbook(rows), BRANCHES, TODAY)

    assert [row.values["commune"] for row in roster.rows] == ["Xã Kim Đông", "Xã Kim Tân"]


def test_an_official_merged_over_several_rows_goes_to_each_branch():
    rows = [
        ["DANH SÁCH PHÂN CÔNG"],
        ["TT", "Họ và tên", "Chức vụ", "Dự sinh hoạt tại chi bộ", "Xã"],
        [1, "Trần Văn An", "Chuyên viên", "Chi bộ xóm 1", "Xã Kim Đông"],
        [None, None, None, "Chi bộ xóm 2", None],
    ]

    roster = read_roster(workbook(rows, merge=["A3:A4", "B3:B4", "C3:C4"]), ASSIGNMENTS, TODAY)

    assert [
        (row.values["full_name"], row.values["branch"], row.values["commune"])
        for row in roster.rows
    ] == [
        ("Trần Văn An", "Chi bộ xóm 1", "Xã Kim Đông"),
        ("Trần Văn An", "Chi bộ xóm 2", "Xã Kim Đông"),
    ]


def test_problems_stand_at_their_cells():
    content = a_list(
        "HUYỆN ỦY KIM SƠN", "", BRANCH_HEAD,
        [1, "Xã Kim Đông", "Chi bộ xóm 1", "4O", "Trần Văn 2", "91200013", "31/2", "tối", None, None],
        [2, "Xã Kim Đông", None, 30, "Lê Văn Ân", None, 3, None, None, None],
    )  # fmt: skip

    roster = read_roster(content, BRANCHES, TODAY)

    assert [(problem.row, problem.cell) for row in roster.rows for problem in row.problems] == [
        (6, "D6"),
        (6, "E6"),
        (6, "F6"),
        (6, "H6"),
        (6, "G6"),
        (7, "C7"),
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            [["Kính gửi các đồng chí"], ["Nội dung", 1]],
            "^Không tìm thấy dòng tiêu đề bảng trong 30 dòng đầu",
        ),
        (
            [["TT", "Họ và tên", "Chức vụ"]],
            "^Trang “Danh sách” có tiêu đề bảng nhưng không có dòng nào",
        ),
    ],
)
def test_a_sheet_without_a_list_is_refused(rows, sentence):
    with pytest.raises(Refused, match=sentence):
        read_roster(workbook(rows), OFFICIALS, TODAY)


def test_a_list_marked_secret_is_refused_and_a_marked_note_is_a_problem():
    row = [1, "Trần Văn An", 1970, "Chuyên viên", "Sở Nội vụ", None, None, "Độ mật: TỐI MẬT"]

    with pytest.raises(Refused, match="có dấu hiệu “MẬT”"):
        read_roster(a_list("HUYỆN ỦY KIM SƠN", "MẬT", OFFICIAL_HEAD, row), OFFICIALS, TODAY)
    read = read_roster(a_list("HUYỆN ỦY KIM SƠN", "", OFFICIAL_HEAD, row), OFFICIALS, TODAY)

    assert [(problem.cell, problem.text[:33]) for problem in read.rows[0].problems] == [
        ("H6", "Trong nội dung có dấu hiệu “TỐI M")
    ]
