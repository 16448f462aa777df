"""What is refused before a spreadsheet is opened, what is read from one, and lists that are safe to open."""

import io
import zipfile
from datetime import date, time
from functools import partial

import pytest
from openpyxl import load_workbook

from config.lib.errors import Refused
from config.lib.spreadsheets import limits
from config.lib.spreadsheets.reading import Merge, address, read_sheets
from config.lib.spreadsheets.writing import Column, list_workbook
from config.lib.spreadsheets.xls_errors import errors_by_sheet
from tests.old_workbooks import old_workbook
from tests.workbooks import archive, open_document, sample, workbook

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
CELL = '<c r="{0}" t="inlineStr"><is><t>x</t></is></c>'


def xlsx_with(sheet_xml: str) -> bytes:
    """A workbook whose only sheet has this XML."""
    return with_part(workbook([["x"]]), "xl/worksheets/sheet1.xml", sheet_xml.encode())


def changed(content: bytes, part: str, before: str, after: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        xml = source.read(part).decode()
    return with_part(content, part, xml.replace(before, after).encode())


def with_part(content: bytes, part: str, xml: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    parts[part] = xml
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return buffer.getvalue()


def sheet_with(*cells: str) -> str:
    rows = "".join(
        f'<row r="{"".join(filter(str.isdigit, cell))}">{CELL.format(cell)}</row>' for cell in cells
    )
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )


def ods(cell: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:o" xmlns:table="urn:t"><table:table>'
        f"{cell}</table:table></office:document-content>"
    )
    return archive(content_dot_xml=content)


BAD_FILES = {
    "nothing": (b"", limits.EMPTY),
    "text": (b"STT Ho va ten\n1 An\n", limits.NO_SPREADSHEET),
    "pdf": (b"%PDF-1.7\n", limits.NO_SPREADSHEET),
    "picture": (b"\x89PNG\r\n\x1a\n", limits.NO_SPREADSHEET),
    "web page called .xls": (b"\xef\xbb\xbf <html><table>", limits.WEB_PAGE),
    "more than 50 MB": (b"PK\x03\x04" + b"\0" * limits.MOST_BYTES, limits.TOO_BIG),
    "encrypted workbook": (OLE + "EncryptedPackage".encode("utf-16-le"), limits.ENCRYPTED),
    "old Word document": (OLE + "WordDocument".encode("utf-16-le"), limits.WORD),
    "other OLE file": (OLE, limits.NO_SPREADSHEET),
    "broken old workbook": (OLE + "Workbook".encode("utf-16-le"), limits.BROKEN),
    "Word document": (archive(word__document_dot_xml="<w/>"), limits.WORD),
    "other archive": (archive(readme_dot_txt="x"), limits.NO_SPREADSHEET),
    "cut in half": (sample("2021-tinh-can-bo")[:4000], limits.BROKEN),
    "empty workbook": (workbook([]), limits.EMPTY),
    "encrypted ODS": (
        archive(content_dot_xml="<x/>", **{"META-INF__manifest_dot_xml": "<m:encryption-data/>"}),
        limits.ENCRYPTED,
    ),
    "zip bomb": (
        archive(xl__workbook_dot_xml="<x/>", bomb=b"\0" * (limits.SMALL + 1)),
        limits.BOMB,
    ),
    "cell in row 1,000,000": (xlsx_with(sheet_with("A1", "A1000000")), limits.TOO_WIDE),
    "cell in column XFD": (xlsx_with(sheet_with("A1", "XFD2")), limits.TOO_WIDE),
    "four million and more cells": (xlsx_with(sheet_with("A1", "IV200000")), limits.TOO_WIDE),
    "ODS row repeated a million times": (
        ods(
            '<table:table-row table:number-rows-repeated="1000000"><table:table-cell office:value-type="string"/></table:table-row>'
        ),
        limits.TOO_WIDE,
    ),
}


@pytest.mark.parametrize("cause", BAD_FILES)
def test_a_file_that_cannot_be_read_says_why(cause):
    content, sentence = BAD_FILES[cause]

    with pytest.raises(Refused) as refusal:
        read_sheets(content)

    assert str(refusal.value) == sentence


def test_a_million_formatted_rows_without_content_do_no_harm():
    blank = "".join(f'<row r="{row}"><c r="A{row}" s="0"/></row>' for row in range(3, 300_000))
    xml = sheet_with("A1").replace("</sheetData>", f"{blank}</sheetData>")

    sheets = read_sheets(xlsx_with(xml))

    assert [list(row) for row in sheets[0].rows] == [["x"]]


@pytest.mark.parametrize(
    ("cell", "is_read"),
    [
        ('<c r="A2" t="inlineStr"><is><t>abc r="ZZZ9"&gt;x</t></is></c>', True),
        ('<c s="0" r="ZZZ2"><v>1</v></c>', False),
        ('<x:c\nt="n" r="A300000"><v>1</v></x:c>', False),
        ('<c r="ZZZ2" s="0"></c>', True),
    ],
)
def test_only_filled_cells_make_a_sheet_wide_or_long(cell, is_read):
    xml = sheet_with("A1").replace("</sheetData>", f'<row r="2">{cell}</row></sheetData>')

    if is_read:
        limits.refuse_unreadable(xlsx_with(xml))
    else:
        with pytest.raises(Refused, match="quá rộng"):
            limits.refuse_unreadable(xlsx_with(xml))


def test_values_are_plain_and_empty_cells_are_none():
    rows = [["chữ", 3, 2.5, None, "=1+1", time(19, 30), date(1970, 1, 2)]]

    sheet = read_sheets(workbook(rows))[0]

    assert list(sheet.rows[0]) == ["chữ", 3, 2.5, None, None, time(19, 30), date(1970, 1, 2)]


def test_merged_ranges_are_known():
    sheet = read_sheets(workbook([["a", None], [None, "b"]], merge=["A1:A2"]))[0]

    assert list(sheet.merges) == [Merge(top=0, left=0, bottom=1, right=0)]


ERRORS = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
FORMATS = {
    "xlsx": workbook,
    "xls": old_workbook,
    "xls, typed in": partial(old_workbook, is_typed=True),
    "ods": open_document,
}


@pytest.mark.parametrize("kind", FORMATS)
def test_an_error_stands_in_its_cell(kind):
    rows = [["a", None, *ERRORS], [1, "b", *[None] * 7], [None, *ERRORS, "c"]]

    sheet = read_sheets(FORMATS[kind](rows))[0]

    assert [list(row) for row in sheet.rows] == rows


def test_an_error_that_is_repeated_in_an_open_document_stands_in_all_its_cells():
    one = open_document([["a", "#REF!", "b"]])
    cell = '<table:table-cell table:formula="of:=A1"'
    many = changed(one, "content.xml", cell, f'{cell} table:number-columns-repeated="2"')
    twice = changed(
        many, "content.xml", "<table:table-row>", '<table:table-row table:number-rows-repeated="2">'
    )

    sheet = read_sheets(twice)[0]

    assert [list(row) for row in sheet.rows] == [["a", "#REF!", "#REF!", "b"]] * 2


def test_what_looks_like_an_error_in_an_open_document_is_one_only_in_a_formula():
    sheet = read_sheets(open_document([["x"], ["Err:508"], ["#REF! là lỗi"]]))[0]

    assert [list(row) for row in sheet.rows] == [["x"], ["Err:508"], ["#REF! là lỗi"]]


def test_an_old_workbook_whose_sectors_lead_in_a_circle_is_given_up():
    content = bytearray(old_workbook([["a", "#N/A"]]))
    content[512 + 4 * 2 : 512 + 4 * 3] = (2).to_bytes(4, "little")

    assert [dict(errors) for errors in errors_by_sheet(bytes(content))] == [{(0, 1): "#N/A"}]
    assert errors_by_sheet(bytes(content[:600])) == []


@pytest.mark.parametrize(
    ("row", "column", "shown"), [(9, 6, "G10"), (0, 25, "Z1"), (0, 26, "AA1"), (4, 701, "ZZ5")]
)
def test_addresses_are_those_of_the_spreadsheet(row, column, shown):
    assert address(row, column) == shown


def test_a_list_is_written_so_that_nothing_in_it_is_a_formula():
    dangerous = ["=cmd|' /C calc'!A0", "+84912345678", "-nt-", "@SUM(A1)", "an toàn"]

    content = list_workbook(
        "Danh sách", ["DANH SÁCH CÁN BỘ"], [Column("Họ và tên", 30)], [[text] for text in dangerous]
    )

    page = load_workbook(io.BytesIO(content)).active
    cells = [page.cell(row, 1) for row in range(4, 9)]
    assert [(cell.value, cell.data_type) for cell in cells] == [(text, "s") for text in dangerous]
    assert [cell.quotePrefix for cell in cells] == [True, True, True, True, False]
    assert page.freeze_panes == "A4"
