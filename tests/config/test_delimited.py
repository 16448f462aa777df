"""CSV: the separator and the encoding are found, cells stay text, and what is no list ends in a sentence."""

import codecs
import unicodedata

import pytest

from config.lib.errors import Refused
from config.lib.spreadsheets import limits
from config.lib.spreadsheets.reading import read_sheets
from tests.written_in import ENCODINGS, csv_text

ROWS = [
    ["STT", "Họ và tên", "Chức vụ", "Điện thoại"],
    ["1", "Nguyễn Văn An", "Bí thư chi bộ, xã Kim Đông", "0912345678"],
    ["2", "Trần Thị Tú", "Phó Bí thư;\nủy viên", "0912345679"],
    ["3", "Lê Đức Thắng", "Chi ủy viên", None],
]


def rows_of(content: bytes) -> list[list[object]]:
    return [list(row) for row in read_sheets(content)[0].rows]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found(separator):
    assert rows_of(csv_text(ROWS, separator).encode()) == ROWS


def test_the_separator_that_excel_is_told_is_taken_and_its_line_left_out():
    assert rows_of(b"sep=;\r\n1,5;2\r\n3,5;4\r\n") == [["1,5", "2"], ["3,5", "4"]]


def test_cells_stay_text_and_blank_ones_are_none():
    content = "ĐT,Số,Ngày,Lỗi\n0912345678,3,=1+1,\n  ,007,+84,-\n".encode()

    assert rows_of(content)[1:] == [["0912345678", "3", "=1+1", None], [None, "007", "+84", "-"]]


def test_ragged_lines_are_made_of_one_width():
    assert rows_of(b"a,b,c\nd\n\ne,f,g,h,,\n") == [
        ["a", "b", "c", None],
        ["d", None, None, None],
        [None, None, None, None],
        ["e", "f", "g", "h"],
    ]


def test_one_with_old_line_ends_is_read():
    assert rows_of(b"a,b\rc,d\r") == [["a", "b"], ["c", "d"]]


BAD_FILES = {
    "only spaces": (b"  \n \n", limits.EMPTY),
    "only separators": (b",,,\n,,,\n", limits.EMPTY),
    "only a byte order mark": (codecs.BOM_UTF8, limits.EMPTY),
    "one column": (b"khong phai bang tinh\ndong hai\n", limits.NO_SPREADSHEET),
    "NUL bytes": (b"a,b\n\0,c\n", limits.NO_SPREADSHEET),
    "UTF-16 without its mark": ("a,b\nc,d\n".encode("utf-16-le"), limits.NO_SPREADSHEET),
    "half a letter of UTF-16": (codecs.BOM_UTF16_LE + b"a\0,", limits.NO_SPREADSHEET),
    "control characters": (b"a,b\x01\nc,d\n", limits.NO_SPREADSHEET),
    "PDF": (b"%PDF-1.7\n1,2\n3,4\n", limits.NO_SPREADSHEET),
    "RTF": (b"{\\rtf1,a\nb,c}\n", limits.NO_SPREADSHEET),
    "bytes of no encoding": (b"a,\x8a\x8d\x8e\n", limits.NO_SPREADSHEET),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00", limits.NO_SPREADSHEET),
    "a web page in UTF-16": ("<html><table>".encode("utf-16"), limits.WEB_PAGE),
    "257 columns": (b"x," * 256 + b"x\n", limits.TOO_WIDE),
    "200,101 lines": (b"a,b\n" * 200_101, limits.TOO_WIDE),
    "50 MB of line ends": (b"\n" * limits.MOST_BYTES, limits.TOO_WIDE),
    "a quotation that never ends": (b'a,"b\n' + b"c,d\n" * 100_000, limits.NO_SPREADSHEET),
    "one endless cell": (b"a," + b"b" * 1_000_000 + b"\n", limits.BROKEN),
    "more than 50 MB": (b"a,b\n" * (limits.MOST_BYTES // 4 + 1), limits.TOO_BIG),
}


@pytest.mark.parametrize("cause", BAD_FILES)
def test_a_file_that_is_no_list_says_why(cause):
    content, sentence = BAD_FILES[cause]

    with pytest.raises(Refused) as refusal:
        read_sheets(content)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_encoding_gives_the_same_sheet(encoding):
    told = read_sheets(ENCODINGS[encoding](csv_text(ROWS)))[0]
    plain = [[None if cell is None else normal(cell) for cell in row] for row in told.rows]

    assert plain == ROWS
    assert bool(told.conversion) == encoding.startswith(("TCVN3", "VNI"))


def normal(cell: object) -> str:
    return unicodedata.normalize("NFC", str(cell))
