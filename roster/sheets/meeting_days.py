"""The fixed day of a branch as offices write it: "Ngày 3", "mùng 3", "19h30 ngày 3 hằng tháng", "Chủ nhật tuần đầu"."""

import re
from datetime import date, datetime, time, timedelta
from typing import Final, NamedTuple

from config.lib.spreadsheets.reading import Cell
from config.lib.text import nfc
from roster.sheets import dates

LAST: Final = 31
DIGIT_WORDS: Final = {
    "mot": 1, "hai": 2, "ba": 3, "bon": 4, "tu": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10,
}  # fmt: skip
WEEKDAY_NAMES: Final = ("thứ 2", "thứ 3", "thứ 4", "thứ 5", "thứ 6", "thứ 7", "chủ nhật")
WEEK_NAMES: Final = {1: "tuần 1", 2: "tuần 2", 3: "tuần 3", 4: "tuần 4", -1: "tuần cuối"}
WEEK_WORDS: Final = {
    "dau": 1, "thu nhat": 1, "nhat": 1, "1": 1, "hai": 2, "2": 2, "ba": 3, "3": 3, "tu": 4, "4": 4, "cuoi": -1,
}  # fmt: skip

WEEKDAY: Final = re.compile(r"\b(?:thu (hai|ba|tu|nam|sau|bay|[2-7])|(chu nhat|cn))\b")
WEEK: Final = re.compile(r"\b(?:tuan )?(?:thu )?(dau|nhat|hai|ba|tu|cuoi|[1-4])\b")
LUNAR: Final = re.compile(r"\b(am lich|al|ram)\b")
LAST_DAY: Final = re.compile(r"ngay cuoi( cung)?( cua| trong)? thang|^cuoi thang")
NUMBERS: Final = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
WORD_DAY: Final = re.compile(r"\b(?:mung|mong|ngay) (" + "|".join(DIGIT_WORDS) + r")\b")
KNOWN_WORDS: Final = re.compile(
    r"\b(ngay|mung|mong|hang|moi|thang|cac|vao|luc|tu|den|buoi|sang|trua|chieu|toi|sinh hoat|dinh ky|co dinh|cua|trong|duong lich|phut)\b"
)


class WeekdayRule(NamedTuple):
    """`Chủ nhật tuần đầu`: weekday 0 is Monday, week -1 is the last of the month."""

    weekday: int
    week: int

    def __str__(self) -> str:
        return f"{WEEKDAY_NAMES[self.weekday]} {WEEK_NAMES[self.week]}"


def meeting_day(raw: Cell) -> int | str | None:
    """1 to 31 (31 is the last day of any month), or a weekday rule in words ("chủ nhật tuần 1")."""
    if raw is None or isinstance(raw, time | timedelta):
        return None
    if isinstance(raw, datetime | date):
        return raw.day
    text = nfc(str(raw))
    if len(days := dates.days_in(text)) == 1:
        return days[0].day
    words = re.sub(r"[,;()]", " ", dates.without_hours(text))
    if LUNAR.search(words):
        raise ValueError(
            f"“{text}” theo âm lịch: ghi ngày dương lịch cố định, hoặc dời lịch từng tháng."
        )
    if rule := weekday_rule(words):
        return str(rule)
    return fixed_day(words, text)


def fixed_day(words: str, text: str) -> int | None:
    if LAST_DAY.search(words):
        return LAST
    if match := WORD_DAY.search(words):
        return DIGIT_WORDS[match[1]]
    numbers = [int(number) for number in NUMBERS.findall(words)]
    rest = re.sub(r"[\s.\-–]", "", NUMBERS.sub("", KNOWN_WORDS.sub("", words)))
    if not numbers and not rest:
        return None
    if rest or len(numbers) != 1 or not 1 <= numbers[0] <= LAST:
        raise ValueError(f"Không hiểu ngày họp “{text}”. Viết như: 3, hoặc Ngày 3, 19h30.")
    return numbers[0]


def weekday_rule(words: str) -> WeekdayRule | None:
    match = WEEKDAY.search(words)
    if not match:
        return None
    weekday = (
        6 if match[2] else (int(match[1]) if match[1].isdigit() else DIGIT_WORDS[match[1]]) - 2
    )
    week = WEEK.search(words.replace(match[0], " ", 1))
    if not week:
        raise ValueError("Ghi rõ tuần nào trong tháng, như: chủ nhật tuần đầu.")
    return WeekdayRule(weekday, WEEK_WORDS[week[1]])


def parse_rule(text: str) -> WeekdayRule:
    """The rule whose words `meeting_day` gave."""
    for weekday, name in enumerate(WEEKDAY_NAMES):
        for week, word in WEEK_NAMES.items():
            if text == f"{name} {word}":
                return WeekdayRule(weekday, week)
    raise ValueError(f"Không hiểu ngày họp “{text}”.")


def hour_of(day: Cell, hour: Cell) -> str | None:
    """The hour from its own cell, or from the one that holds day and hour."""
    if hour is None:
        timed = isinstance(day, str) or (isinstance(day, datetime) and day.time() != time(0))
        return dates.hour(day) if timed else None
    if isinstance(hour, str) and day is not None and hour.strip().isdigit():
        hour = int(hour)  # in a column of its own "19" is 19:00
    found = dates.hour(hour)
    if found is None and not names_a_day(hour):
        raise ValueError(f"Không hiểu giờ họp “{nfc(str(hour))}”. Viết như 19h30.")
    return found


def names_a_day(hour: Cell) -> bool:
    """Whether a column called "Thời gian" holds the day alone: "Ngày 3 hằng tháng"."""
    return isinstance(hour, str) and not dates.is_only_hour(hour) and meeting_day(hour) is not None
