"""Cells as we keep them."""

import re

import pytest
from django.core.validators import validate_email

from config.lib.text import phone_e164
from roster.sheets import values


@pytest.mark.parametrize(
    ("written", "kept"),
    [(40, 40), ("40", 40), ("40 đảng viên", 40), ("1.240", 1240), ("-", None), (None, None)],
)
def test_counts_are_whole_numbers(written, kept):
    assert values.count(written) == kept


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("4O", "Có chữ “O” trong số “4O”."),
        (2.5, "“2.5” không phải là một số đếm."),
        (-3, "“-3” không phải là một số đếm."),
        (983949004, "983949004 đảng viên là quá nhiều cho một chi bộ."),
        ("#REF!", "Ô này có lỗi công thức #REF!."),
    ],
)
def test_a_count_that_is_none_says_why(written, sentence):
    with pytest.raises(ValueError, match=f"^{re.escape(sentence)}$"):
        values.count(written)


@pytest.mark.parametrize(
    ("written", "kept"),
    [("Đ/c TRẦN VĂN AN", "Trần Văn An"), ("Khuyết", None), ("chưa có", None), ("", None)],
)
def test_names_are_normalised_and_an_empty_office_is_nobody(written, kept):
    assert values.name(written) == kept


@pytest.mark.parametrize("written", ["Trần Văn 5", "=cmd|' /C calc'!A0", "0912345678", "@an"])
def test_what_cannot_be_a_name_is_a_problem(written):
    with pytest.raises(ValueError, match="không giống họ và tên"):
        values.name(written)


def test_two_phones_in_one_cell_are_a_problem():
    with pytest.raises(ValueError, match="hơn một số điện thoại"):
        values.phone("0912345678 / 0987654321")


def test_an_address_must_be_one():
    assert values.email("AN.NV@ninhbinh.example ") == "an.nv@ninhbinh.example"
    with pytest.raises(ValueError, match="không phải là địa chỉ thư"):
        values.email("an.nv(at)ninhbinh")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("CB xóm 5", "Chi bộ xóm 5"),
        ("Xóm 13", "Chi bộ xóm 13"),
        ("CHI BỘ XÓM 13", "Chi bộ xóm 13"),
        ("Chi bộ xóm 1 (xã Như Hòa cũ)", "Chi bộ xóm 1 (xã Như Hòa cũ)"),
        ("Đảng bộ bộ phận Công an xã", "Đảng bộ bộ phận Công an xã"),
    ],
)
def test_branches_have_their_full_name(written, kept):
    assert values.branch(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("Đảng ủy xã Hồi Ninh", "Xã Hồi Ninh"),
        ("Đảng uỷ thị trấn Phát Diệm", "Thị trấn Phát Diệm"),
        ("Đảng bộ X. Yên Lộc", "Xã Yên Lộc"),
        ("TT Phát Diệm", "Thị trấn Phát Diệm"),
        ("XÃ KIM ĐÔNG", "Xã Kim Đông"),
        ("Yên Lộc", "Yên Lộc"),
    ],
)
def test_communes_have_their_own_name_whichever_committee_is_named(written, kept):
    assert values.commune(written) == kept


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Chi bộ xóm 13, xã Lai Thành", ("Chi bộ xóm 13", "xã Lai Thành")),
        ("CB xóm 5 - TT Phát Diệm", ("CB xóm 5", "TT Phát Diệm")),
        ("Chi bộ xóm 1 (xã Như Hòa cũ)", ("Chi bộ xóm 1 (xã Như Hòa cũ)", None)),
    ],
)
def test_branch_and_commune_may_share_a_cell(written, parts):
    assert values.branch_and_commune(written) == parts


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("Phó Trưởng ban, Ban Tổ chức Huyện ủy", ("Phó Trưởng ban", "Ban Tổ chức Huyện ủy")),
        ("Tỉnh ủy viên, Giám đốc Sở Nội vụ", ("Tỉnh ủy viên, Giám đốc Sở Nội vụ", None)),
        (
            "Ủy viên Ban Thường vụ, Bí thư, Đảng ủy xã Yên Mô",
            ("Ủy viên Ban Thường vụ, Bí thư", "Đảng ủy xã Yên Mô"),
        ),
    ],
)
def test_title_and_agency_in_one_column_are_parted(written, parts):
    assert values.title_and_agency(written) == parts


@pytest.mark.parametrize(
    "written", ["a@b.vn", "an.nv-2_x@so-noi-vu.ninhbinh.gov.vn", f"a@{'d' * 58}.vn", "1@2.vn"]
)
def test_an_address_that_is_taken_at_a_glance_is_one(written):
    validate_email(written)

    assert values.PLAIN_ADDRESS.fullmatch(written)
    assert values.email(written) == values.email(f" {written}") == written


@pytest.mark.parametrize(
    "written", ["a..b@c.vn", "a@-b.vn", "a@b-.vn", "a@b..vn", f"a@{'d' * 64}.vn"]
)
def test_an_address_that_only_looks_like_one_is_none(written):
    with pytest.raises(ValueError, match="không phải là địa chỉ thư điện tử"):
        values.email(written)


@pytest.mark.parametrize(
    "written", ["0312345678", "0512345678", "0712345678", "0812345678", "0912345678"]
)
def test_a_number_that_is_taken_at_a_glance_is_what_a_longer_look_makes_of_it(written):
    assert values.phone(written) == values.phone(f" {written}") == phone_e164(written)
