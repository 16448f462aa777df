"""Malformed and hostile files, each with a cause of its own, made here byte by byte."""

import io
import struct
import zipfile
from collections.abc import Callable
from functools import cache

from config.lib.spreadsheets import limits
from tests.assignments.imports.setting import BRANCH, branches, with_value
from tests.old_workbooks import old_workbook
from tests.workbooks import BRANCH_HEAD, OFFICIAL_HEAD, a_list, archive, open_document, workbook

OLE = limits.OLE + b"\0" * 600
ISSUER, AS_OF = "HUYỆN ỦY KIM SƠN", "(Tính đến ngày 01/12/2021)"
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


@cache
def good() -> bytes:
    return branches(BRANCH)


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\0" * 600


def with_part(part: str, content: bytes | None, *, source: bytes | None = None) -> bytes:
    """A good list with one of its parts exchanged (None: taken out)."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source or good())) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            if name != part:
                new.writestr(name, old.read(name))
        if content is not None:
            new.writestr(part, content)
    return buffer.getvalue()


def part_of(content: bytes, part: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read(part)


def sheet_of(*cells: str) -> bytes:
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, cell))}"><c r="{cell}" t="inlineStr"><is><t>x</t></is></c></row>'
        for cell in cells
    )
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'
    return with_part(SHEET, xml.encode())


def claiming(dimension: str) -> bytes:
    """A good list whose sheet claims to be as large as Excel allows."""
    xml = part_of(good(), SHEET)
    begin = xml.index(b'<dimension ref="') + len(b'<dimension ref="')
    return with_part(SHEET, xml[:begin] + dimension.encode() + xml[xml.index(b'"', begin) :])


def blank_rows(count: int) -> bytes:
    """A good list with formatted rows that hold nothing below it."""
    rows = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(10, count))
    xml = part_of(good(), SHEET).replace(b"</sheetData>", f"{rows}</sheetData>".encode())
    return with_part(SHEET, xml)


def with_doctype(part: str, doctype: str, *, source: bytes | None = None) -> bytes:
    """The part with a document type in front of its root element."""
    xml = part_of(source or good(), part).decode()
    begin = xml.index("<", xml.index("?>") + 2) if xml.startswith("<?xml") else 0
    return with_part(part, f"{doctype}{xml[begin:]}".encode(), source=source)


def laughs() -> str:
    steps = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 10))
    return f'<!DOCTYPE lolz [<!ENTITY l0 "ha">{steps}]>'


def laughing_ods() -> bytes:
    source = open_document([["HUYỆN ỦY KIM SƠN"], BRANCH_HEAD, BRANCH])
    xml = part_of(source, "content.xml").decode().replace("Trần Văn An", "&l9;")
    return with_part("content.xml", (laughs() + xml).encode(), source=source)


def with_flag(content: bytes, flag: int) -> bytes:
    """Every entry of the archive says that it is encrypted (1)."""
    mended = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = mended.find(mark)
        while at >= 0:
            struct.pack_into("<H", mended, at + offset, flag)
            at = mended.find(mark, at + 4)
    return bytes(mended)


def with_method(content: bytes, method: int) -> bytes:
    """Every entry says that it is packed in a way nobody knows."""
    mended = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = mended.find(mark)
        while at >= 0:
            struct.pack_into("<H", mended, at + offset, method)
            at = mended.find(mark, at + 4)
    return bytes(mended)


def with_lying_sizes(content: bytes) -> bytes:
    """The directory says that each part is empty."""
    mended = bytearray(content)
    at = mended.find(b"PK\x01\x02")
    while at >= 0:
        struct.pack_into("<I", mended, at + 24, 1)
        at = mended.find(b"PK\x01\x02", at + 4)
    return bytes(mended)


def flipped(content: bytes) -> bytes:
    middle = len(content) // 2
    return (
        content[:middle]
        + bytes(byte ^ 0xFF for byte in content[middle : middle + 64])
        + content[middle + 64 :]
    )


def hidden() -> bytes:
    xml = part_of(good(), "xl/workbook.xml").replace(b'state="visible"', b'state="hidden"')
    return with_part("xl/workbook.xml", xml)


def ods_cells(cell: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:o" xmlns:table="urn:t"><table:table>'
        f"<table:table-row>{cell}</table:table-row></table:table></office:document-content>"
    )
    return archive(content_dot_xml=content)


def csv(*lines: str) -> bytes:
    return "\r\n".join(lines).encode("utf-8-sig")


def long_csv() -> bytes:
    return csv(";".join(BRANCH_HEAD), *["1;Kim Đông;Chi bộ xóm 1;3;;;;;;"] * 200_101)


def listed(*rows: list[object], head: list[str] = BRANCH_HEAD, issuer: str = ISSUER) -> bytes:
    return a_list(issuer, AS_OF, head, *rows)


def deep_header() -> bytes:
    return workbook([[ISSUER], *[["ghi chép"]] * 31, BRANCH_HEAD, BRANCH])


def two_pictures() -> bytes:
    return b"\xff\xd8\xff\xe0" + b"\0" * 2000


def with_error() -> bytes:
    xml = part_of(good(), SHEET).decode()
    begin = xml.index('<c r="E6"')
    end = xml.index("</c>", begin) + 4
    return with_part(SHEET, f'{xml[:begin]}<c r="E6" t="e"><v>#REF!</v></c>{xml[end:]}'.encode())


def rows_with_error() -> list[list[object]]:
    return [[ISSUER], ["DANH SÁCH"], [AS_OF], [], BRANCH_HEAD, with_value(BRANCH, 4, "#N/A")]


def with_formula() -> bytes:
    xml = part_of(good(), SHEET).decode()
    begin = xml.index('<c r="D6"')
    end = xml.index("</c>", begin) + 4
    cell = '<c r="D6"><f>HYPERLINK("http://x.example",30)</f><v>30</v></c>'
    return with_part(SHEET, f"{xml[:begin]}{cell}{xml[end:]}".encode())


NO_ISSUER = "Tiêu đề không cho biết danh sách này của đơn vị nào"
NO_HEADER = "Không tìm thấy dòng tiêu đề bảng trong 30 dòng đầu"
NOT_A_LIST = "Tệp này không phải là bảng tính Excel"

# cause → (file, how its sentence begins). A list of branches is asked for.
REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing in it": (lambda: b"", limits.EMPTY),
    "only white space": (lambda: b" \r\n \r\n", limits.EMPTY),
    "plain text": (lambda: b"STT Ho va ten\n1 An\n", NOT_A_LIST),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj", NOT_A_LIST),
    "a PNG": (lambda: b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NOT_A_LIST),
    "a photograph": (two_pictures, NOT_A_LIST),
    "rich text": (lambda: b"{\\rtf1 danh sach}", NOT_A_LIST),
    "a program": (lambda: b"MZ\x90\0\x03" + b"\0" * 900, NOT_A_LIST),
    "a web page called .xls": (lambda: b"<html><table><tr><td>1</table>", limits.WEB_PAGE),
    "XML of Excel 2003": (lambda: b'<?xml version="1.0"?><Workbook/>', limits.XML_TABLE),
    "more than 50 MB": (lambda: limits.ZIP + b"\0" * limits.MOST_BYTES, limits.TOO_BIG),
    "a workbook with a password": (lambda: ole("EncryptedPackage"), limits.ENCRYPTED),
    "an OpenDocument file with a password": (
        lambda: archive(content_dot_xml="<x/>", **{"META-INF__manifest_dot_xml": "<m:encryption-data/>"}),
        limits.ENCRYPTED,
    ),
    "an archive whose entries are encrypted": (lambda: with_flag(good(), 1), limits.ENCRYPTED),
    "a Word document": (lambda: archive(word__document_dot_xml="<w/>"), limits.WORD),
    "an old Word document": (lambda: ole("WordDocument"), limits.WORD),
    "another archive": (lambda: archive(readme_dot_txt="x"), NOT_A_LIST),
    "another OLE file": (lambda: OLE, NOT_A_LIST),
    "an old workbook of which only the name is left": (lambda: ole("Workbook"), limits.BROKEN),
    "cut in half": (lambda: good()[: len(good()) // 2], limits.BROKEN),
    "cut in its last bytes": (lambda: good()[:-10], limits.BROKEN),
    "bytes turned over on the way": (lambda: flipped(good()), limits.BROKEN),
    "packed in an unknown way": (lambda: with_method(good(), 99), limits.BROKEN),
    "sizes that lie": (lambda: with_lying_sizes(good()), limits.BROKEN),
    "a bomb in one part": (
        lambda: archive(xl__workbook_dot_xml="<x/>", bomb=b"\0" * (limits.SMALL + 1)),
        limits.BOMB,
    ),
    "a bomb in a thousand parts": (
        lambda: archive(
            xl__workbook_dot_xml="<x/>", **{f"part{number}": b"\0" * 20_000 for number in range(1000)}
        ),
        limits.BOMB,
    ),
    "a bomb in the sheet itself": (
        lambda: with_part(SHEET, b"<worksheet>" + b" " * (limits.SMALL * 3) + b"</worksheet>"),
        limits.BOMB,
    ),
    "a cell in row 1,000,000": (lambda: sheet_of("A1", "A1000000"), limits.TOO_WIDE),
    "a cell in column XFD": (lambda: sheet_of("A1", "XFD2"), limits.TOO_WIDE),
    "more than four million cells": (lambda: sheet_of("A1", "IV200000"), limits.TOO_WIDE),
    "an ODS row repeated a million times": (
        lambda: archive(
            content_dot_xml='<d xmlns:table="t" xmlns:office="o"><table:table><table:table-row'
            ' table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"/>'
            "</table:table-row></table:table></d>"
        ),
        limits.TOO_WIDE,
    ),
    "an ODS cell repeated a million times": (
        lambda: ods_cells('<table:table-cell office:value-type="string" table:number-columns-repeated="1000000"/>'),
        limits.TOO_WIDE,
    ),
    "an ODS number of rows that is none": (
        lambda: archive(
            content_dot_xml='<d xmlns:table="t"><table:table-row table:number-rows-repeated="nhiều"/></d>'
        ),
        limits.BROKEN,
    ),
    "a billion laughs in an ODS": (laughing_ods, limits.BROKEN),
    "no workbook in it": (lambda: with_part("xl/workbook.xml", None), NOT_A_LIST),
    "a workbook that is no XML": (lambda: with_part("xl/workbook.xml", b"\x00\x01<<"), limits.BROKEN),
    "a sheet that is no XML": (lambda: with_part(SHEET, b"<worksheet><sheetData><row"), limits.BROKEN),
    "no sheet where the workbook says": (lambda: with_part(SHEET, None), limits.BROKEN),
    "all sheets hidden": (hidden, limits.EMPTY),
    "an empty workbook": (lambda: workbook([]), limits.EMPTY),
    "CSV of one column": (lambda: csv("Họ và tên", "An", "Bình"), NOT_A_LIST),
    "CSV with a NUL in it": (lambda: b"STT;Chi bo\r\n1;\0\r\n", NOT_A_LIST),
    "CSV with a cell of two megabytes": (
        lambda: csv(";".join(BRANCH_HEAD), f'1;"{"a" * 2_000_000}";x'),
        limits.BROKEN,
    ),
    "CSV of 200,101 rows": (long_csv, limits.TOO_WIDE),
    "CSV in half a UTF-16": (lambda: "STT;Chi bộ".encode("utf-16")[:-1], NOT_A_LIST),
    "no header": (lambda: workbook([[ISSUER], [1, 2, 3], [4, 5, 6]]), NO_HEADER),
    "a header below row 30": (deep_header, NO_HEADER),
    "a header and no rows": (listed, "Trang “Danh sách” có tiêu đề bảng nhưng không có dòng nào"),
    "a list of officials": (
        lambda: listed([1, "Lê Văn Ân", None, "Chuyên viên", None, None, None, None], head=OFFICIAL_HEAD),
        "Đây là danh sách cán bộ, không phải danh sách chi bộ",
    ),
    "an office nobody knows": (lambda: listed(BRANCH, issuer="HUYỆN ỦY KHÔNG CÓ"), NO_ISSUER),
    "a list marked secret": (lambda: listed(BRANCH, issuer="MẬT"), "Trong nội dung có dấu hiệu “MẬT”"),
}  # fmt: skip

FORMULA = "=cmd|' /C calc'!A0"
# cause → (file, the cells with a problem): read, shown, and not written.
SHOWN: dict[str, tuple[Callable[[], bytes], list[str]]] = {
    "a formula for a name": (
        lambda: csv(
            f"{ISSUER};;", ";".join(BRANCH_HEAD), f"1;Xã Kim Đông;Chi bộ xóm 1;3;{FORMULA};;3;;;"
        ),
        ["E3"],
    ),
    "a formula for a telephone": (
        lambda: csv(
            f"{ISSUER};;",
            ";".join(BRANCH_HEAD),
            "1;Xã Kim Đông;Chi bộ xóm 1;3;Trần An;@SUM(1);3;;;",
        ),
        ["F3"],
    ),
    "an error of Excel in a cell": (with_error, ["E6"]),
    "an error of Excel 97 in a cell": (lambda: old_workbook(rows_with_error()), ["E6"]),
    "an error of LibreOffice in a cell": (lambda: open_document(rows_with_error()), ["E6"]),
    "a name of ten thousand letters": (
        lambda: listed(with_value(BRANCH, 2, "Chi bộ " + "a" * 10_000)),
        ["C6"],
    ),
    "a number of members with forty digits": (
        lambda: listed(with_value(BRANCH, 3, "9" * 40)),
        ["D6"],
    ),
}

# cause → a file that looks dangerous and is read as if it were not.
HARMLESS: dict[str, Callable[[], bytes]] = {
    "a dimension of seventeen billion cells": lambda: claiming("A1:XFD1048576"),
    "a million formatted rows without content": lambda: blank_rows(1_000_000),
    "an external entity in the sheet": lambda: with_doctype(
        SHEET, '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    ),
    "a billion laughs in front of the sheet": lambda: with_doctype(SHEET, laughs()),
    "a path that climbs out of the archive": lambda: with_part("../../etc/cron.d/x", b"* * * * *"),
    "macros": lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0 Auto_Open"),
    "a formula by its stored value": with_formula,
    "a link to another workbook": lambda: with_part(
        "xl/externalLinks/externalLink1.xml", b"<externalLink/>"
    ),
}  # fmt: skip
