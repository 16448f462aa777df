"""What a file hides: sheets that are not read and rows that are, and the preview says both."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import Workbook, load_workbook

from assignments.actions import imports
from config.lib.errors import Refused
from config.lib.spreadsheets.reading import read_sheets
from roster.models import RosterImport
from tests.assignments.imports.setting import BRANCH, District, branches, preview, with_value
from tests.workbooks import open_document, workbook

pytestmark = pytest.mark.django_db

NINE = [with_value(with_value(BRANCH, 2, f"Chi bộ xóm {n}"), 0, n) for n in range(1, 10)]
HIDDEN_ROWS = "2 dòng của danh sách bị ẩn trong tệp"
MARK = "dòng ẩn trong tệp</span>"


def with_changes(content: bytes, change: Callable[[Workbook], Any]) -> bytes:
    book, buffer = load_workbook(io.BytesIO(content)), io.BytesIO()
    change(book)
    book.save(buffer)
    return buffer.getvalue()


def hide_rows(*numbers: int) -> Callable[[Workbook], Any]:
    def change(book: Workbook) -> None:
        for number in numbers:
            book.worksheets[0].row_dimensions[number].hidden = True

    return change


def add_hidden(*names: str) -> Callable[[Workbook], Any]:
    def change(book: Workbook) -> None:
        for name in names:
            book.create_sheet(name).sheet_state = "hidden"

    return change


def keep(content: bytes) -> RosterImport:
    officer = District().officer
    return imports.keep_preview(preview(content, "branches"), content, "tep.xlsx", by=officer)


def page(client, roster_import: RosterImport) -> str:
    client.force_login(roster_import.by)
    address = reverse("assignments:import_preview", args=[roster_import.pk])
    return " ".join(client.get(address).content.decode().split())


def test_rows_that_the_file_hides_are_read_and_counted():
    District()
    content = with_changes(branches(*NINE), hide_rows(1, 7, 9, 400))
    found = preview(content, "branches")
    assert [item.row.row for item in found.items if item.row.is_hidden] == [7, 9]
    assert len(found.items) == len(NINE)
    [sentence] = found.roster.hidden
    assert sentence.startswith(HIDDEN_ROWS)


def test_the_page_marks_hidden_rows_and_names_hidden_sheets(client):
    content = with_changes(branches(*NINE), hide_rows(7, 9))
    content = with_changes(content, add_hidden("Bản cũ", "Danh mục"))
    shown = page(client, keep(content))
    assert shown.count(MARK) == 2
    assert HIDDEN_ROWS in shown
    assert "Trang bị ẩn trong tệp nên không được đọc: “Bản cũ”, “Danh mục”." in shown


def test_a_list_with_hidden_rows_can_be_written():
    kept = keep(with_changes(branches(*NINE), hide_rows(7, 9)))
    imports.commit_import(kept, by=kept.by)
    assert kept.facts["new"] == len(NINE)


def test_nothing_is_said_of_a_file_that_hides_nothing(client):
    shown = page(client, keep(branches(*NINE)))
    assert "bị ẩn trong tệp" not in shown
    assert MARK not in shown


@pytest.mark.parametrize("written", [b'hidden="1"', b'hidden="true"'])
def test_every_hidden_row_of_a_long_sheet_is_found(written):
    rows = [[f"Ô {n}", "x" * 40] for n in range(1, 6001)]
    odd = range(1, 6001, 2)
    content = with_changes(workbook(rows), hide_rows(*odd))
    content = written_otherwise(content, b'hidden="1"', written)
    assert read_sheets(content)[0].hidden == frozenset(n - 1 for n in odd)


def written_otherwise(content: bytes, before: bytes, after: bytes) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(before, after))
    return buffer.getvalue()


def test_columns_that_are_hidden_are_no_hidden_rows():
    def change(book: Workbook) -> None:
        book.worksheets[0].column_dimensions["B"].hidden = True

    assert not read_sheets(with_changes(workbook([["a", "b"]]), change))[0].hidden


def test_of_an_open_document_nothing_is_known_about_hidden_rows():
    assert not read_sheets(open_document([["a"], ["b"]]))[0].hidden


def test_a_file_whose_list_stands_on_a_hidden_sheet_says_so():
    def change(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("Trang 2")

    content = with_changes(branches(BRANCH), change)
    with pytest.raises(Refused, match="không được đọc: “Danh sách”"):
        read_sheets(content)


def test_a_file_whose_shown_sheets_have_no_list_names_the_hidden_ones():
    def change(book: Workbook) -> None:
        book.worksheets[0].sheet_state = "hidden"
        book.create_sheet("Trang 2").append(["Kính gửi đồng chí"])

    District()
    content = with_changes(branches(BRANCH), change)
    with pytest.raises(Refused, match=r"Không tìm thấy dòng tiêu đề .*“Danh sách”"):
        preview(content, "branches")
