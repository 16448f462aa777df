"""What is refused before a spreadsheet is opened: judged by content, never by the file's name."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple
from xml.parsers import expat

from config.lib.errors import Refused

MOST_BYTES: Final = 50 * 1024 * 1024
MOST_ROWS: Final = 200_000
AROUND_THE_LIST: Final = 100  # rows of title, header and signatures beside those
MOST_COLUMNS: Final = 256
MOST_CELLS: Final = 4_000_000
MOST_EXPANDED_BYTES: Final = 400 * 1024 * 1024
MOST_EXPANSION: Final = 200
SMALL: Final = 10 * 1024 * 1024
BEGINNING: Final = 1024 * 1024
CHUNK: Final = 128 * 1024
OVERLAP: Final = 512

ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The letter is looked for first and what stands before it afterwards: text is full of "<".
FILLED_CELL: Final = re.compile(
    rb'c\s(?<=[<:]c.)[^>/]*?\br="([A-Z]{1,3})(\d{1,7})"[^>/]*>(?!</)', re.DOTALL
)

NOTHING_WRITTEN: Final = "chưa có gì được ghi."
ENCRYPTED: Final = f"Tệp này có mật khẩu nên không đọc được. Bỏ mật khẩu trong Excel rồi chọn lại; {NOTHING_WRITTEN}"
BROKEN: Final = f"Tệp bị hỏng hoặc chưa tải xong nên không đọc được. Mở bằng Excel, lưu lại rồi chọn lại; {NOTHING_WRITTEN}"
NO_SPREADSHEET: Final = (
    "Tệp này không phải là bảng tính Excel (.xlsx, .xlsm, .xls), .ods hoặc .csv. "
    f"Mở bằng Excel, lưu thành .xlsx rồi chọn lại; {NOTHING_WRITTEN}"
)
WORD: Final = f"Đây là tệp Word, không phải bảng tính. Chép danh sách sang Excel rồi chọn lại; {NOTHING_WRITTEN}"
WEB_PAGE: Final = f"Đây là trang web được đổi đuôi tệp. Mở bằng Excel, lưu thành .xlsx rồi chọn lại; {NOTHING_WRITTEN}"
XML_TABLE: Final = f"Đây là bảng tính dạng XML của Excel 2003. Mở bằng Excel, lưu thành .xlsx rồi chọn lại; {NOTHING_WRITTEN}"
EMPTY: Final = f"Tệp rỗng, không có danh sách nào. Chọn lại tệp; {NOTHING_WRITTEN}"
TOO_BIG: Final = (
    f"Tệp lớn hơn 50 MB. Chia danh sách thành nhiều tệp rồi chọn lại; {NOTHING_WRITTEN}"
)
BOMB: Final = f"Tệp bung ra quá lớn so với cỡ của nó nên không được mở; {NOTHING_WRITTEN}"
TOO_WIDE: Final = (
    "Trang tính quá rộng hoặc quá dài (nhiều nhất 200.000 dòng, 256 cột). "
    f"Xóa các ô lạc ở xa danh sách rồi chọn lại; {NOTHING_WRITTEN}"
)


MOST_NAMED: Final = 8


class Extent(NamedTuple):
    """How far down and how far right a sheet has anything in it."""

    rows: int
    columns: int


def sheets_left_out(names: Sequence[str]) -> str:
    """Of the hidden sheets of a file, for a person who expects them to be read; "" if there are none."""
    if not names:
        return ""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_NAMED])
    more = f" và {len(names) - MOST_NAMED} trang khác" if len(names) > MOST_NAMED else ""
    return f"Trang bị ẩn trong tệp nên không được đọc: {shown}{more}. Nếu cần, cho hiện trang trong Excel, lưu rồi chọn lại."


def only_hidden(names: Sequence[str]) -> str:
    """Why a file has nothing to read although something is in it."""
    left_out = sheets_left_out(names)
    return f"Các trang không ẩn của tệp đều trống; {NOTHING_WRITTEN} {left_out}" if left_out else ""


def refuse_unreadable(content: bytes) -> None:
    """Raise Refused with a sentence unless `content` is a spreadsheet that is safe to open, or may be CSV."""
    if not content:
        raise Refused(EMPTY)
    if len(content) > MOST_BYTES:
        raise Refused(TOO_BIG)
    if content.startswith(ZIP):
        refuse_archive(content)
    elif content.startswith(OLE):
        refuse_compound_file(content)
    elif content[:BEGINNING].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Refused(XML_TABLE if b"<Workbook" in content[:CHUNK] else WEB_PAGE)


def refuse_compound_file(content: bytes) -> None:
    """The directory of an OLE file names its streams in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise Refused(ENCRYPTED)
    if "WordDocument".encode("utf-16-le") in content:
        raise Refused(WORD)
    if not any(name.encode("utf-16-le") in content for name in ("Workbook", "Book")):
        raise Refused(NO_SPREADSHEET)


def refuse_archive(content: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            refuse_expansion(archive)
            refuse_foreign_parts(archive)
            for extent in extents(archive):
                refuse_extent(extent)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        expat.ExpatError,
        ValueError,
    ) as broken:
        raise Refused(BROKEN) from broken
    except RuntimeError as locked:
        raise Refused(ENCRYPTED) from locked


def refuse_expansion(archive: zipfile.ZipFile) -> None:
    expanded = sum(member.file_size for member in archive.infolist())
    packed = sum(member.compress_size for member in archive.infolist()) or 1
    if expanded > MOST_EXPANDED_BYTES or (expanded > SMALL and expanded / packed > MOST_EXPANSION):
        raise Refused(BOMB)


def refuse_foreign_parts(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    if "word/document.xml" in names:
        raise Refused(WORD)
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise Refused(NO_SPREADSHEET)
    manifest = "META-INF/manifest.xml"
    if manifest in names and b"encryption-data" in archive.read(manifest):
        raise Refused(ENCRYPTED)


def refuse_extent(extent: Extent) -> None:
    if (
        extent.rows > MOST_ROWS + AROUND_THE_LIST
        or extent.columns > MOST_COLUMNS
        or extent.rows * extent.columns > MOST_CELLS
    ):
        raise Refused(TOO_WIDE)


def extents(archive: zipfile.ZipFile) -> Iterator[Extent]:
    """Of each sheet, found by reading along: a dimension that the file claims is not believed."""
    for name in archive.namelist():
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            yield xlsx_extent(archive, name)
        elif name == "content.xml":
            yield ods_extent(archive)


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """The member piece by piece, each with the end of the one before; never more than was announced."""
    left, tail = MOST_EXPANDED_BYTES, b""
    with archive.open(name) as member:
        while chunk := member.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise Refused(BOMB)
            yield tail + chunk
            tail = chunk[-OVERLAP:]


def xlsx_extent(archive: zipfile.ZipFile, name: str) -> Extent:
    rows = columns = 0
    for chunk in chunks(archive, name):
        cells = FILLED_CELL.findall(chunk)
        if cells:
            rows = max(rows, int(cells[-1][1]), int(cells[0][1]))
            columns = max(
                columns, *(column_number(letters) for letters in {letters for letters, _ in cells})
            )
    return Extent(rows, columns)


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


class OdsExtent:
    """Counts along an ODS sheet, where repeated rows and cells are written once with a number."""

    def __init__(self) -> None:
        self.row = self.column = self.row_repeat = 0
        self.rows = self.columns = 0

    def start(self, name: str, attributes: dict[str, Any]) -> None:
        if name == "table:table":
            self.row = 0
        elif name == "table:table-row":
            self.row_repeat = int(attributes.get("table:number-rows-repeated", 1))
            self.row, self.column = self.row + self.row_repeat, 0
        elif name in {"table:table-cell", "table:covered-table-cell"}:
            self.column += int(attributes.get("table:number-columns-repeated", 1))
            if "office:value-type" in attributes:
                self.rows, self.columns = max(self.rows, self.row), max(self.columns, self.column)


def ods_extent(archive: zipfile.ZipFile) -> Extent:
    extent, parser = OdsExtent(), expat.ParserCreate()
    parser.StartElementHandler = extent.start
    with archive.open("content.xml") as member:
        parser.ParseFile(member)
    return Extent(extent.rows, extent.columns)
