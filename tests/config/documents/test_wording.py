from dataclasses import replace
from datetime import date

import pytest

from config.lib.documents import wording
from config.lib.documents.rules import HD_05, HD_36, rules_on
from config.lib.errors import Refused
from tests.config.documents.samples import DRAFT, LETTERHEAD, REPORT


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (1, "Số 01-BC/BTCTU"),
        (9, "Số 09-BC/BTCTU"),
        (10, "Số 10-BC/BTCTU"),
        (123, "Số 123-BC/BTCTU"),
    ],
)
def test_numbers_below_ten_are_padded(number, line):
    assert wording.symbol_line(replace(LETTERHEAD, number=number)) == line


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 12, 5), "ngày 05 tháng 12 năm 2026"),
        (date(2026, 1, 15), "ngày 15 tháng 01 năm 2026"),
        (date(2026, 2, 9), "ngày 09 tháng 02 năm 2026"),
        (date(2026, 3, 1), "ngày 01 tháng 3 năm 2026"),
        (date(2026, 9, 30), "ngày 30 tháng 9 năm 2026"),
    ],
)
def test_days_below_ten_and_only_january_and_february_are_padded(day, words):
    assert wording.day_in_words(day, HD_05) == words


def test_a_draft_leaves_room_for_number_and_day():
    space = wording.NBSP

    assert wording.symbol_line(DRAFT.letterhead) == f"Số {space * 8}-BC/BTCTU"
    assert (
        wording.place_and_date(DRAFT.letterhead, HD_05)
        == f"Ninh Bình, ngày {space * 6} tháng 12 năm 2026"
    )


def test_an_annex_names_the_document_it_belongs_to():
    assert wording.attached_to(REPORT, HD_05) == (
        "(Kèm theo Báo cáo số 05-BC/BTCTU, ngày 05 tháng 12 năm 2026 của Ban Tổ chức Tỉnh ủy Ninh Bình)"
    )


def test_recipients_end_with_semicolons_and_the_last_with_a_full_stop():
    assert wording.recipient_lines(("Thường trực Tỉnh ủy;", "Lưu Văn phòng")) == (
        "- Thường trực Tỉnh ủy;",
        "- Lưu Văn phòng.",
    )


@pytest.mark.parametrize(
    ("typed", "printed"),
    [("một\x00\x07hai", "mộthai"), (" một\n\t hai ", "một hai"), ("Xóm 13", "Xóm 13")],
)
def test_control_characters_never_reach_a_renderer(typed, printed):
    assert wording.printable(typed) == printed


@pytest.mark.parametrize(
    ("day", "pack"),
    [(date(2018, 4, 3), HD_36), (date(2025, 12, 31), HD_36), (date(2026, 11, 25), HD_05)],
)
def test_the_form_follows_the_day_of_the_document(day, pack):
    assert rules_on(day) is pack


def test_a_day_before_all_packs_is_refused():
    with pytest.raises(Refused, match="02/04/2018"):
        rules_on(date(2018, 4, 2))
