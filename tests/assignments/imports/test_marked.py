"""The list comes back as XLSX with its problems coloured and commented, and can be corrected and chosen again."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from config.lib.spreadsheets.marking import marked_workbook
from config.lib.spreadsheets.reading import Merge, Sheet, read_sheets
from roster.models import RosterImport
from tests.assignments.imports.setting import BRANCH, District, branches, with_value
from tests.workbooks import SAMPLES

pytestmark = pytest.mark.django_db


def marked(client, content: bytes):
    client.post(
        "/roster/import/", {"file": SimpleUploadedFile("chi-bo.xlsx", content), "kind": "branches"}
    )
    pk = RosterImport.objects.latest("pk").pk
    return client.get(reverse("assignments:import_marked", args=[pk]))


def test_the_wrong_cell_is_coloured_and_says_why(client):
    client.force_login(District().officer)
    wrong = with_value(with_value(BRANCH, 5, "91200013"), 2, "Chi bộ xóm 2")

    answer = marked(client, branches(BRANCH, wrong))

    page = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    assert "thiếu chữ số" in page["F7"].comment.text
    assert page["F7"].fill.fgColor.rgb == "00FFE08A"
    assert page["F6"].comment is None
    assert "ch%E1%BB%97%20c%E1%BA%A7n%20s%E1%BB%ADa" in answer["Content-Disposition"]


def test_corrected_it_is_read_without_a_problem(client):
    client.force_login(District().officer)
    wrong = with_value(BRANCH, 5, "91200013")
    book = load_workbook(io.BytesIO(b"".join(marked(client, branches(wrong)).streaming_content)))
    book.active["F6"] = "0912000133"
    buffer = io.BytesIO()
    book.save(buffer)

    answer = marked(client, buffer.getvalue())

    facts = RosterImport.objects.latest("pk").facts
    assert facts["problems"] == []
    assert facts["new"] == 1
    assert answer.status_code == 422  # nothing to mark


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_a_sample_reads_the_same_after_it_was_written_again(path):
    before = read_sheets(path.read_bytes())[0]

    after = read_sheets(marked_workbook(before, {"A1": "xem lại"}))[0]

    assert [filled(row) for row in after.rows] == [filled(row) for row in before.rows]
    assert set(after.merges) == set(before.merges)


def filled(row):
    return [(column, value) for column, value in enumerate(row) if value is not None]


def test_text_like_a_formula_stays_text(client):
    client.force_login(District().officer)
    wrong = with_value(with_value(BRANCH, 5, "912"), 8, '=HYPERLINK("http://x.test")')
    content = branches(with_value(wrong, 8, "'=1+1"))

    page = load_workbook(io.BytesIO(b"".join(marked(client, content).streaming_content))).active

    assert all(cell.data_type != "f" for row in page.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet("Danh sách", [["Lê\x0bVăn Ân"]]),
        Sheet("Xã A/B?", [["Lê Văn Ân"]]),
        Sheet("Danh sách", [["Lê Văn Ân"]], [Merge(0, 0, 1_048_575, 16_383)]),
    ],
    ids=["control character", "name that Excel refuses", "a billion merged cells"],
)
def test_what_xlsx_cannot_hold_does_not_stop_it(sheet):
    page = load_workbook(io.BytesIO(marked_workbook(sheet, {"A1": "xem lại"}))).active

    assert page["A1"].value in {"LêVăn Ân", "Lê Văn Ân"}
    assert page["A1"].comment.text == "xem lại"
    assert page.dimensions == "A1:A1"
