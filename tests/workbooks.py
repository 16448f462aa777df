"""Spreadsheets for tests: made here, or the samples shipped with the program."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

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
