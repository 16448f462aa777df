"""Days, years and hours as offices write them. A ValueError carries the sentence for the page."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final

from config.lib.spreadsheets.reading import Cell
from config.lib.text import fold, nfc

OLDEST_BIRTH: Final = 1920
YOUNGEST: Final = 18
LAST_HOUR: Final = 23
CENTURY: Final = 100
PIVOT: Final = 30
EXCEL_DAY_ONE: Final = date(1899, 12, 30)
EXCEL_DAYS: Final = range(3654, 54789)  # 1910 to 2049

PLAIN_DAY: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
DAY: Final = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
DAY_IN_WORDS: Final = re.compile(r"ngay (\d{1,2}) thang (\d{1,2}) nam (\d{4})")
MONTH: Final = re.compile(r"(?:thang )?(?<!\d)(\d{1,2})\s*(?:[/.\-]|nam)\s*(\d{4})(?!\d)")
YEAR: Final = re.compile(r"(?<!\d)(\d{4})(?!\d)")
HOUR: Final = re.compile(
    r"(?<!\d)(\d{1,2})\s*(?:h|g|gio|:)(?![a-z])\s*(?:(\d{1,2})\s*(?:phut|p|')?)?(?!\d)(?:\s*(?:00)?\s*(sang|trua|chieu|toi))?"
)

DOTTED_HOUR: Final = re.compile(r"\s*(\d{1,2})[.,](\d{2})()\s*")


def calendar_day(day: int, month: int, year: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"Không có ngày {day:02d}/{month:02d}/{year}.") from None


def days_in(text: str) -> list[date]:
    """Every day that a text names, in its order."""
    words = fold(text)
    found = [*DAY.finditer(words), *DAY_IN_WORDS.finditer(words)]
    return [
        calendar_day(int(match[1]), int(match[2]), full_year(match[3]))
        for match in sorted(found, key=lambda match: match.start())
    ]


def full_year(digits: str) -> int:
    year = int(digits)
    if year >= CENTURY:
        return year
    return year + (2000 if year < PIVOT else 1900)


def birth(raw: Cell, today: date) -> str | None:
    """An ISO date, or a bare year where the list has no more."""
    if raw is None or not nfc(str(raw)).strip("-–/ "):
        return None
    born = born_on(raw)
    year = born if isinstance(born, int) else born.year
    if not OLDEST_BIRTH <= year <= today.year - YOUNGEST:
        raise ValueError(f"Năm sinh {year} không thể đúng với một cán bộ.")
    return str(born) if isinstance(born, int) else born.isoformat()


def born_on(raw: Cell) -> date | int:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    if isinstance(raw, int) and raw in EXCEL_DAYS:
        return EXCEL_DAY_ONE + timedelta(days=raw)
    if isinstance(raw, str) and (plain := PLAIN_DAY.fullmatch(raw)):
        return calendar_day(int(plain[1]), int(plain[2]), int(plain[3]))
    text = nfc(str(raw))
    if days := days_in(text):
        return days[0]
    if match := MONTH.search(fold(text)) or YEAR.search(text):
        return int(match[match.lastindex or 0])
    raise ValueError(f"Không hiểu ngày sinh “{text}”. Viết như 20/10/1979 hoặc 1979.")


def hour(raw: Cell) -> str | None:
    """The (first) hour that a cell names, as HH:MM; None if it names none."""
    if isinstance(raw, datetime | time):
        return f"{raw:%H:%M}"
    if isinstance(raw, timedelta):
        return clock(*divmod(int(raw.total_seconds()) // 60, 60))
    if isinstance(raw, int | float):
        return hour_of_number(raw)
    words = fold(str(raw or ""))
    match = DOTTED_HOUR.fullmatch(words) or HOUR.search(words)
    if not match:
        return None
    hours, minutes = int(match[1]), int(match[2] or 0)
    in_the_afternoon = match[3] in {"chieu", "toi"} and hours < 12  # noqa: PLR2004 - noon
    return clock(hours + 12 * in_the_afternoon, minutes)


def is_only_hour(text: str) -> bool:
    """Whether the text, in a column of hours, says nothing else: "19", "19h30"."""
    return not re.search(r"[a-z0-9]", without_hours(text)) or bool(
        re.fullmatch(r"\s*\d{1,2}(?:[.,]\d{1,2})?\s*", text)
    )


def hour_of_number(number: float) -> str:
    """19 is 19:00; 19.3 is what Excel makes of "19.30"; a fraction of a day is a time cell without its format."""
    if 0 < number < 1:
        return clock(*divmod(round(number * 24 * 60), 60))
    hours, minutes = divmod(round(number * 100), 100)
    return clock(hours, minutes)


def clock(hours: int, minutes: int) -> str:
    if hours > LAST_HOUR or minutes >= 60:  # noqa: PLR2004 - minutes
        raise ValueError(f"Không có giờ {hours}:{minutes:02d}.")
    return f"{hours:02d}:{minutes:02d}"


def without_hours(text: str) -> str:
    return HOUR.sub(" ", fold(text))
