"""Finding the header of a list by what its captions mean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import Final

from config.lib.spreadsheets.reading import Cell, Sheet, column_letters
from config.lib.text import fold, nfc
from roster.sheets.vocabulary import BESIDE, FIELDS, FOREIGN, KEY
from roster.states import RosterKind

DEEPEST: Final = 30
LONGEST_CAPTION: Final = 80
MOST_LINES: Final = 3
PART: Final = " / "
OTHER_PERSON: Final = re.compile(r"pho bi thu|chi uy|to truong|truong (thon|xom)")
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
    last = last_line(sheet, row)
    paths = caption_paths(sheet, row, last)
    columns: dict[str, list[int]] = {}
    is_beside_another = False
    for column, path in sorted(paths.items()):
        name = meaning(path, kind)
        words = fold(PART.join(path))
        is_others = is_beside_another and name == "secretary_phone" and "bi thu" not in words
        if name and not is_others:
            columns.setdefault(name, []).append(column)
        is_beside_another = name is None and bool(OTHER_PERSON.search(words))
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


def last_line(sheet: Sheet, row: int) -> int:
    """The header's last row: by ranges merged downwards, else by captions that stand only in the next row."""
    merges = [merge for merge in sheet.merges if merge.top == row]
    bottom = max((merge.bottom for merge in merges), default=row)
    return min(bottom, row + MOST_LINES - 1) if bottom > row else row + has_second_line(sheet, row)


def has_second_line(sheet: Sheet, row: int) -> bool:
    merges = [merge for merge in sheet.merges if merge.top == row]
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
    rows = [captions_in(sheet, row) for row in range(first, last + 1)]
    if len(rows) > 1 and not any(merge.top == first for merge in sheet.merges):
        rows[0] = carried_right(rows[0], rows[1])
    paths = {
        column: [part for part in parts if part]
        for column, parts in enumerate(zip_longest(*rows, fillvalue=""))
    }
    return {column: path for column, path in paths.items() if path}


def captions_in(sheet: Sheet, row: int) -> list[str]:
    """One line of the header; a caption that is merged to the right holds for every column under it."""
    found = [caption(cell) for cell in cells_of(sheet, row)]
    for merge in sheet.merges:
        if merge.top == row and merge.left < len(found):
            width = min(merge.right, len(found) - 1) + 1 - merge.left
            found[merge.left : merge.left + width] = [found[merge.left]] * width
    return found


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
