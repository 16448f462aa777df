"""TCVN3 and VNI: letter by letter there and back, recognised in a sheet, and Unicode never touched."""

import unicodedata

import pytest

from config.lib.spreadsheets import encodings
from config.lib.spreadsheets.encodings import (
    TCVN3_ABC,
    VNI_WINDOWS,
    Encoding,
    converted,
    recognise,
)
from config.lib.spreadsheets.reading import read_sheets
from tests.workbooks import SAMPLES, sample, workbook
from tests.written_in import as_tcvn3, as_vni

SMALL = [
    unicodedata.normalize("NFC", letter + tone)
    for letter in encodings.LETTERS
    for tone in ["", *sorted(encodings.TONES)]
] + ["đ"]
ALL = SMALL + [letter.upper() for letter in SMALL]
NAMES = sorted(path.stem for path in SAMPLES.glob("*.xlsx"))
NOTE = "Tệp dùng bảng mã {}, đã chuyển sang Unicode; ví dụ: “{}” → “{}”."


def texts(name: str) -> list[str]:
    return [
        unicodedata.normalize("NFC", cell)
        for sheet in read_sheets(sample(name))
        for row in sheet.rows
        for cell in row
        if isinstance(cell, str)
    ]


def test_there_are_134_marked_letters_and_ten_plain_ones():
    assert len({letter for letter in ALL if not letter.isascii()}) == 134


@pytest.mark.parametrize("letter", ALL)
def test_every_letter_comes_back_from_vni(letter):
    assert VNI_WINDOWS.convert(as_vni(letter)) == letter


@pytest.mark.parametrize("letter", SMALL)
def test_every_small_letter_comes_back_from_tcvn3(letter):
    assert TCVN3_ABC.convert(as_tcvn3(letter)) == letter


@pytest.mark.parametrize("letter", "ĂÂÊÔƠƯĐ")
def test_the_seven_capitals_of_tcvn3_come_back(letter):
    assert TCVN3_ABC.convert(as_tcvn3(letter)) == letter


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("NguyÔn V¨n An", "Nguyễn Văn An"),
        ("NGUYÔN V¡N AN", "NGUYỄN VĂN AN"),
        ("nguyÔn v¨n an", "nguyễn văn an"),
        ("Ph¹m ThÞ ¸nh", "Phạm Thị Ánh"),
        ("BÝ th­ chi bé", "Bí thư chi bộ"),
        ("ñy viªn", "ủy viên"),
        ("an.nv@ks.example", "an.nv@ks.example"),
    ],
)
def test_tcvn3_as_clerks_typed_it(written, meant):
    assert TCVN3_ABC.convert(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Nguyeãn Vaên An", "Nguyễn Văn An"), ("ÑAÛNG UÛY", "ĐẢNG ỦY"), ("Bí thö", "Bí thư")],
)
def test_vni_as_clerks_typed_it(written, meant):
    assert VNI_WINDOWS.convert(written) == meant


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_no_sample_is_taken_for_an_old_encoding(name, form):
    assert recognise(unicodedata.normalize(form, text) for text in texts(name)) is None


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("encoding", "write"), [(TCVN3_ABC, as_tcvn3), (VNI_WINDOWS, as_vni)])
def test_a_sample_in_an_old_encoding_is_recognised(name, encoding: Encoding, write):
    assert recognise(map(write, texts(name))) == encoding


@pytest.mark.parametrize("name", NAMES)
def test_samples_come_back_whole_from_vni(name):
    for text in texts(name):
        assert converted(as_vni(text), VNI_WINDOWS, mixed=False) == text


@pytest.mark.parametrize("name", NAMES)
def test_samples_come_back_from_tcvn3_but_for_capitals(name):
    for text in texts(name):
        assert converted(as_tcvn3(text), TCVN3_ABC, mixed=False).lower() == text.lower()


@pytest.mark.parametrize(
    "words",
    [
        ["Hà Nam", "xã", "Trí", "Tó", "Bùi", "Tô Hà"],
        ["Café", "Zürich", "Ñandú"],
        ["20°C", "±5", "§ 4", "© 2026"],
        ["An", "Bay", "3", ""],
        [],
    ],
)
def test_other_text_is_left_alone(words):
    assert recognise(words) is None


def test_the_sheet_is_converted_and_says_so():
    rows = [["Họ và tên", "Chức vụ"], ["Nguyễn Văn An", "Bí thư chi bộ"], ["Trần Thị Tú", 3]]
    written = [[as_tcvn3(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]

    sheet = read_sheets(workbook(written))[0]

    assert [list(row) for row in sheet.rows] == rows
    assert sheet.conversion == NOTE.format("TCVN3 (ABC)", "NguyÔn V¨n An", "Nguyễn Văn An")


def test_a_sheet_in_unicode_has_no_note():
    assert read_sheets(workbook([["Họ và tên", "Trần Thị Tú"]]))[0].conversion == ""


def test_in_a_mixed_sheet_what_reads_well_stays_and_the_note_says_so():
    names = ["Nguyễn Văn An", "Phạm Thị Đào", "Lê Đức Thắng", "Vũ Mạnh Cường"]
    rows = [["Trần Thị Hiền", "Hà Nam"], [*map(as_tcvn3, names)]]

    sheet = read_sheets(workbook(rows))[0]

    assert list(sheet.rows[0][:2]) == rows[0]
    assert list(sheet.rows[1]) == names
    assert "Có ô đã là Unicode, được để nguyên" in sheet.conversion
