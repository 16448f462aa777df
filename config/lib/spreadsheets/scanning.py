"""What the reader of workbooks does not tell: cells that hold an error ("#REF!"), and which rows are hidden."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from itertools import islice
from typing import Final, NamedTuple

from config.lib.spreadsheets import ods_errors, xls_errors
from config.lib.spreadsheets.error_words import Place
from config.lib.spreadsheets.limits import BEGINNING, ZIP, chunks, column_number

ERROR_CELL: Final = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>(?:<(?:\w+:)?f\b[^>]*?(?:/>|>[^<]{0,400}</(?:\w+:)?f>))?'
    rb"<(?:\w+:)?v>(#[A-Z0-9/?!]{1,12})<"
)
# Of a row that is hidden by hand, by a filter or in a closed group; who writes rows without numbers hides none.
HIDDEN_ROW: Final = re.compile(
    rb'row\s(?<=[<:]row.)([^<>]*?\bhidden="(?:1|true)"[^<>]*)>', re.DOTALL
)
ROW_NUMBER: Final = re.compile(rb'\br="(\d{1,7})"')
SHEET: Final = re.compile(r"<(?:\w+:)?sheet\s([^>]*)>")
RELATION: Final = re.compile(r"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE: Final = re.compile(r'([\w:]+)="([^"]*)"')
MOST_ERRORS: Final = 10_000


class Scan(NamedTuple):
    """Of one sheet: (row, column) → the error, and the rows that are hidden, all from 0."""

    errors: Mapping[Place, str]
    hidden: frozenset[int] = frozenset()


NOTHING: Final = Scan({})


def scan(content: bytes, names: Sequence[str]) -> Mapping[str, Scan]:
    """Sheet → what was found in it, of a workbook with sheets of these `names`.

    Hidden rows are looked for only where that is cheap, in the XML of Excel.
    """
    if not content.startswith(ZIP):
        found = zip(names, xls_errors.errors_by_sheet(content), strict=False)
        return {name: Scan(dict(islice(errors, MOST_ERRORS))) for name, errors in found}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = set(archive.namelist())
        if "content.xml" in members:
            by_name = ods_errors.errors_by_name(archive, MOST_ERRORS)
            return {name: Scan(errors) for name, errors in by_name.items()}
        return {
            name: scanned(archive, member)
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


def scanned(archive: zipfile.ZipFile, member: str) -> Scan:
    errors: dict[Place, str] = {}
    hidden: set[int] = set()
    for chunk in chunks(archive, member):
        if len(errors) < MOST_ERRORS and b't="e"' in chunk:
            errors.update(islice(errors_in(chunk), MOST_ERRORS - len(errors)))
        if b'hidden="' in chunk:
            hidden.update(hidden_in(chunk))
    return Scan(errors, frozenset(hidden))


def errors_in(chunk: bytes) -> Iterator[tuple[Place, str]]:
    for letters, row, error in ERROR_CELL.findall(chunk):
        yield (int(row) - 1, column_number(letters) - 1), error.decode()


def hidden_in(chunk: bytes) -> Iterator[int]:
    for inside in HIDDEN_ROW.findall(chunk):
        if number := ROW_NUMBER.search(inside):
            yield int(number[1]) - 1
