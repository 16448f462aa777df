"""A roster as read from a file: what it lists, of which day, and each row with its values and problems."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final, Self

from config.lib.errors import Refused, refuse_if
from config.lib.secrecy import why_not_type
from config.lib.spreadsheets.limits import NOTHING_WRITTEN, sheets_left_out
from config.lib.spreadsheets.reading import Sheet, read_sheets
from roster.sheets.choices import NONE, Choices, with_corrections
from roster.sheets.headers import Header, find_header, header_chosen, with_columns
from roster.sheets.lines import Around, Body
from roster.sheets.rows import Row, read_rows
from roster.sheets.titles import Title, read_title
from roster.sheets.vocabulary import FIELDS
from roster.states import RosterKind

MUCH_BETTER: Final = 3
ROWS_LOOKED_AT: Final = 60
EXAMPLES: Final = 3
LONGEST_SHOWN: Final = 60


@dataclass(frozen=True)
class Roster:
    """A list as its file has it, before it is compared with what we know.

    `conversion` says so if its text came in an encoding of old; `sheets` are the names of all
    visible sheets, `top` the first cells of each column below its caption, for whoever looks at the columns;
    `around` are the rows between and below that are none of the list; `left_out` are hidden sheets.
    """

    kind: RosterKind
    sheet: str
    title: Title
    header: Header
    rows: Sequence[Row]
    conversion: str = ""
    sheets: Sequence[str] = ()
    top: Mapping[int, Sequence[str]] = field(default_factory=dict)
    choices: Choices = NONE
    around: Sequence[Around] = ()
    left_out: Sequence[str] = ()

    @property
    def hidden(self) -> list[str]:
        """Sentences on what the file hides: sheets that were not read, and rows of the list that were."""
        rows = sum(row.is_hidden for row in self.rows)
        return [*filter(None, (sheets_left_out(self.left_out), hidden_rows(rows)))]


@dataclass(frozen=True)
class Listing:
    """A list that was found on a sheet of a file, before its rows are read."""

    sheet: Sheet
    header: Header
    title: Title
    sheets: Sequence[str]
    choices: Choices = NONE

    def with_columns(self, columns: Mapping[int, str]) -> Self:
        """With some columns meaning what a person said once, where that differs."""
        header = with_columns(self.header, columns)
        if header == self.header:
            return self
        return replace(self, header=header, choices=replace(self.choices, columns=columns))


def read_roster(content: bytes, kind: RosterKind, today: date, choices: Choices = NONE) -> Roster:
    """The list of `kind` in the file; Refused with a sentence if there is none."""
    return read_list(find_list(read_sheets(content), kind, choices), today)


def find_list(sheets: Sequence[Sheet], kind: RosterKind, choices: Choices = NONE) -> Listing:
    """The list on the chosen sheet, else on the first that has one."""
    for sheet in sheets_chosen(sheets, choices):
        if header := header_of(sheet, kind, choices):
            if not choices.sheet and not choices.header:
                refuse_other_kind(sheet, header)
            refuse_if(why_not_type(words_above(sheet, header)))
            corrected = with_corrections(sheet, choices.cells)
            return Listing(
                corrected,
                with_columns(header, choices.columns),
                read_title(corrected.rows[: header.first]),
                [one.name for one in sheets],
                choices,
            )
    raise Refused(no_header(sheets, kind))


def header_of(sheet: Sheet, kind: RosterKind, choices: Choices) -> Header | None:
    if choices.header:
        return header_chosen(sheet, kind, choices.header)
    return find_header(sheet, kind)


def sheets_chosen(sheets: Sequence[Sheet], choices: Choices) -> Sequence[Sheet]:
    return [sheet for sheet in sheets if sheet.name == choices.sheet] or sheets


def read_list(found: Listing, today: date) -> Roster:
    """The rows of the list; the sheet lets go of each as it is read, so it can be read only once."""
    sheet, header, title = found.sheet, found.header, found.title
    body = Body(sheet, header)
    read = read_rows(body, title.day or today)
    first = next(read, None)
    if first is None:
        raise Refused(
            f"Trang “{sheet.name}” có tiêu đề bảng nhưng không có dòng nào; {NOTHING_WRITTEN}"
        )
    top = top_of(sheet, header, first.row - 1)
    return Roster(
        kind=header.kind,
        sheet=sheet.name,
        title=title,
        header=header,
        rows=[first, *read],
        conversion=sheet.conversion,
        sheets=found.sheets,
        top=top,
        choices=found.choices,
        around=body.around,
        left_out=sheet.left_out,
    )


def hidden_rows(count: int) -> str:
    if not count:
        return ""
    shown = f"{count:,}".replace(",", ".")
    return (
        f"{shown} dòng của danh sách bị ẩn trong tệp (do lọc hoặc ẩn dòng) vẫn được đọc, có ghi “dòng ẩn trong tệp” ở từng dòng. "
        "Nếu không muốn nhập, xóa các dòng ấy trong tệp rồi chọn lại."
    )


def top_of(sheet: Sheet, header: Header, first: int) -> Mapping[int, Sequence[str]]:
    """The first filled cells of each column, from the list's first row on."""
    return {
        column: [
            str(row[column])[:LONGEST_SHOWN]
            for row in sheet.rows[first : first + ROWS_LOOKED_AT]
            if column < len(row) and row[column] is not None
        ][:EXAMPLES]
        for column in header.captions
    }


def words_above(sheet: Sheet, header: Header) -> str:
    cells = [cell for row in sheet.rows[: header.first] for cell in row]
    return " ".join(cell for cell in cells if isinstance(cell, str))


def guess_kind(content: bytes) -> RosterKind | None:
    """What the file most probably lists."""
    found = (header for sheet in read_sheets(content) if (header := best_header(sheet)))
    return next((header.kind for header in found), None)


def best_header(sheet: Sheet) -> Header | None:
    headers = [header for kind in reversed(RosterKind) if (header := find_header(sheet, kind))]
    return max(headers, key=lambda header: len(header.columns), default=None)


def refuse_other_kind(sheet: Sheet, header: Header) -> None:
    best = best_header(sheet) or header
    assigns = (
        "phan cong" in read_title(sheet.rows[: best.first]).words
        and best.kind == RosterKind.ASSIGNMENTS
    )
    if best.kind != header.kind and (
        assigns or len(best.columns) >= len(header.columns) + MUCH_BETTER
    ):
        raise Refused(other_kind(best.kind, header.kind))


def other_kind(found: RosterKind, wanted: RosterKind) -> str:
    return f"Đây là danh sách {found.label.lower()}, không phải danh sách {wanted.label.lower()}; {NOTHING_WRITTEN}"


def no_header(sheets: Sequence[Sheet], kind: RosterKind) -> str:
    left_out = sheets_left_out(sheets[0].left_out)
    for sheet in sheets:
        if best := best_header(sheet):
            return other_kind(best.kind, kind)
    wanted = {one.name: one.label for one in FIELDS[kind]}
    needed = {
        RosterKind.BRANCHES: ("name", "secretary_name", "meeting_day"),
        RosterKind.OFFICIALS: ("full_name", "title", "agency"),
        RosterKind.ASSIGNMENTS: ("full_name", "branch", "commune"),
    }[kind]
    captions = ", ".join(f"“{wanted[name]}”" for name in needed)
    sentence = f"Không tìm thấy dòng tiêu đề bảng trong 30 dòng đầu (cần các cột như {captions}): ghi số dòng tiêu đề ở ô “Dòng tiêu đề bảng” rồi khớp cột; {NOTHING_WRITTEN}"
    return f"{sentence} {left_out}" if left_out else sentence
