"""Folding, name order, names and phones."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.lib.text import (
    fold,
    name_key,
    nfc,
    person_name,
    phone_e164,
    phone_shown,
    spelling,
    whole_number,
)

IN_ORDER = [
    "Đỗ Văn An",
    "Nguyễn Văn An",
    "Hoàng Thị Ảnh",
    "Trần Thị Ánh",
    "Vũ Văn Ăn",
    "Lê Văn Ân",
    "Bùi Văn Dũng",
    "Phạm Đức Đạt",
    "Nguyễn Minh Điệp",
    "Trần Quang Hải",
    "Đinh Thị Lụa",
]


def by_bytes(names: list[str]) -> list[str]:
    """As COLLATE "C" compares the stored keys."""
    return sorted(names, key=lambda name: name_key(name).encode())


def test_names_sort_by_given_name_then_family_name_in_the_vietnamese_alphabet():
    assert by_bytes(IN_ORDER[::-1]) == IN_ORDER


@pytest.mark.parametrize(
    "names",
    [
        ["Lê Văn Hoa", "Lê Văn Hòa", "Lê Văn Hỏa", "Lê Văn Hõa", "Lê Văn Hóa", "Lê Văn Họa"],
        ["Lê Thị An", "Lê Văn An", "Lý Văn An"],
        ["Nguyễn Văn Tâm", "Nguyễn Văn Tân", "Nguyễn Văn Tuân", "Nguyễn Văn Tư", "Nguyễn Văn Ước"],
        ["An", "Lê An", "Lê Bá An"],
    ],
)
def test_letters_come_before_tones_and_shorter_names_first(names):
    assert by_bytes(names[::-1]) == names


def test_the_place_of_the_tone_mark_does_not_change_a_key():
    assert name_key("Lê Thị Thuỷ") == name_key("Lê Thị Thủy")


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Huyện uỷ  Kim\u00a0Sơn", "huyen uy kim son"),
        ("HUYỆN ỦY KIM SƠN", "huyen uy kim son"),
        (unicodedata.normalize("NFD", "Đồng Hướng"), "dong huong"),
        ("Phó\u200b Trưởng ban", "pho truong ban"),
    ],
)
def test_folding_ignores_diacritics_case_spaces_and_the_form_of_unicode(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_is_folding_once_and_ignores_the_form_of_unicode(text):
    assert fold(fold(text)) == fold(text)
    assert fold(unicodedata.normalize("NFD", nfc(text))) == fold(nfc(text))


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("Đ/c Nguyễn Văn An", "Nguyễn Văn An"),
        ("đ/c: TRẦN THỊ ÁNH", "Trần Thị Ánh"),
        ("Đồng chí Lê Văn Ân ", "Lê Văn Ân"),
        ("Đồng Chí Công", "Công"),
        ("Đồng Văn Chí", "Đồng Văn Chí"),
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("K’Brể", "K’Brể"),
    ],
)
def test_names_are_kept_without_address_and_in_title_case(written, kept):
    assert person_name(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "912345678",
        "+84 912 345 678",
        "84912345678",
        "(0912) 345-678",
    ],
)
def test_phones_are_kept_in_e164_with_the_zero_that_excel_ate(written):
    assert phone_e164(written) == "+84912345678"


def test_a_phone_is_shown_in_three_groups():
    assert phone_shown("+84912345678") == "0912 345 678"


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("91200013", "“91200013” thiếu chữ số: số di động có 10 chữ số."),
        ("09123456789", "“09123456789” thừa chữ số: số di động có 10 chữ số."),
        ("O912345678", "Có chữ “O” trong số điện thoại “O912345678”."),
        ("0112345678", "“0112345678” không phải là số điện thoại ở Việt Nam."),
        ("01681234567", "“01681234567” là số 11 chữ số cũ. Nếu vẫn dùng, nay là 0381 234 567."),
        ("0912345678/0987654321", "“0912345678/0987654321” không phải là một số điện thoại."),
    ],
)
def test_a_phone_that_cannot_be_one_says_why(written, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        phone_e164(written)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chi bộ xóm 03", "CHI BỘ  XÓM 3"),
        ("Nguyễn Thị Thuỷ", "Nguyễn Thị Thủy"),
        ("xóm 1 (xã Như Hòa cũ)", "xóm 1, xã Như Hoà cũ"),
    ],
)
def test_names_are_the_same_whatever_the_case_signs_zeros_and_tone_places(one, other):
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Lê Văn Hùng", "Lê Văn Hưng"), ("xóm 1", "xóm 11"), ("xóm Đoài", "xóm Đoái")],
)
def test_names_that_differ_in_a_letter_or_a_tone_are_not_the_same(one, other):
    assert spelling(one) != spelling(other)


@pytest.mark.parametrize("text", ["", "-1", "1.5", "²", "١", "abc", "9" * 5000])
def test_what_writes_no_key_is_none(text):
    assert whole_number(text) is None


def test_a_key_is_read():
    assert whole_number("0042") == 42


def test_folding_leaves_no_nul_for_the_database():
    assert fold("xóm\0 13") == "xom 13"
