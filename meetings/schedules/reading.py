"""The rows of a schedule: from a list in a spreadsheet or from an iCalendar file. No query."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.utils import timezone
from icalendar import Calendar

from config.lib.errors import Refused
from config.lib.spreadsheets.reading import Cell, Sheet, read_sheets
from config.lib.text import fold
from roster.sheets import values
from roster.sheets.dates import days_in, hour
from roster.sheets.rows import Problem
from roster.states import MeetingKind

DEEPEST: Final = 15
MOST_ROWS: Final = 2_000
TOO_MANY: Final = f"Tệp có hơn {MOST_ROWS} cuộc họp. Xuất từng xã, phường rồi nhập từng tệp."
NO_HEADER: Final = (
    "Không thấy dòng tiêu đề có cột chi bộ và cột ngày họp trong 15 dòng đầu. Chưa có gì được ghi."
)
NOT_A_CALENDAR: Final = "Tệp .ics này không đọc được. Xuất lại từ chương trình lịch rồi chọn lại."
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
    sheet: str
    rows: Sequence[ScheduleRow]


def read_schedule(content: bytes) -> Schedule:
    """Refused with a sentence when nothing can be made of the file."""
    if content.lstrip(b"\xef\xbb\xbf\r\n ").upper().startswith(b"BEGIN:VCALENDAR"):
        return few_enough("", read_calendar(content))
    for sheet in read_sheets(content):
        for index, cells in enumerate(sheet.rows[:DEEPEST]):
            columns = columns_of(cells)
            if {"branch", "date"} <= columns.keys():
                return few_enough(sheet.name, read_list(sheet, index + 1, columns))
    raise Refused(NO_HEADER)


def few_enough(sheet: str, rows: Iterable[ScheduleRow]) -> Schedule:
    found = list(rows)
    if len(found) > MOST_ROWS:
        raise Refused(TOO_MANY)
    return Schedule(sheet, found)


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
        cells = {name: f"{letter(column)}{index + 1}" for name, column in columns.items()}
        row = understood(index + 1, raw, cells)
        row.values["commune"] = commune = row.values["commune"] or commune
        yield row


def cell_at(sheet: Sheet, index: int, column: int) -> Cell:
    cells = sheet.rows[index]
    value = cells[column] if column < len(cells) else None
    return None if isinstance(value, str) and not value.strip() else value


def letter(column: int) -> str:
    above, below = divmod(column, 26)
    return (chr(64 + above) if above else "") + chr(65 + below)


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


def read_calendar(content: bytes) -> Iterator[ScheduleRow]:
    try:
        events = Calendar.from_ical(content).walk("VEVENT")
    except (ValueError, IndexError, KeyError) as problem:
        raise Refused(NOT_A_CALENDAR) from problem
    for number, event in enumerate(events, start=1):
        title = str(event.get("summary") or "")
        match = BRANCH_IN_TITLE.search(title)
        cells = {"branch": "SUMMARY", "date": "DTSTART", "place": "LOCATION"}
        raw = {
            "branch": match[0] if match else title,
            "date": local(event),
            "place": event.get("location"),
            "kind": title,
            "status": event.get("status"),
        }
        yield understood(number, raw, cells)


def local(event: Any) -> date | datetime | str:
    start = event.decoded("dtstart", "")
    if isinstance(start, datetime) and start.tzinfo:
        return timezone.localtime(start).replace(tzinfo=None)
    return start if isinstance(start, date) else str(start)
