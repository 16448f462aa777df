from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from config.lib.documents.xlsx import Sheet, SheetColumn, xlsx

SHEET = Sheet(
    name="Theo xã, phường",
    title="Kết quả theo xã, phường",
    subtitle="Tháng 11 năm 2026",
    columns=(
        SheetColumn("TT", 6),
        SheetColumn("Xã, phường", 28),
        SheetColumn("Đã họp", 10, "Cuộc họp"),
        SheetColumn("Có người dự", 10, "Cuộc họp"),
        SheetColumn("Tỷ lệ", 10, is_percent=True),
        SheetColumn("Ngày", 12),
    ),
    rows=(
        (1, "Xã Quang Thiện", 12, 11, 91.7, date(2026, 11, 3)),
        (2, "Xã Kim Sơn", 8, 8, None, None),
    ),
    total=("", "Toàn tỉnh", 20, 19, 95.0, None),
)


def written(sheet=SHEET):
    return xlsx((sheet,), title="Số liệu", author="Ban Tổ chức", day=date(2026, 11, 25))


def page(sheet=SHEET):
    return load_workbook(BytesIO(written(sheet))).worksheets[0]


def test_title_head_rows_and_total_lie_where_they_are_expected():
    values = [list(row) for row in page().iter_rows(values_only=True)]

    assert values[0][0] == "Kết quả theo xã, phường"
    assert values[1][0] == "Tháng 11 năm 2026"
    assert values[3] == ["TT", "Xã, phường", "Cuộc họp", None, "Tỷ lệ", "Ngày"]
    assert values[4] == [None, None, "Đã họp", "Có người dự", None, None]
    assert values[5][:5] == [1, "Xã Quang Thiện", 12, 11, 91.7]
    assert values[-1][1:5] == ["Toàn tỉnh", 20, 19, 95.0]


def test_the_head_stays_in_sight_on_screen_and_on_paper():
    sheet = page()

    assert sheet.freeze_panes == "C6"
    assert sheet.print_title_rows == "$4:$5"
    assert sheet.auto_filter.ref == "A5:F7"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.column_dimensions["B"].width == 28
    assert {str(merged) for merged in sheet.merged_cells.ranges} == {
        "A4:A5",
        "B4:B5",
        "C4:D4",
        "E4:E5",
        "F4:F5",
    }


def test_numbers_percents_and_days_keep_their_kind():
    cells = page()["C6:F6"][0]

    assert [cell.number_format for cell in cells] == ["#,##0", "#,##0", '0.0" %"', "dd/mm/yyyy"]
    assert [cell.data_type for cell in cells] == ["n", "n", "n", "d"]


@pytest.mark.parametrize("text", ["=1+1", "+84", "-5", "@x"])
def test_text_is_never_a_formula(text):
    sheet = Sheet("A", "A", "", (SheetColumn("Nội dung", 10),), ((text,),), frozen=0)

    cell = page(sheet)["A5"]

    assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)


def test_the_same_sheets_give_the_same_bytes_without_a_clock(time_machine):
    time_machine.move_to("2026-12-05 10:00")
    first = written()
    time_machine.move_to("2027-03-01 23:59")

    assert written() == first
