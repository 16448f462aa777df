"""The rows of a list below its header: what is a person or a branch, and what only stands around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from config.lib.spreadsheets.reading import Cell, Sheet
from config.lib.text import fold, nfc
from roster.sheets.headers import Header
from roster.sheets.vocabulary import FIELDS

GROUP_MARK: Final = re.compile(r"([ivxlc]+|[a-z])[.)\-]?")
GROUP_IN_ONE_CELL: Final = re.compile(r"^(?:[IVXLC]+|[A-Z])\s*[.)\-–:]\s*(?=\S)")
COLUMN_MARK: Final = re.compile(r"\(?(\d{1,2}|[a-h])\)?")
TOTAL: Final = re.compile(r"^(tong( cong| so)?|cong)\b|^danh sach (nay )?(co|gom)\b")
SIGNATURE: Final = re.compile(
    r"^(t/?m|k/?t|t/?l|noi nhan|nguoi (lap|tong hop)|(pho )?truong ban|(pho )?bi thu|(pho )?chanh van phong|(pho )?chu tich"
    r"|thu truong|xac nhan|ban thuong vu|thuong truc)\b|ngay .* thang .* nam"
)
MOST_GROUP_CELLS: Final = 3
LONGEST_DITTO: Final = 12
NO_DITTO: Final = re.compile(r"[a-mo-zA-MO-ZĐđ\d+]")  # begins like none of the marks


class Part(Enum):
    """What a row is."""

    DATA = auto()
    GROUP = auto()
    ASIDE = auto()
    END = auto()


@dataclass(frozen=True)
class Line:
    """One row of the list: its cells by field, before they are understood."""

    row: int
    group: str | None
    cells: Mapping[str, Sequence[tuple[Cell, int]]]

    def cell(self, name: str) -> Cell:
        """The first filled cell of the field."""
        return next((value for value, _ in self.cells.get(name, ()) if value is not None), None)

    def words(self, name: str) -> str | None:
        """All filled cells of the field, joined."""
        cells = self.cells.get(name, ())
        if len(cells) == 1:
            value = cells[0][0]
            return None if value is None else nfc(str(value)) or None
        texts = [nfc(str(value)) for value, _ in cells if value is not None]
        return ", ".join(text for text in texts if text) or None

    def column(self, name: str) -> int:
        """Where to show a problem with the field: the column of its filled cell, else its first."""
        cells = self.cells[name]
        return next((column for value, column in cells if value is not None), cells[0][1])


def lines(sheet: Sheet, header: Header) -> Iterator[Line]:
    """The rows that hold a person or a branch, ditto marks and merged cells already filled in."""
    body = Body(sheet, header)
    for index in range(header.last + 1, len(sheet.rows)):
        if line := body.line(index):
            yield line


class Body:
    """Reads the list downwards and remembers what the rows above said."""

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet, self.header = sheet, header
        self.fills = {field.name: field.fill for field in FIELDS[header.kind]}
        self.fields = {
            column: name for name, columns in header.columns.items() for column in columns
        }
        self.merged = merged_values(sheet, header)
        self.above: dict[int, Cell] = {}
        self.group: str | None = None
        self.has_ended = False

    def line(self, index: int) -> Line | None:
        row = self.with_merged(index)
        part = self.part(row, index) if any(map(is_filled, self.sheet.rows[index])) else Part.ASIDE
        if part is Part.GROUP:
            self.group = group_text(row)
        self.has_ended = self.has_ended or part is Part.END
        if part is not Part.DATA:
            return None
        cells: dict[str, list[tuple[Cell, int]]] = {}
        for column, name in self.fields.items():
            value = self.filled(row, column, name)
            self.above[column] = value
            cells.setdefault(name, []).append((value, column))
        return Line(index + 1, self.group, cells)

    def with_merged(self, index: int) -> list[Cell]:
        """The row, with the values of merged ranges where the field takes them."""
        row = list(self.sheet.rows[index])
        for column, name in self.fields.items():
            if column < len(row) and row[column] is None and self.fills.get(name):
                row[column] = self.merged.get((index, column))
        return row

    def filled(self, row: Sequence[Cell], column: int, name: str) -> Cell:
        value = row[column] if column < len(row) else None
        if is_ditto(value) or (not is_filled(value) and self.fills.get(name) == "blank"):
            return self.above.get(column)
        return value if is_filled(value) else None

    def part(self, row: Sequence[Cell], index: int) -> Part:
        texts = [value for value in row if is_filled(value)]
        number = self.number(row)
        if not texts or texts == [number]:
            return Part.ASIDE
        if isinstance(number, int):
            return (
                Part.ASIDE
                if index == self.header.last + 1 and is_column_numbers(texts)
                else Part.DATA
            )
        if is_group(texts):
            return Part.GROUP
        if any(TOTAL.search(fold(str(text))) for text in texts[:2]) or is_signature(texts):
            return Part.END
        return self.unnumbered(row, texts)

    def unnumbered(self, row: Sequence[Cell], texts: Sequence[Cell]) -> Part:
        if len(texts) == 1:
            return Part.GROUP
        if is_column_numbers(texts):
            return Part.ASIDE
        is_sparse = len(texts) < MOST_GROUP_CELLS
        return (
            Part.ASIDE if is_sparse and (self.has_ended or not self.continues(row)) else Part.DATA
        )

    def continues(self, row: Sequence[Cell]) -> bool:
        """Whether the row has, or takes from a merged range, what makes it one of the list."""
        return any(
            self.filled(row, column, name) is not None
            for column, name in self.fields.items()
            if name in {"name", "full_name", "given_name", "branch", "committee"}
        )

    def number(self, row: Sequence[Cell]) -> Cell:
        column = self.header.column("number")
        value = row[column] if column is not None and column < len(row) else None
        if isinstance(value, str) and re.fullmatch(r"\s*\d+\s*\.?\s*", value):
            return int(value.strip(" ."))
        return value


def is_filled(value: Cell) -> bool:
    return value is not None and (not isinstance(value, str) or bool(value.strip()))


def is_group(texts: Sequence[Cell]) -> bool:
    """A heading with its mark in a cell of its own: "II", "Sở, ngành"."""
    mark = GROUP_MARK.fullmatch(fold(str(texts[0])))
    return bool(mark) and 1 < len(texts) <= MOST_GROUP_CELLS and isinstance(texts[1], str)


def is_signature(texts: Sequence[Cell]) -> bool:
    return len(texts) <= MOST_GROUP_CELLS and any(
        SIGNATURE.search(fold(str(text))) for text in texts
    )


def merged_values(sheet: Sheet, header: Header) -> dict[tuple[int, int], Cell]:
    """What the empty cells of ranges that were merged downwards mean."""
    return {
        (row, merge.left): sheet.rows[merge.top][merge.left]
        for merge in sheet.merges
        if merge.top > header.last
        and merge.bottom > merge.top
        and merge.left < len(sheet.rows[merge.top])
        for row in range(merge.top + 1, min(merge.bottom, len(sheet.rows) - 1) + 1)
    }


def group_text(row: Sequence[Cell]) -> str | None:
    texts = [nfc(str(value)) for value in row if is_filled(value)]
    words = texts[1] if len(texts) > 1 else texts[0]
    return GROUP_IN_ONE_CELL.sub("", words).strip(" .:;-") or None


def is_ditto(value: Cell) -> bool:
    """`-nt-`, `//`, `″`, `như trên`; a lone dash means nothing."""
    if not isinstance(value, str) or len(value) > LONGEST_DITTO or NO_DITTO.match(value):
        return False
    if re.sub(r"[\s.\-–]", "", fold(value)) in {"nt", "nhutren"}:
        return True
    marks = re.sub(r"[\s.\-–]", "", value)
    return bool(marks) and re.fullmatch(r"[\"″”“〃]+|/{2,}|''+|’’+", marks) is not None


def is_column_numbers(texts: Sequence[Cell]) -> bool:
    """A row under the header that numbers the columns: 1, 2, 3 … or (1), (2) …, with A and B before."""
    marks = [COLUMN_MARK.fullmatch(fold(str(text))) for text in texts]
    if len(texts) < MOST_GROUP_CELLS or not all(marks):
        return False
    numbers = [int(mark[1]) for mark in marks if mark and mark[1].isdigit()]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers))) if numbers else False
