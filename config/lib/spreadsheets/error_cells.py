"""Cells that hold one of Excel's errors ("#REF!"): the reader of workbooks gives nothing for them."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Final

from config.lib.spreadsheets import ods_errors, xls_errors
from config.lib.spreadsheets.error_words import Place
from config.lib.spreadsheets.limits import BEGINNING, ZIP, chunks, column_number

ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]{0,400}</(?:\w+:)?f>))?'
    rb"<(?:\w+:)?v>(#[A-Z0-9/?!]{1,12})<"
)
SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
MOST_ERRORS: Final = 10_000


def error_cells(content: bytes, names: Sequence[str]) -> Mapping[str, Mapping[Place, str]]:
    """Sheet → (row, column) from 0 → the error, of a workbook with sheets of these `names`."""
    if not content.startswith(ZIP):
        found = zip(names, xls_errors.errors_by_sheet(content), strict=False)
        return {name: dict(islice(errors, MOST_ERRORS)) for name, errors in found}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = set(archive.namelist())
        if "content.xml" in members:
            return ods_errors.errors_by_name(archive, MOST_ERRORS)
        return {
            name: dict(islice(errors_in(archive, member), MOST_ERRORS))
            for name, member in sheet_members(archive, members)
            if member in members
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
        text = part.read(BEGINNING).decode("utf-8", errors="replace")
    return [
        {name: unescape(value) for name, value in ATTRIBUTE.findall(inside)}
        for inside in pattern.findall(text)
    ]


def errors_in(archive: zipfile.ZipFile, member: str) -> Iterator[tuple[Place, str]]:
    for chunk in chunks(archive, member):
        if b't="e"' not in chunk:
            continue
        for letters, row, error in ERROR_CELL.findall(chunk):
            yield (int(row) - 1, column_number(letters) - 1), error.decode()
