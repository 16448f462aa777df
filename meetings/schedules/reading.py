"""The rows of a schedule: from a list in a spreadsheet or from an iCalendar file. No query."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice
from typing import Any, Final

from config.lib.errors import Refused
from config.lib.spreadsheets.reading import Cell, Sheet, column_letters, read_sheets
from config.lib.text import fold
from meetings.schedules import repeating
from roster.sheets import values
from roster.sheets.dates import days_in, hour
from roster.sheets.rows import Problem
from roster.states import MeetingKind

DEEPEST: Final = 15
MOST_ROWS: Final = 2_000
TOO_MANY: Final = f"Tệp có hơn {f'{MOST_ROWS:,}'.replace(',', '.')} cuộc họp. Chia nhỏ: xuất lịch từng xã, phường hoặc từng quý rồi nhập lần lượt."
TOP: Final = 3  # first cells of a column, shown to who points at it
NEEDED: Final = frozenset({"branch", "date"})
LABELS: Final = {
    "branch": "Chi bộ",
    "commune": "Xã, phường",
    "date": "Ngày họp",
    "time": "Giờ",
    "place": "Địa điểm",
    "kind": "Loại sinh hoạt",
    "status": "Trạng thái",
}
CAPTIONS: Final = {
    "time": re.compile(r"^gio\b|gio hop|gio bat dau"),
    "date": re.compile(r"\bngay\b|thoi gian"),
    "branch": re.compile(r"chi bo|to chuc dang"),
    "commune": re.compile(r"\b(xa|phuong|dang bo|dang uy)\b"),
    "place": re.compile(r"dia diem|noi hop"),
    "kind": re.compile(r"loai|hinh thuc|noi dung"),
    "status": re.compile(r"trang thai|tinh trang"),
}
BRANCH_IN_TITLE: Final = re.compile(r"(chi bộ|cb) .*", re.IGNORECASE)
OFF: Final = ("khong hop", "huy", "cancelled")


@dataclass
class ScheduleRow:
    """One meeting of the file; `cells` says where each value stands."""

    row: int
    values: dict[str, str | None]
    cells: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def complain(self, name: str, sentence: str) -> None:
        self.problems.append(Problem(self.row, self.cells.get(name, f"A{self.row}"), sentence))


@dataclass(frozen=True)
class Schedule:
    """`columns`: each captioned column of a list, and what it is taken for; an .ics file has none."""

    sheet: str
    rows: Sequence[ScheduleRow]
    columns: Sequence[dict[str, Any]] = ()


@dataclass(frozen=True)
class Head:
    """Where a sheet's captions stand."""

    sheet: Sheet
    row: int
    columns: Mapping[str, int]


def read_schedule(
    content: bytes, *, today: date, chosen: Mapping[int, str] | None = None
) -> Schedule:
    """The meetings that the file names; `chosen` says what a person took its columns for.

    Without a column of branches and one of days there are columns and no rows. Refused with a
    sentence when the file cannot be read.
    """
    if content.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCALENDAR"):
        return Schedule("", few_enough(read_calendar(content, today)))
    head = find_head(read_sheets(content))
    columns = {name: column for column, name in chosen.items() if name} if chosen else head.columns
    rows = read_list(head.sheet, head.row + 1, columns) if columns.keys() >= NEEDED else ()
    return Schedule(head.sheet.name, few_enough(rows), columns_shown(head, columns))


def find_head(sheets: Sequence[Sheet]) -> Head:
    """The first row with both captions that are needed; else the fullest row at the top, for a person to match."""
    heads = [
        Head(sheet, index, columns_of(cells))
        for sheet in sheets
        for index, cells in enumerate(sheet.rows[:DEEPEST])
    ]
    fit = (head for head in heads if head.columns.keys() >= NEEDED)
    return next(fit, None) or max(heads, key=lambda head: len(captions_of(head)))


def captions_of(head: Head) -> dict[int, str]:
    cells = enumerate(head.sheet.rows[head.row])
    return {column: " ".join(cell.split()) for column, cell in cells if isinstance(cell, str)}


def columns_shown(head: Head, columns: Mapping[str, int]) -> list[dict[str, Any]]:
    meaning = {column: name for name, column in columns.items()}
    below = range(head.row + 1, len(head.sheet.rows))
    return [
        {
            "column": column,
            "letter": column_letters(column),
            "caption": caption,
            "field": meaning.get(column, ""),
            "top": [
                str(cell) for index in below[:TOP] if (cell := cell_at(head.sheet, index, column))
            ],
        }
        for column, caption in captions_of(head).items()
        if caption
    ]


def few_enough(rows: Iterable[ScheduleRow]) -> list[ScheduleRow]:
    found = list(islice(rows, MOST_ROWS + 1))  # no more is read of a file that is refused
    if len(found) > MOST_ROWS:
        raise Refused(TOO_MANY)
    return found


def columns_of(cells: Sequence[Cell]) -> dict[str, int]:
    """Caption → column; a caption counts for the first meaning that fits, a meaning for its first column."""
    found: dict[str, int] = {}
    for column, cell in enumerate(cells):
        words = fold(str(cell or ""))
        name = next((name for name, one in CAPTIONS.items() if one.search(words)), None)
        if name and name not in found:
            found[name] = column
    return found


def read_list(sheet: Sheet, first: int, columns: Mapping[str, int]) -> Iterator[ScheduleRow]:
    commune: str | None = None
    for index in range(first, len(sheet.rows)):
        raw = {name: cell_at(sheet, index, column) for name, column in columns.items()}
        if raw["branch"] is None or raw["date"] is None:
            group = next((cell for cell in sheet.rows[index] if isinstance(cell, str)), "")
            commune = place_in(group) or commune
            continue
        cells = {name: f"{column_letters(column)}{index + 1}" for name, column in columns.items()}
        row = understood(index + 1, raw, cells)
        row.values["commune"] = commune = row.values["commune"] or commune
        yield row


def cell_at(sheet: Sheet, index: int, column: int) -> Cell:
    cells = sheet.rows[index]
    value = cells[column] if column < len(cells) else None
    return None if isinstance(value, str) and not value.strip() else value


def place_in(words: str) -> str | None:
    """A row that only names the commune of the rows below it: "I. XÃ QUANG THIỆN"."""
    match = re.search(r"(xã|phường|thị trấn|đảng ủy|đảng bộ)\s.+", words, re.IGNORECASE)
    return values.commune(match[0]) if match else None


def understood(number: int, raw: Mapping[str, Any], cells: Mapping[str, str]) -> ScheduleRow:
    branch, inside = values.branch_and_commune(str(raw["branch"]).strip())
    kind = fold(str(raw.get("kind") or ""))
    off = fold(str(raw.get("status") or ""))
    row = ScheduleRow(
        number,
        {
            "commune": values.commune(raw.get("commune") or inside),
            "branch": values.branch(branch),
            "date": None,
            "time": None,
            "place": str(raw["place"]).strip()[:200] if raw.get("place") else None,
            "kind": (MeetingKind.THEMATIC if "chuyen de" in kind else MeetingKind.REGULAR).value,
            "status": "cancelled" if any(word in off for word in OFF) else "planned",
        },
        cells,
    )
    for name, read in (("date", day_of), ("time", hour_in)):
        try:
            row.values[name] = read(raw)
        except ValueError as problem:
            row.complain(name, str(problem))
    return row


def day_of(raw: Mapping[str, Any]) -> str:
    cell = raw["date"]
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if days := days_in(str(cell)):
        return days[0].isoformat()
    raise ValueError(f"“{cell}”: không hiểu ngày họp này. Viết như 03/12/2026.")


def hour_in(raw: Mapping[str, Any]) -> str | None:
    """Of its own column, or beside the day; a bare date says nothing of the hour."""
    if raw.get("time") is not None:
        return hour(raw["time"])
    cell = raw["date"]
    if isinstance(cell, datetime):
        return None if (cell.hour, cell.minute) == (0, 0) else f"{cell:%H:%M}"
    return hour(cell) if isinstance(cell, str) else None


def read_calendar(content: bytes, today: date) -> Iterator[ScheduleRow]:
    for number, (event, start) in enumerate(repeating.occurrences(content, today), start=1):
        title = str(event.get("summary") or "")
        match = BRANCH_IN_TITLE.search(title)
        cells = {"branch": "SUMMARY", "date": "DTSTART", "place": "LOCATION"}
        raw = {
            "branch": match[0] if match else title,
            "date": start,
            "place": event.get("location"),
            "kind": title,
            "status": event.get("status"),
        }
        yield understood(number, raw, cells)
