import re
from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from config.lib.documents.party import Item, Paragraph, Signature
from config.lib.documents.pdf import pdf
from config.lib.errors import Refused
from tests.config.documents.samples import LETTER, LETTERHEAD, REPORT


def read(document):
    return PdfReader(BytesIO(pdf(document)))


def text_of(page):
    return re.sub(r"\s+", " ", page.extract_text()).strip()


def test_page_one_reads_from_the_head_to_the_recipients():
    text = text_of(read(REPORT).pages[0])

    for part in (
        "TỈNH ỦY NINH BÌNH BAN TỔ CHỨC *",
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "Số 05-BC/BTCTU",
        "Ninh Bình, ngày 05 tháng 12 năm 2026",
        "BÁO CÁO kết quả dự sinh hoạt chi bộ tháng 11 năm 2026 -----",
        "Về cuộc họp: Toàn tỉnh có 388 cuộc đã họp (94,2 %).",
        "K/T TRƯỞNG BAN PHÓ TRƯỞNG BAN Nguyễn Văn Mẫu",
        "Nơi nhận: - Thường trực Tỉnh ủy; - Lưu Ban Tổ chức.",
    ):
        assert part in text


def test_the_annex_is_landscape_with_its_head_and_page_number_on_every_page():
    pages = read(REPORT).pages
    sizes = [
        (round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages
    ]

    assert sizes == [(595, 842)] + [(842, 595)] * (len(pages) - 1)
    assert 6 <= len(pages) <= 9
    for number, page in enumerate(pages[1:], 2):
        assert text_of(page).startswith(f"{number} ")
        assert "Xã, phường" in text_of(page)
    assert not text_of(pages[0]).startswith("1 ")
    assert "(Kèm theo Báo cáo số 05-BC/BTCTU, ngày 05 tháng 12 năm 2026" in text_of(pages[1])
    assert "Toàn tỉnh 1 2 3 4 5 6 7 8" in text_of(pages[-1])


def test_only_our_own_face_is_embedded():
    fonts = {
        font["/BaseFont"].partition("+")[2]
        for page in read(REPORT).pages
        for font in (found.get_object() for found in page["/Resources"]["/Font"].values())
    }

    assert {name.partition("-")[0] for name in fonts} == {"Tinos"}


def test_the_same_document_gives_the_same_bytes_without_a_clock(time_machine):
    time_machine.move_to("2026-12-05 10:00")
    first = pdf(REPORT)
    time_machine.move_to("2027-03-01 23:59")

    assert pdf(REPORT) == first
    assert (
        PdfReader(BytesIO(first)).metadata.title
        == "Báo cáo kết quả dự sinh hoạt chi bộ tháng 11 năm 2026"
    )


@pytest.mark.parametrize(
    "nasty",
    [
        "#panic()",
        "$x$ *đậm* _nghiêng_ <nhãn> @tham",
        "= Đề mục",
        "// ghi chú",
        '"); #read("/etc/hosts")',
    ],
)
def test_what_a_person_wrote_is_never_markup(nasty):
    text = text_of(
        read(replace(REPORT, blocks=(Paragraph(nasty), Item(nasty)), annexes=())).pages[0]
    )

    assert f"{nasty} - {nasty}" in text


def test_a_letter_and_two_signatures():
    other = Signature("CHỦ NHIỆM", "Trần Thị Mẫu")
    text = text_of(read(replace(LETTER, signatures=(*LETTER.signatures, other))).pages[0])

    assert "Số 05-CV/BTCTU kết quả dự sinh hoạt chi bộ tháng 11 năm 2026" in text
    assert "Kính gửi: Đảng ủy xã Quang Thiện" in text
    assert text.index("Trần Thị Mẫu") < text.index("Nơi nhận:")


def test_a_document_without_any_day_is_refused():
    with pytest.raises(Refused, match="chưa có ngày"):
        pdf(replace(REPORT, letterhead=replace(LETTERHEAD, dated=None)))
