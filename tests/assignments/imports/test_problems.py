"""Rows that are wrong: each gets its sentence at its cell, and nothing of the list is written."""

import pytest

from assignments.models import Assignment, Decision
from config.lib.errors import Refused
from roster.models import Contact, MeetingRule, Official, RosterImport, StoredFile, Unit
from tests import factories
from tests.assignments.imports.setting import (
    ASSIGNMENT,
    BRANCH,
    OFFICIAL,
    TODAY,
    District,
    assignments,
    branches,
    load,
    officials,
    preview,
    told,
    with_value,
)
from tests.workbooks import BRANCH_HEAD, a_list, sample, workbook

pytestmark = pytest.mark.django_db


def written() -> list[int]:
    models = (Unit, Official, Decision, Assignment, Contact, MeetingRule, RosterImport, StoredFile)
    return [model.objects.count() for model in models]


WRONG_BRANCHES = {
    "unknown commune": (
        with_value(BRANCH, 1, "Xã Kim Đôn"),
        ("B6", "Không có xã, phường “Xã Kim Đôn” ngày 01/12/2021. Có phải: Xã Kim Đông?"),
    ),
    "commune of another kind": (
        with_value(BRANCH, 1, "Phường Kim Tân"),
        ("B6", "Không có xã, phường “Phường Kim Tân” ngày 01/12/2021. Có phải: Xã Kim Tân?"),
    ),
    "no commune": (with_value(BRANCH, 1, None), ("B6", "Thiếu tên xã, phường của chi bộ này.")),
    "no name": (with_value(BRANCH, 2, None), ("C6", "Thiếu tên chi bộ.")),
    "letter in a number": (with_value(BRANCH, 3, "3O"), ("D6", "Có chữ “O” trong số “3O”.")),
    "no person's name": (
        with_value(BRANCH, 4, "@SUM(1)"),
        ("E6", "“@SUM(1)” không giống họ và tên của một người."),
    ),
    "impossible phone": (
        with_value(BRANCH, 5, "91200013"),
        ("F6", "“91200013” thiếu chữ số: số di động có 10 chữ số."),
    ),
    "impossible day": (
        with_value(BRANCH, 6, "31/2 hằng năm"),
        ("G6", "Không hiểu ngày họp “31/2 hằng năm”. Viết như: 3, hoặc Ngày 3, 19h30."),
    ),
    "impossible hour": (with_value(BRANCH, 7, "25h"), ("H6", "Không có giờ 25:00.")),
    "text without end": (
        with_value(BRANCH, 9, "x" * 301),
        ("J6", "Ô này dài 301 ký tự, nhiều nhất 300."),
    ),
}


@pytest.mark.parametrize("cause", WRONG_BRANCHES)
def test_a_wrong_branch_says_why_at_its_cell_and_nothing_is_written(cause):
    District()
    row, problem = WRONG_BRANCHES[cause]
    good = with_value(BRANCH, 2, "Chi bộ xóm 9")
    before = written()

    result = load(
        a_list("HUYỆN ỦY KIM SƠN", "(Tính đến ngày 01/12/2021)", BRANCH_HEAD, row, good), "branches"
    )

    assert problem in told(result)
    assert result.items[0].action == "problem"
    assert written() == before


WRONG_OFFICIALS = {
    "no name": (with_value(OFFICIAL, 1, None), ("B6", "Thiếu họ và tên.")),
    "impossible birth": (
        with_value(OFFICIAL, 2, "31/02/1970"),
        ("C6", "Không có ngày 31/02/1970."),
    ),
    "a child": (
        with_value(OFFICIAL, 2, 2010),
        ("C6", "Năm sinh 2010 không thể đúng với một cán bộ."),
    ),
    "unknown committee": (
        with_value(OFFICIAL, 4, "Đảng ủy xã Kim Đônng"),
        ("E6", "Không có xã, phường “Xã Kim Đônng” ngày 01/12/2021. Có phải: Xã Kim Đông?"),
    ),
    "committee of another tone": (
        with_value(OFFICIAL, 4, "Đảng ủy xã Kim Đổng"),
        ("E6", "Không có xã, phường “Xã Kim Đổng” ngày 01/12/2021. Có phải: Xã Kim Đông?"),
    ),
    "two phones": (
        with_value(OFFICIAL, 5, "0912000111; 0912000222"),
        ("F6", "Ô này có hơn một số điện thoại (“0912000111; 0912000222”): giữ lại một số."),
    ),
    "no address": (
        with_value(OFFICIAL, 6, "an.lv ks.example"),
        ("G6", "“an.lv ks.example” không phải là địa chỉ thư điện tử."),
    ),
}


@pytest.mark.parametrize("cause", WRONG_OFFICIALS)
def test_a_wrong_official_says_why_at_the_cell_and_nothing_is_written(cause):
    District()
    row, problem = WRONG_OFFICIALS[cause]
    good = with_value(OFFICIAL, 1, "Vũ Văn Ăn")
    before = written()

    result = load(officials(row, good), "officials")

    assert told(result) == [problem]
    assert written() == before


def test_a_row_that_stands_there_twice_names_the_first():
    District()

    in_branches = preview(branches(BRANCH, with_value(BRANCH, 2, "CB  Xóm 01")), "branches")
    in_officials = preview(officials(OFFICIAL, OFFICIAL), "officials")

    assert told(in_branches) == [("C7", "Trùng dòng 6.")]
    assert told(in_officials) == [("B7", "Trùng dòng 6.")]


def test_two_people_of_one_name_and_unit_are_told_apart_by_birth_dates_or_not_at_all():
    District()
    other = with_value(with_value(OFFICIAL, 5, "0912000222"), 6, "an.lv2@ks.example")

    without = preview(
        officials(with_value(OFFICIAL, 2, None), with_value(other, 2, None)), "officials"
    )
    apart = preview(officials(OFFICIAL, with_value(other, 2, "05/06/1981")), "officials")

    sentence = "Cùng tên, cùng đơn vị với dòng 6: ghi ngày sinh của cả hai đồng chí để phân biệt."
    assert told(without) == [("B7", sentence)]
    assert told(apart) == []


def ready() -> District:
    """The district with a branch and an official."""
    district = District()
    load(branches(BRANCH), "branches")
    load(officials(OFFICIAL), "officials")
    return district


WRONG_ASSIGNMENTS = {
    "person of another tone": (
        with_value(ASSIGNMENT, 1, "Lê Văn Ẩn"),
        ("B6", "Chưa có đồng chí Lê Văn Ẩn trong danh bạ. Có phải: Lê Văn Ân?"),
    ),
    "person of a near name": (
        with_value(ASSIGNMENT, 1, "Lê Văn Anh"),
        ("B6", "Chưa có đồng chí Lê Văn Anh trong danh bạ. Có phải: Lê Văn Ân?"),
    ),
    "another person of that name": (
        with_value(ASSIGNMENT, 2, "Trưởng phòng, Phòng Tư pháp"),
        (
            "B6",
            "Đồng chí Lê Văn Ân trong danh bạ là Chuyên viên, Phòng Nội vụ. Xem lại có đúng người không.",
        ),
    ),
    "unknown branch": (
        with_value(ASSIGNMENT, 3, "Chi bộ xóm 2"),
        ("D6", "Không có “Chi bộ xóm 2” ở Xã Kim Đông ngày 15/12/2021. Có phải: Chi bộ xóm 1?"),
    ),
    "no branch": (
        with_value(ASSIGNMENT, 3, None),
        ("D6", "Thiếu chi bộ mà đồng chí này dự sinh hoạt."),
    ),
    "unknown commune": (
        with_value(ASSIGNMENT, 4, "Xã Quang Thiện"),
        ("E6", "Không có xã, phường “Xã Quang Thiện” ngày 15/12/2021."),
    ),
}


@pytest.mark.parametrize("cause", WRONG_ASSIGNMENTS)
def test_a_wrong_assignment_says_why_at_its_cell_and_nothing_is_written(cause):
    ready()
    row, problem = WRONG_ASSIGNMENTS[cause]
    before = written()

    result = load(assignments(row), "assignments")

    assert told(result) == [problem]
    assert written() == before


def test_people_of_one_name_need_their_office():
    ready()
    load(
        officials(with_value(OFFICIAL, 4, "Phòng Tư pháp"), with_value(OFFICIAL, 2, 1981)),
        "officials",
    )

    result = preview(assignments(with_value(ASSIGNMENT, 2, None)), "assignments")

    assert told(result)[0][1].startswith("Có 2 đồng chí tên Lê Văn Ân")


def test_a_branch_that_somebody_attends_already_says_by_which_decision():
    ready()
    load(assignments(ASSIGNMENT), "assignments")
    load(officials(with_value(OFFICIAL, 1, "Vũ Văn Ăn")), "officials")
    row = with_value(ASSIGNMENT, 1, "Vũ Văn Ăn")

    result = preview(
        assignments(row, as_of="(Kèm theo Quyết định số 9-QĐ/HU, ngày 05/01/2022)"), "assignments"
    )

    sentence = "Chi bộ xóm 1 đã có đồng chí Lê Văn Ân dự chính đến 30/06/2025 theo Quyết định số 512-QĐ/HU."
    assert told(result) == [("D6", sentence)]


def test_a_list_of_assignments_without_a_decision_asks_for_its_number():
    ready()

    result = preview(assignments(ASSIGNMENT, as_of="(Tính đến ngày 15/12/2021)"), "assignments")
    given = preview(
        assignments(ASSIGNMENT, as_of="(Tính đến ngày 15/12/2021)"),
        "assignments",
        decision="7-QĐ/HU",
    )

    assert told(result) == [
        (
            "A1",
            "Tiêu đề không nêu số quyết định hay công văn phân công: ghi số vào ô “Số quyết định”.",
        )
    ]
    assert told(given) == []


def test_a_list_that_names_no_unit_asks_for_one():
    District()
    content = workbook([BRANCH_HEAD, BRANCH])

    with pytest.raises(Refused, match=r"^Tiêu đề không cho biết danh sách này của đơn vị nào"):
        preview(content, "branches")
    assert told(preview(content, "branches", unit_code="376", on=TODAY.replace(year=2021))) == []


def test_a_list_without_a_day_of_a_unit_that_has_ended_asks_for_its_day():
    District()

    with pytest.raises(
        Refused, match=r"^Huyện ủy Kim Sơn không có vào ngày 23/11/2026: ghi ngày của danh sách"
    ):
        preview(branches(BRANCH, as_of=""), "branches")


def test_a_code_is_looked_up_on_the_day_of_the_list():
    District()

    with pytest.raises(Refused, match=r"^Không có đơn vị mang mã “376” ngày 23/11/2026"):
        preview(workbook([BRANCH_HEAD, BRANCH]), "branches", unit_code="376")


def test_todays_communes_are_not_those_of_an_old_list():
    district = District()
    factories.commune(district.province, name="Xã Kim Sơn", code="14620")

    result = preview(branches(with_value(BRANCH, 1, "Xã Kim Sơn")), "branches")

    assert told(result)[0] == (
        "B6",
        "Không có xã, phường “Xã Kim Sơn” ngày 01/12/2021. Có phải: Xã Kim Đông, Xã Kim Tân?",
    )


def test_a_kind_that_the_file_is_not_is_refused():
    District()

    with pytest.raises(Refused, match=r"^Đây là danh sách cán bộ, không phải danh sách chi bộ"):
        preview(sample("2021-kim-son-can-bo"), "branches")
