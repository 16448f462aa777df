"""Months and reporting periods. A month is the date of its first day everywhere in the program."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from config.lib.errors import Refused

QUARTER, YEAR = 3, 12
YEARS = range(1900, 2200)  # so that there is always a month before and after
PERIOD = re.compile(r"(?P<year>\d{4})(-(?P<part>\d{2}|Q[1-4]|H[12]))?")


def month_of(day: date) -> date:
    return day.replace(day=1)


def add_months(month: date, count: int) -> date:
    """The first day of the month `count` months after (before, if negative) `month`."""
    index = month.year * 12 + month.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def last_day(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def days_of(month: date) -> list[date]:
    return [month.replace(day=day) for day in range(1, last_day(month).day + 1)]


def day_in(month: date, day: int) -> date:
    """Day `day` of the month; 31 means the last where the month is shorter."""
    return month.replace(day=min(day, last_day(month).day))


def parse_month(text: str) -> date:
    """`"2026-12"` → 2026-12-01; raises Refused with the sentence otherwise."""
    try:
        month = date.fromisoformat(f"{text}-01")
    except ValueError:
        month = date.min
    if month.year not in YEARS:
        raise Refused(f"“{text}” không phải là tháng. Viết như 2026-12.")
    return month


def month_code(month: date) -> str:
    return f"{month:%Y-%m}"


@dataclass(frozen=True, order=True)
class Period:
    """A month, quarter, half-year or year: both days inclusive."""

    starts_on: date
    ends_on: date

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `2026-11`, `2026-Q4`, `2026-H1` or `2026`; Refused otherwise."""
        match = PERIOD.fullmatch(text)
        if not match or int(match["year"]) not in YEARS:
            raise Refused(
                f"“{text}” không phải là kỳ báo cáo. Viết như 2026-11, 2026-Q4, 2026-H1, 2026."
            )
        year, part = int(match["year"]), match["part"] or ""
        if part.isdigit():
            return cls.of_month(parse_month(text))
        length = {"Q": 3, "H": 6, "": 12}[part[:1]]
        first = date(year, (int(part[1:] or 1) - 1) * length + 1, 1)
        return cls(first, last_day(add_months(first, length - 1)))

    @classmethod
    def of_month(cls, month: date) -> "Period":
        return cls(month_of(month), last_day(month))

    @property
    def months(self) -> list[date]:
        first = month_of(self.starts_on)
        count = (self.ends_on.year - first.year) * 12 + self.ends_on.month - first.month + 1
        return [add_months(first, index) for index in range(count)]

    @property
    def code(self) -> str:
        number, year = len(self.months), self.starts_on.year
        if number == 1:
            return month_code(self.starts_on)
        if number == YEAR:
            return str(year)
        return (
            f"{year}-{'Q' if number == QUARTER else 'H'}{(self.starts_on.month - 1) // number + 1}"
        )

    @property
    def label(self) -> str:
        """`tháng 11 năm 2026`, `quý IV năm 2026`, `6 tháng đầu năm 2026`, `năm 2026`."""
        number, year = len(self.months), self.starts_on.year
        if number == 1:
            return f"tháng {self.starts_on.month} năm {year}"
        if number == YEAR:
            return f"năm {year}"
        if number == QUARTER:
            return f"quý {('I', 'II', 'III', 'IV')[(self.starts_on.month - 1) // 3]} năm {year}"
        return f"6 tháng {'đầu' if self.starts_on.month == 1 else 'cuối'} năm {year}"

    def previous(self) -> "Period":
        number = len(self.months)
        return Period(
            add_months(month_of(self.starts_on), -number), self.starts_on - timedelta(days=1)
        )
