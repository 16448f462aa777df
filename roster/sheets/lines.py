"""The rows of a list below its header: what is a person or a branch, and what only stands around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from config.lib.spreadsheets.reading import Cell, Sheet
from config.lib.text import fold, nfc
from roster.sheets import parts, values
from roster.sheets.headers import Header
from roster.sheets.parts import Mark, Part, is_filled
from roster.sheets.vocabulary import FIELDS

LONGEST_DITTO: Final = 12
PLAIN: Final = frozenset(
    "0123456789+ABCDEFGHIJKLMOPQRSTUVWXYZĐabcdefghijklmopqrstuvwxyzđ"
)  # begin no ditto mark
KEYS: Final = (
    "name", "full_name", "given_name", "branch", "committee", "name_title_agency", "name_title",
)  # fmt: skip
MOST_AROUND: Final = 200
LONGEST_AROUND: Final = 60
SPARSE: Final = 3


class Layout:
    """Where the fields of a list stand: `places` maps each to its cells in a line, in the order of `columns`.

    `shown` says where to show each field, if that is the same in every line.
    """

    def __init__(self, header: Header) -> None:
        fields = {column: name for name, columns in header.columns.items() for column in columns}
        fills = {field.name: field.fill for field in FIELDS[header.kind]}
        self.columns = list(fields)
        self.fills = [fills.get(name, "") for name in fields.values()]
        self.places: dict[str, list[int]] = {}
        for place, name in enumerate(fields.values()):
            self.places.setdefault(name, []).append(place)
        self.keys = [place for place, name in enumerate(fields.values()) if name in KEYS]
        self.number = header.column("number")
        are_single = len(self.places) == len(fields)
        self.shown = {name: column for column, name in fields.items()} if are_single else {}


@dataclass(slots=True)
class Line:
    """One row of the list: its cells in the order of the layout, before they are understood."""

    row: int
    group: str | None
    cells: Sequence[Cell]
    layout: Layout
    place: str | None = None

    def has(self, name: str) -> bool:
        return name in self.layout.places

    def cell(self, name: str) -> Cell:
        """The first filled cell of the field."""
        for place in self.layout.places.get(name, ()):
            if (value := self.cells[place]) is not None:
                return value
        return None

    def words(self, name: str) -> str | None:
        """All filled cells of the field, joined."""
        places = self.layout.places.get(name, ())
        if len(places) == 1:
            value = self.cells[places[0]]
            return None if value is None else nfc(str(value)) or None
        if not places:
            return None
        texts = [nfc(str(self.cells[place])) for place in places if self.cells[place] is not None]
        return ", ".join(text for text in texts if text) or None

    @property
    def columns(self) -> Mapping[str, int]:
        """Where to show a problem with each field: the column of its filled cell, else its first."""
        return self.layout.shown or {
            name: self.layout.columns[
                next((place for place in places if self.cells[place] is not None), places[0])
            ]
            for name, places in self.layout.places.items()
        }


@dataclass(frozen=True)
class Around:
    """A row that was not taken for one of the list: a clerk may want to look at it."""

    row: int
    text: str
    part: Part

    def facts(self) -> dict[str, Any]:
        return {"row": self.row, "text": self.text, "part": self.part.value}


class Body:
    """Reads the list downwards and remembers what the rows above said.

    `around` keeps the first rows that are not of the list, with what they were taken for.
    """

    def __init__(self, sheet: Sheet, header: Header) -> None:
        self.sheet, self.header = sheet, header
        self.layout = Layout(header)
        self.captions = [
            [fold(str(cell)) for cell in sheet.rows[row]]
            for row in range(header.first, header.last + 1)
        ]
        self.merged = merged_values(sheet, header)
        self.above: Sequence[Cell] = [None] * len(self.layout.columns)
        self.group: str | None = None
        self.place: tuple[str, Mark] | None = None
        self.header_ends = header.last
        self.has_ended = self.is_signed = False
        self.around: list[Around] = []

    def lines(self) -> Iterator[Line]:
        """The rows that hold a person or a branch, ditto marks and merged cells already filled in."""
        for index in range(self.header.last + 1, len(self.sheet.rows)):
            if line := self.line(index):
                yield line
            self.sheet.rows[index] = ()  # what it means takes enough room

    def line(self, index: int) -> Line | None:
        row = self.with_merged(index) if self.merged else self.sheet.rows[index]
        cells = self.filled(row)
        if not self.is_plain(row, cells, index):
            if not any(map(is_filled, self.sheet.rows[index])):
                return None
            part = self.part(row, cells, index)
            if part is not Part.DATA:
                self.pass_by(row, index, part)
                return None
        self.above = cells
        return Line(
            index + 1, self.group, cells, self.layout, self.place[0] if self.place else None
        )

    def is_plain(self, row: Sequence[Cell], cells: Sequence[Cell], index: int) -> bool:
        """Whether it has a number and a name, as most rows: then it is one of the list."""
        number = self.layout.number
        return (
            number is not None
            and number < len(row)
            and type(row[number]) is int
            and index != self.header_ends + 1
            and self.continues(cells)
        )

    def pass_by(self, row: Sequence[Cell], index: int, part: Part) -> None:
        """Remember what a row that is not of the list says about those below it."""
        texts = [value for value in row if is_filled(value)]
        if part is Part.GROUP:
            self.open_group(texts)
        self.is_signed = self.is_signed or part is Part.END
        self.has_ended = self.is_signed or self.has_ended or part is Part.TOTAL
        if len(self.around) < MOST_AROUND:
            words = " | ".join(nfc(str(text)) for text in texts)
            self.around.append(Around(index + 1, words[:LONGEST_AROUND], part))

    def open_group(self, texts: Sequence[Cell]) -> None:
        """A heading that names a commune holds until another one of its own rank."""
        group = parts.heading(texts)
        self.group = group.words or None
        if values.unit_words(group.words).startswith((*values.PLACES, *values.COMMITTEES)):
            self.place = group.words, group.mark
        elif self.place and self.place[1] == group.mark:
            self.place = None

    def with_merged(self, index: int) -> list[Cell]:
        """The row, with the values of merged ranges where the field takes them."""
        row = list(self.sheet.rows[index])
        for column, fill in zip(self.layout.columns, self.layout.fills, strict=True):
            if column < len(row) and row[column] is None and fill:
                row[column] = self.merged.get((index, column))
        return row

    def filled(self, row: Sequence[Cell]) -> list[Cell]:
        """The cells of the fields, with what the row above says where they say so."""
        width = len(row)
        values = [row[column] if column < width else None for column in self.layout.columns]
        return [
            value
            if (value[:1] in PLAIN if isinstance(value, str) else value is not None)
            else self.meant(value, place)
            for place, value in enumerate(values)
        ]

    def meant(self, value: Cell, place: int) -> Cell:
        if is_ditto(value) or (not is_filled(value) and self.layout.fills[place] == "blank"):
            return self.above[place]
        return value if is_filled(value) else None

    def part(self, row: Sequence[Cell], cells: Sequence[Cell], index: int) -> Part:
        texts = [value for value in row if is_filled(value)]
        number = self.number(row)
        if not texts or (texts == [number] and parts.is_bare_mark(number)):
            return Part.ASIDE
        if isinstance(number, int):
            return Part.FURNITURE if self.is_furniture(texts, index) else Part.DATA
        if self.repeats_header(row, index) or self.is_furniture(texts, index):
            return Part.FURNITURE
        if parts.is_group(texts):
            return Part.GROUP
        return self.closing(row, texts) or self.unnumbered(cells, texts)

    def repeats_header(self, row: Sequence[Cell], index: int) -> bool:
        """Offices repeat the captions at the top of each printed page."""
        for captions in self.captions:
            pairs = [
                (fold(str(value)), caption)
                for value, caption in zip(row, captions, strict=False)
                if is_filled(value)
            ]
            if len(pairs) > 1 and all(one == other for one, other in pairs):
                self.header_ends = index
                return True
        return False

    def is_furniture(self, texts: Sequence[Cell], index: int) -> bool:
        if len(texts) == 1:
            return bool(parts.PAGE_MARK.fullmatch(fold(str(texts[0]))))
        return index == self.header_ends + 1 and parts.is_column_numbers(texts)

    def closing(self, row: Sequence[Cell], texts: Sequence[Cell]) -> Part | None:
        """A total or a signature: never judged by what stands beside the name of a person or a branch."""
        columns = [self.layout.columns[place] for place in self.layout.keys]
        keys = [row[column] for column in columns if column < len(row)]
        key = next(filter(is_filled, keys), None)
        if parts.is_total(texts[:1] if key is None else [texts[0], key]):
            return Part.TOTAL
        is_end = parts.is_signature(texts if key is None else [texts[0], key][-len(texts) :])
        return Part.END if is_end else None

    def unnumbered(self, cells: Sequence[Cell], texts: Sequence[Cell]) -> Part:
        is_numbered = self.layout.number is not None
        if len(texts) == 1:
            stands_alone = not is_numbered and not self.has_ended and self.continues(cells)
            return Part.DATA if stands_alone and parts.is_key_alone(texts[0]) else Part.GROUP
        if parts.is_column_numbers(texts):
            return Part.FURNITURE
        is_sparse = len(texts) < SPARSE
        is_past = self.is_signed or (
            self.has_ended and (is_numbered or not parts.is_key_alone(texts[0]))
        )
        return Part.ASIDE if is_sparse and (is_past or not self.continues(cells)) else Part.DATA

    def continues(self, cells: Sequence[Cell]) -> bool:
        """Whether the row has, or takes from a merged range, what makes it one of the list."""
        return any(cells[place] is not None for place in self.layout.keys)

    def number(self, row: Sequence[Cell]) -> Cell:
        column = self.layout.number
        value = row[column] if column is not None and column < len(row) else None
        if isinstance(value, str) and re.fullmatch(r"\s*\d+\s*\.?\s*", value):
            return int(value.strip(" ."))
        return value


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


def is_ditto(value: Cell) -> bool:
    """`-nt-`, `//`, `″`, `như trên`; a lone dash means nothing."""
    if not isinstance(value, str) or len(value) > LONGEST_DITTO or value[:1] in PLAIN:
        return False
    if re.sub(r"[\s.\-–]", "", fold(value)) in {"nt", "nhutren"}:
        return True
    marks = re.sub(r"[\s.\-–]", "", value)
    return bool(marks) and re.fullmatch(r"[\"″”“〃]+|/{2,}|''+|’’+", marks) is not None
