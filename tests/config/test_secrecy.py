"""Marks of secrecy are found; everyday words with the same syllable are not."""

import pytest

from config.lib.secrecy import is_marked_name, mark_of_secrecy, why_not_type


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("Công văn MẬT số 12", "MẬT"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("tài liệu tuyệt mật", "TUYỆT MẬT"),
        ("Kế hoạch (mật) của huyện", "MẬT"),
        ("văn bản độ mật A", "MẬT"),
        ("TÔ\u0301I MẬT".replace("TÔ\u0301I", "TỐI"), "TỐI MẬT"),
        ("MÂ\u0323T", "MẬT"),
    ],
)
def test_mark_is_found(text: str, mark: str) -> None:
    assert mark_of_secrecy(text) == mark


@pytest.mark.parametrize(
    "text",
    [
        "Nuôi ong lấy mật",
        "MẬT ONG",
        "MẬT ĐỘ DÂN CƯ",
        "mật khẩu",
        "Nguyễn Thị Mật",
        "mật độ mặt đường",
        "",
    ],
)
def test_everyday_word_is_no_mark(text: str) -> None:
    assert mark_of_secrecy(text) is None


def test_sentence_says_what_to_do() -> None:
    assert why_not_type("văn bản MẬT") == (
        "Trong nội dung có dấu hiệu “MẬT”. Không nhập nội dung bí mật ở đây; "
        "đánh dấu “gửi theo đường mật” và gửi qua văn thư."
    )


@pytest.mark.parametrize(
    "name",
    [
        "Báo cáo (MẬT).pdf",
        "[Mật] kế hoạch.docx",
        "TAI_LIEU_MAT.pdf",
        "mat-12.pdf",
        "tối mật,2026.pdf",
        "MA\u0302\u0323T.pdf",
    ],
)
def test_a_file_s_name_says_that_it_is_secret(name: str):
    assert is_marked_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "Mặt trận Tổ quốc xã.pdf",
        "BC Mat tran To quoc.pdf",
        "Mật độ dân cư.xlsx",
        "mat-bang-thi-cong.pdf",
        "mất rừng.jpg",
        "bóng mát.png",
        "format.pdf",
    ],
)
def test_an_everyday_word_in_a_file_s_name_is_no_mark(name: str):
    assert not is_marked_name(name)
