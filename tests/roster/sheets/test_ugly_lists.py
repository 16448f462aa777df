"""Lists laid out as no form asks for them: nothing of them is lost without a word, nothing is taken for what it is not."""

from datetime import date, time
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from roster.sheets.known import nearest
from roster.sheets.rosters import Roster, guess_kind, read_roster
from roster.states import RosterKind
from tests.workbooks import workbook

TODAY = date(2026, 11, 23)
BRANCHES, OFFICIALS = RosterKind.BRANCHES, RosterKind.OFFICIALS
OFFICE = [["TỈNH ỦY NINH BÌNH"], ["DANH SÁCH"], ["(Tính đến ngày 01/11/2026)"]]
BRANCH_CAPTIONS = ["STT", "Chi bộ", "Bí thư", "SĐT", "Ngày họp", "Giờ"]
PEOPLE = ["Họ và tên", "Chức vụ", "Đơn vị", "Điện thoại"]


def read(kind: RosterKind, *rows: Any, merge: tuple[str, ...] = ()) -> Roster:
    return read_roster(workbook([*OFFICE, *rows], merge=merge), kind, TODAY)


def column(roster: Roster, name: str) -> list[Any]:
    return [row.values[name] for row in roster.rows]


def test_a_family_called_tong_or_a_secretary_ends_no_list_without_numbers():
    roster = read(
        OFFICIALS,
        PEOPLE,
        ["Tống Văn An", "Trưởng phòng", "Sở Nội vụ"],
        ["Công Thị Hà", "Tổng Giám đốc", "Công ty Nước sạch"],
        ["Bùi Thư", "Bí thư", "Đảng ủy xã Quang Thiện"],
        ["Tổng cộng: 3 đồng chí"],
        ["NGƯỜI LẬP", None, "TRƯỞNG BAN"],
        ["Lê Thị Lan", None, "Vũ Văn Hải"],
    )

    assert column(roster, "full_name") == ["Tống Văn An", "Công Thị Hà", "Bùi Thư"]
    assert [(one.row, one.part.value) for one in roster.around] == [
        (8, "dòng cộng"),
        (9, "phần ký"),
        (10, "không phải dữ liệu"),
    ]


def test_a_row_of_one_cell_is_a_branch_or_a_person_where_the_list_has_no_numbers():
    branches = read(
        BRANCHES, ["Chi bộ", "Bí thư", "Ngày họp"], ["Chi bộ xóm 1"], ["Khối nông thôn"], ["Xóm 2"]
    )
    people = read(OFFICIALS, PEOPLE, ["Khối Đảng"], ["Trịnh Công Sơn"], ["Đoàn thể"], ["Lê Văn Ba"])

    assert column(branches, "name") == ["Chi bộ xóm 1", "Chi bộ xóm 2"]
    assert column(people, "full_name") == ["Trịnh Công Sơn", "Lê Văn Ba"]
    assert column(people, "group") == ["Khối Đảng", "Đoàn thể"]


def test_headings_that_name_a_commune_hold_until_the_next_of_their_rank():
    roster = read(
        BRANCHES,
        BRANCH_CAPTIONS,
        ["I. XÃ QUANG THIỆN (02 chi bộ)"],
        ["a) Chi bộ nông thôn"],
        [1, "Chi bộ xóm 51"],
        ["II", "Đảng bộ xã Kim Sơn", None, None, "01 chi bộ"],
        [1, "Chi bộ xóm 53"],
        ["III. Khối cơ quan"],
        [1, "Chi bộ Văn phòng"],
        ["4/ Phường Hoa Lư"],
        [1, "Chi bộ phố 54"],
        merge=("A5:F5", "A10:F10"),
    )

    assert column(roster, "commune") == ["Xã Quang Thiện", "Xã Kim Sơn", None, "Phường Hoa Lư"]


def test_captions_repeated_on_each_page_and_page_numbers_are_no_rows():
    roster = read(
        BRANCHES,
        ["STT", "Xã, phường", "Chi bộ", "Bí thư"],
        [1, "Xã Quang Thiện", "Chi bộ xóm 1", "Lê Văn Ba"],
        ["Trang 2"],
        ["STT", "Xã, phường", "Chi bộ", "Bí thư"],
        [1, 2, 3, 4],
        [2, None, "Chi bộ xóm 2", "Lê Văn Tư"],
    )

    assert column(roster, "name") == ["Chi bộ xóm 1", "Chi bộ xóm 2"]
    assert column(roster, "commune") == ["Xã Quang Thiện", "Xã Quang Thiện"]


def test_the_telephone_of_the_deputy_is_not_the_secretary_s():
    roster = read(
        BRANCHES,
        ["STT", "Chi bộ", "Bí thư", "SĐT", "Phó Bí thư", "SĐT"],
        [1, "Chi bộ xóm 1", "Lê Văn Ba", None, "Lê Văn Tư", "0912000201"],
    )

    assert column(roster, "secretary_phone") == [None]


def test_a_header_of_three_lines_is_read_to_its_last():
    roster = read(
        BRANCHES,
        ["STT", "Tổ chức đảng", "Thông tin chi bộ", None, None, None, None],
        [None, None, "Đảng viên", None, "Bí thư", None, "Sinh hoạt"],
        [None, None, "Tổng số", "Nữ", "Họ tên", "Điện thoại", "Ngày"],
        [1, "Chi bộ xóm 61", 20, 5, "Lê Văn Ba", "0912000121", "3"],
        merge=("A4:A6", "B4:B6", "C4:G4", "C5:D5", "E5:F5"),
    )

    row = roster.rows[0].values
    assert (row["name"], row["member_count"], row["secretary_name"], row["meeting_day"]) == (
        "Chi bộ xóm 61",
        20,
        "Lê Văn Ba",
        3,
    )


def test_a_day_merged_over_several_branches_is_the_day_of_each():
    roster = read(
        BRANCHES,
        BRANCH_CAPTIONS,
        [1, "Chi bộ xóm 1", "Lê Văn Ba", None, "3", time(19, 30)],
        [2, "Chi bộ xóm 2", "Lê Văn Tư", None, None, None],
        merge=("E5:E6", "F5:F6"),
    )

    assert column(roster, "meeting_day") == [3, 3]
    assert column(roster, "meeting_time") == ["19:30", "19:30"]


@pytest.mark.parametrize(
    ("written", "day", "hour"),
    [
        ("Ngày 3 hằng tháng", 3, None),
        ("19h30 ngày 4", 4, "19:30"),
        (19, None, "19:00"),
        (0.8125, None, "19:30"),
    ],
)
def test_one_column_of_time_holds_the_day_the_hour_or_both(written, day, hour):
    row = read(BRANCHES, ["STT", "Chi bộ", "Bí thư", "Thời gian"], [1, "Xóm 1", None, written])

    values = row.rows[0].values
    assert (values["meeting_day"], values["meeting_time"]) == (day, hour)
    assert not row.rows[0].problems


def test_an_hour_written_as_a_bare_number_beside_a_day_is_an_hour():
    row = read(BRANCHES, BRANCH_CAPTIONS, [1, "Xóm 1", None, None, "3", "19"]).rows[0]

    assert (row.values["meeting_day"], row.values["meeting_time"]) == (3, "19:00")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("(khuyết)", None),
        ("Lê Văn Năm (BT)", "Lê Văn Năm"),
        ("Ths. Lê Thị Tư (Nữ)", "Lê Thị Tư"),
        ("Ông Lê Văn Ba", "Lê Văn Ba"),
        ("Bà Trần Thị Năm", "Trần Thị Năm"),
        ("Ông Ích Khiêm", "Ông Ích Khiêm"),
    ],
)
def test_what_stands_around_a_name_is_taken_off(written, kept):
    row = read(BRANCHES, BRANCH_CAPTIONS, [1, "Xóm 1", written, "'0912000133", 3]).rows[0]

    assert (row.values["secretary_name"], row.values["secretary_phone"]) == (kept, "+84912000133")
    assert not row.problems


def test_a_list_behind_a_cover_sheet_is_recognised():
    book = load_workbook(
        BytesIO(workbook([*OFFICE, PEOPLE, ["Lê Văn Ba", "Trưởng phòng", "Sở Nội vụ"]]))
    )
    book.create_sheet("Bìa", 0).append(["Mục lục"])
    buffer = BytesIO()
    book.save(buffer)

    assert guess_kind(buffer.getvalue()) == OFFICIALS


def test_the_nearest_names_begin_like_the_one_that_is_missing():
    names = ["Chi bộ Trạm Y tế", "Chi bộ xóm 1 (xã Như Hòa cũ)", "Chi bộ xóm 12"]

    hint = nearest("Chi bộ xóm 1", [(name, name) for name in names])

    assert hint == " Có phải: Chi bộ xóm 1 (xã Như Hòa cũ), Chi bộ xóm 12?"
