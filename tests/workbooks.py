"""Spreadsheets for tests: made here, or the samples shipped with the program."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook

from config.lib.spreadsheets.error_words import OF_CODE

SAMPLES = Path(__file__).resolve().parent.parent / "roster" / "data" / "rosters"

BRANCH_HEAD = [
    "STT",
    "Xã",
    "Chi bộ",
    "Số đảng viên",
    "Bí thư",
    "Điện thoại",
    "Ngày họp",
    "Giờ",
    "Địa điểm",
    "Ghi chú",
]
OFFICIAL_HEAD = [
    "TT",
    "Họ và tên",
    "Ngày sinh",
    "Chức vụ",
    "Đơn vị công tác",
    "Điện thoại",
    "Email",
    "Ghi chú",
]
ASSIGNMENT_HEAD = [
    "TT",
    "Họ và tên",
    "Chức vụ, đơn vị công tác",
    "Dự sinh hoạt tại chi bộ",
    "Đảng bộ xã, phường",
]


def sample(name: str) -> bytes:
    return (SAMPLES / f"{name}.xlsx").read_bytes()


def workbook(
    rows: Iterable[Sequence[Any]], *, merge: Sequence[str] = (), sheet: str = "Danh sách"
) -> bytes:
    book = Workbook()
    page = book.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    for cells in merge:
        page.merge_cells(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def a_list(issuer: str, as_of: str, head: Sequence[str], *rows: Sequence[Any]) -> bytes:
    """A list as an office sends it: issuer, title, day, header in row 5, rows from 6 on."""
    return workbook([[issuer], ["DANH SÁCH"], [as_of], [], head, *rows])


def archive(**parts: bytes | str) -> bytes:
    """A ZIP file; `__` in a name stands for a slash, `_dot_` for a dot."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return buffer.getvalue()


def open_document(rows: Iterable[Sequence[Any]]) -> bytes:
    """The same as an OpenDocument spreadsheet (.ods)."""
    namespace = "urn:oasis:names:tc:opendocument:xmlns"
    lines = "".join(
        f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in rows
    )
    content = (
        f'<office:document-content xmlns:office="{namespace}:office:1.0" xmlns:table="{namespace}:table:1.0" '
        f'xmlns:text="{namespace}:text:1.0" office:version="1.2"><office:body><office:spreadsheet>'
        f'<table:table table:name="Danh sách">{lines}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    manifest = (
        f'<manifest:manifest xmlns:manifest="{namespace}:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mimetype}"/></manifest:manifest>'
    )
    parts = {
        "mimetype": mimetype,
        "content_dot_xml": content,
        "META-INF__manifest_dot_xml": manifest,
    }
    return archive(**parts)


def ods_cell(value: Any) -> str:
    if value is None:
        return "<table:table-cell/>"
    if value in OF_CODE.values():
        return f'<table:table-cell table:formula="of:=A1" office:value-type="string" office:string-value=""><text:p>{value}</text:p></table:table-cell>'
    if isinstance(value, int):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    return f'<table:table-cell office:value-type="string"><text:p>{escape(str(value))}</text:p></table:table-cell>'
