"""Cells that hold one of Excel's errors ("#REF!"): the reader of workbooks gives nothing for them."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final

from config.lib.spreadsheets.limits import CHUNK, ZIP, chunks, column_number

ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]{0,400}</(?:\w+:)?f>))?'
    rb"<(?:\w+:)?v>(#[A-Z0-9/?!]{1,12})<"
)
SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
MOST_ERRORS: Final = 10_000

Place = tuple[int, int]


def error_cells(content: bytes) -> Mapping[str, Mapping[Place, str]]:
    """Sheet → (row, column) from 0 → the error. Only .xlsx and .xlsm say which cells are errors."""
    if not content.startswith(ZIP):
        return {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = set(archive.namelist())
        return {
            name: errors
            for name, member in sheet_members(archive, members)
            if member in members and (errors := dict(errors_in(archive, member)))
        }


def sheet_members(archive: zipfile.ZipFile, members: set[str]) -> Iterator[tuple[str, str]]:
    relations = "xl/_rels/workbook.xml.rels"
    if not {relations, "xl/workbook.xml"} <= members:
        return
    targets = {
        one.get("Id", ""): one.get("Target", "") for one in elements(archive, relations, RELATION)
    }
    for one in elements(archive, "xl/workbook.xml", SHEET):
        target = targets.get(one.get("r:id", ""), "")
        yield one.get("name", ""), posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")


def elements(
    archive: zipfile.ZipFile, member: str, pattern: re.Pattern[str]
) -> list[dict[str, str]]:
    """The attributes of each such element near the beginning of the part."""
    with archive.open(member) as part:
        text = part.read(CHUNK).decode("utf-8", errors="replace")
    return [
        {name: unescape(value) for name, value in ATTRIBUTE.findall(inside)}
        for inside in pattern.findall(text)
    ]


def errors_in(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[Place, str]]:
    found = 0
    for chunk in chunks(archive, member):
        if b't="e"' not in chunk:
            continue
        for letters, row, error in ERROR_CELL.findall(chunk):
            found += 1
            if found > MOST_ERRORS:
                return
            yield (int(row) - 1, column_number(letters) - 1), error.decode()
