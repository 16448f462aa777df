"""Finding the header of a list by what its captions mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from config.lib.spreadsheets.reading import Cell, Sheet, column_letters
from config.lib.text import fold, nfc
from roster.sheets.vocabulary import BESIDE, FIELDS, FOREIGN, KEY
from roster.states import RosterKind

DEEPEST: Final = 30
LONGEST_CAPTION: Final = 80
PART: Final = " / "
SECOND_LINE: Final = re.compile(
    r"^(nam|nu|ngay|gio|dia diem|ho (va )?ten|so dien thoai|dien thoai|tong so|ten|chinh thuc|du bi)$"
)


@dataclass(frozen=True)
class Header:
    """Where the list begins and which columns hold what; `columns` may be corrected by a person."""

    kind: RosterKind
    first: int
    last: int
    columns: Mapping[str, Sequence[int]] = field(default_factory=dict)
    captions: Mapping[int, str] = field(default_factory=dict)

    @property
    def unknown(self) -> list[int]:
        """Columns with a caption that means nothing to us: shown and ignored."""
        known = {column for columns in self.columns.values() for column in columns}
        return [column for column in self.captions if column not in known]

    def column(self, name: str) -> int | None:
        return next(iter(self.columns.get(name, ())), None)


def with_columns(header: Header, chosen: Mapping[int, str]) -> Header:
    """The header with some columns given another meaning by a person ("" leaves one alone)."""
    names = {one.name for one in FIELDS[header.kind]}
    meaning_of = {
        column: name for name, columns in header.columns.items() for column in columns
    } | {column: name for column, name in chosen.items() if name in names or not name}
    columns: dict[str, list[int]] = {}
    for column in sorted(meaning_of):
        if name := meaning_of[column]:
            columns.setdefault(name, []).append(column)
    return replace(header, columns=columns)


def find_header(sheet: Sheet, kind: RosterKind) -> Header | None:
    """The header of a list of `kind` in the first 30 rows; None if there is none."""
    candidates = [
        candidate
        for row in range(min(DEEPEST, len(sheet.rows)))
        if (candidate := header_at(sheet, row, kind))
    ]
    return max(candidates, key=lambda header: (len(header.columns), -header.first), default=None)


def header_chosen(sheet: Sheet, kind: RosterKind, number: int) -> Header | None:
    """The header in the row that a person pointed at; each column has a caption, if only its letter."""
    row = number - 1
    if row >= len(sheet.rows):
        return None
    last, paths, columns = read_captions(sheet, row, kind)
    width = max(map(len, sheet.rows[row : row + DEEPEST]), default=0)
    captions = {
        column: PART.join(paths.get(column, ())) or f"Cột {column_letters(column)}"
        for column in range(width)
    }
    return Header(kind, row, last, columns, captions)


def header_at(sheet: Sheet, row: int, kind: RosterKind) -> Header | None:
    last, paths, columns = read_captions(sheet, row, kind)
    if not columns.keys() & KEY[kind] or not columns.keys() & BESIDE[kind]:
        return None
    return Header(
        kind, row, last, columns, {column: PART.join(path) for column, path in paths.items()}
    )


def read_captions(
    sheet: Sheet, row: int, kind: RosterKind
) -> tuple[int, dict[int, list[str]], dict[str, list[int]]]:
    """The header's last row, the captions of each column, and what the columns hold by them."""
    last = row + has_second_line(sheet, row)
    paths = caption_paths(sheet, row, last)
    columns: dict[str, list[int]] = {}
    for column, path in paths.items():
        if name := meaning(path, kind):
            columns.setdefault(name, []).append(column)
    return last, paths, columns


def meaning(path: Sequence[str], kind: RosterKind) -> str | None:
    folded = [re.sub(r"[^a-z0-9]+", " ", fold(part)).strip() for part in path]
    whole = PART.join(folded)
    if FOREIGN[kind].search(whole):
        return None
    for words in (folded[-1], whole):
        for one in FIELDS[kind]:
            if one.pattern.search(words):
                return one.name
    return None


def has_second_line(sheet: Sheet, row: int) -> bool:
    """Whether the next row belongs to the header: by merged ranges, else by captions that stand only there."""
    merges = [merge for merge in sheet.merges if merge.top == row]
    if any(merge.bottom > row for merge in merges):
        return True
    below = [caption(cell) for cell in cells_of(sheet, row + 1)]
    inside = [
        text
        for merge in merges
        for text in below[merge.left : merge.right + 1]
        if merge.right > merge.left
    ]
    if any(inside):
        return True
    texts = [re.sub(r"[^a-z]+", " ", fold(text)).strip() for text in below if text]
    return bool(texts) and all(SECOND_LINE.match(text) for text in texts)


def caption_paths(sheet: Sheet, first: int, last: int) -> dict[int, list[str]]:
    """Each column's captions from above to below; a merged caption holds for every column under it."""
    above = [caption(cell) for cell in cells_of(sheet, first)]
    for merge in sheet.merges:
        if merge.top == first and merge.left < len(above):
            above[merge.left : merge.right + 1] = [above[merge.left]] * (
                merge.right + 1 - merge.left
            )
    below = [caption(cell) for cell in cells_of(sheet, last)] if last > first else [""] * len(above)
    if not any(merge.top == first for merge in sheet.merges):
        above = carried_right(above, below)
    paths = {
        column: [part for part in (top, bottom) if part]
        for column, (top, bottom) in enumerate(zip(above, below, strict=False))
    }
    return {column: path for column, path in paths.items() if path}


def carried_right(above: list[str], below: list[str]) -> list[str]:
    """Without merge marks (ODS) a caption reaches over empty cells that have a caption under them."""
    carried, current = [], ""
    for top, bottom in zip(above, below, strict=False):
        current = top or (current if bottom else "")
        carried.append(current)
    return carried


def cells_of(sheet: Sheet, row: int) -> Sequence[Cell]:
    return sheet.rows[row] if row < len(sheet.rows) else ()


def caption(cell: Cell) -> str:
    text = nfc(cell) if isinstance(cell, str) else ""
    return text if len(text) <= LONGEST_CAPTION else ""
