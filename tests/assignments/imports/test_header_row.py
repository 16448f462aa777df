"""A header that no caption gives away: the clerk says in which row it stands, and what the columns hold."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments.actions import imports
from config.lib.errors import Refused
from roster.models import Official, RosterImport
from roster.sheets.preview import ListOptions
from roster.states import RosterKind
from tests.assignments.imports.setting import ISSUER, TODAY, District
from tests.workbooks import workbook

pytestmark = pytest.mark.django_db
STRANGE = workbook(
    [
        [ISSUER],
        ["DANH SÁCH"],
        ["(Tính đến ngày 01/12/2021)"],
        [],
        ["A1", "B7", "C3", "D4"],
        ["Lê Văn Ân", "02/03/1970", "Chuyên viên", "Phòng Nội vụ"],
        ["Trần Thị Ánh", "04/05/1975", "Phó phòng", "Phòng Nội vụ"],
    ]
)
MEANT = {
    "column-0": "full_name",
    "column-1": "birth_date",
    "column-2": "title",
    "column-3": "agency",
}


def read(header):
    options = ListOptions(on=date(2021, 12, 1), header=header)
    return imports.preview_list(STRANGE, RosterKind.OFFICIALS, options, by=None, today=TODAY)


@pytest.fixture
def district():
    return District()


def test_without_a_word_the_refusal_says_where_to_point(district):
    with pytest.raises(Refused, match="ghi số dòng tiêu đề ở ô “Dòng tiêu đề bảng”"):
        read(0)


def test_a_row_that_is_not_there_is_refused(district):
    with pytest.raises(Refused, match="Không tìm thấy dòng tiêu đề"):
        read(99)


def test_the_columns_of_a_chosen_row_are_offered_by_their_captions(district):
    found = read(5)

    assert [one["caption"] for one in found.columns()] == ["A1", "B7", "C3", "D4"]
    assert len(found.items) == 2
    assert {problem.text for problem in found.problems} == {"Thiếu họ và tên."}


def test_the_wizard_goes_from_the_chosen_row_over_its_columns_to_the_books(district):
    client = Client()
    client.force_login(district.officer)
    upload = {
        "file": io.BytesIO(STRANGE),
        "kind": "officials",
        "header": "5",
        "unit": district.unit.pk,
        "on": "01/12/2021",
    }
    upload["file"].name = "la.xlsx"

    client.post(reverse("assignments:import_new"), upload)
    kept = RosterImport.objects.get()
    client.post(
        reverse("assignments:import_columns", args=[kept.pk]),
        {"sheet": kept.facts["sheet"], "header": "5", **MEANT},
    )
    kept.refresh_from_db()
    imports.commit_import(kept, by=district.officer)

    assert kept.facts["problems"] == []
    assert sorted(Official.objects.values_list("full_name", "title")) == [
        ("Lê Văn Ân", "Chuyên viên"),
        ("Trần Thị Ánh", "Phó phòng"),
    ]


def test_another_row_in_the_columns_step_has_its_columns_guessed_anew(district):
    client = Client()
    client.force_login(district.officer)
    kept = imports.keep_preview(read(4), STRANGE, "la.xlsx", by=district.officer)

    answer = client.post(
        reverse("assignments:import_columns", args=[kept.pk]),
        {"sheet": kept.facts["sheet"], "header": "5", **MEANT},
    )

    kept.refresh_from_db()
    assert answer.url == reverse("assignments:import_columns", args=[kept.pk])
    assert kept.facts["header"] == 5
    assert {one["field"] for one in kept.facts["columns"]} == {""}
