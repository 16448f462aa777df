"""A column that holds a name, a title and an agency together is taken apart, or its cell says why not."""

import pytest
from django.urls import reverse

from assignments.actions import imports
from assignments.actions.import_choices import choose_columns, correct_import
from roster.models import RosterImport
from roster.sheets.preview import Preview
from tests.assignments.imports.setting import AS_OF, DECISION, ISSUER, District, preview, told
from tests.workbooks import ASSIGNMENT_HEAD, a_list

pytestmark = pytest.mark.django_db

ALL = "Họ và tên, chức vụ, đơn vị công tác"
WRITTEN = "Đ/c Nguyễn Văn An – Trưởng phòng, Sở Nội vụ"
NOT_THREE = "Ô này phải có đúng 3 phần (họ và tên, chức vụ, đơn vị công tác)"


def officials_in(head: str, *cells: str | None) -> bytes:
    rows = [[n, cell, f"091200010{n}"] for n, cell in enumerate(cells, start=1)]
    return a_list(ISSUER, AS_OF, ["TT", head, "Điện thoại"], *rows)


def values_of(found: Preview) -> list[tuple[object, ...]]:
    names = ("full_name", "title", "agency")
    return [tuple(item.row.values[name] for name in names) for item in found.items]


def keep(content: bytes) -> RosterImport:
    officer = District().officer
    return imports.keep_preview(preview(content, "officials"), content, "tep.xlsx", by=officer)


@pytest.mark.parametrize(
    "head",
    [
        ALL,
        "Họ tên - Chức vụ - Cơ quan",
        "Đồng chí, chức danh, nơi công tác",
        "HỌ VÀ TÊN/CHỨC VỤ/ĐƠN VỊ",
    ],
)
@pytest.mark.parametrize(
    "written",
    [
        WRITTEN,
        "NGUYỄN VĂN AN, Trưởng phòng, Sở Nội vụ",
        "Nguyễn Văn An;Trưởng phòng; Sở Nội vụ",
        "Nguyễn Văn An\nTrưởng phòng\nSở Nội vụ",
        "Nguyễn Văn An - Trưởng phòng\nSở Nội vụ",
    ],
)
def test_a_cell_is_taken_apart_as_its_header_says(head, written):
    District()
    found = preview(officials_in(head, written), "officials")
    assert values_of(found) == [("Nguyễn Văn An", "Trưởng phòng", "Sở Nội vụ")]
    assert told(found) == []


def test_a_surer_sign_keeps_commas_inside_the_parts():
    District()
    found = preview(
        officials_in(ALL, "Lê Thị Hà – Ủy viên Ban Thường vụ, Trưởng ban – Ban Dân vận"),
        "officials",
    )
    assert values_of(found) == [("Lê Thị Hà", "Ủy viên Ban Thường vụ, Trưởng ban", "Ban Dân vận")]


@pytest.mark.parametrize(
    "written",
    ["Nguyễn Văn An", "Nguyễn Văn An, Trưởng phòng", "An Văn Bình, Phó ban, Bí thư, Sở A"],
)
def test_a_cell_with_more_or_fewer_parts_is_a_problem(written):
    District()
    found = preview(officials_in(ALL, WRITTEN, written), "officials")
    [(cell, sentence)] = [one for one in told(found) if one[0] == "B7"]
    assert cell == "B7"
    assert sentence.startswith(NOT_THREE)


def test_a_column_of_names_and_titles_goes_with_one_of_agencies():
    District()
    content = a_list(
        ISSUER,
        AS_OF,
        ["TT", "Họ và tên, chức vụ", "Đơn vị công tác"],
        [1, "Nguyễn Văn An - Trưởng phòng", "Sở Nội vụ"],
    )
    assert values_of(preview(content, "officials")) == [
        ("Nguyễn Văn An", "Trưởng phòng", "Sở Nội vụ")
    ]


def test_of_an_assignment_title_and_agency_stay_together():
    District()
    head = ["TT", ALL, *ASSIGNMENT_HEAD[3:]]
    content = a_list(ISSUER, DECISION, head, [1, WRITTEN, "Chi bộ xóm 1", "Xã Kim Đông"])
    [item] = preview(content, "assignments").items
    assert item.row.values["full_name"] == "Nguyễn Văn An"
    assert item.row.values["title"] == "Trưởng phòng, Sở Nội vụ"


def test_the_step_of_columns_shows_what_the_column_is_taken_apart_into(client):
    kept = keep(officials_in(ALL, WRITTEN))
    client.force_login(kept.by)
    shown = client.get(reverse("assignments:import_columns", args=[kept.pk])).content.decode()
    assert "Mỗi ô được tách thành: Họ và tên | Chức vụ | Đơn vị công tác." in shown
    assert '<option value="name_title_agency" selected>' in shown


def test_another_meaning_can_be_chosen_for_such_a_column():
    kept = keep(officials_in("Họ và tên, chức vụ", "Nguyễn Văn An, Trưởng phòng, Sở Nội vụ"))
    assert kept.facts["problems"]
    choose_columns(kept, kept.sheet, {1: "name_title_agency", 2: "phone"})
    kept.refresh_from_db()
    assert kept.facts["problems"] == []
    assert kept.facts["items"][0]["values"]["agency"] == "Sở Nội vụ"


def test_a_cell_that_could_not_be_taken_apart_is_corrected_in_the_page(client):
    kept = keep(officials_in(ALL, "Nguyễn Văn An, Trưởng phòng"))
    client.force_login(kept.by)
    shown = client.get(reverse("assignments:import_preview", args=[kept.pk])).content.decode()
    assert 'name="cell-B6"' in shown
    assert '<span class="bad">Nguyễn Văn An, Trưởng phòng</span>' in shown
    correct_import(kept, {"B6": "Nguyễn Văn An; Trưởng phòng; Sở Nội vụ"}, {})
    kept.refresh_from_db()
    assert (kept.facts["problems"], kept.facts["new"]) == ([], 1)
