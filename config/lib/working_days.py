"""Working days of Vietnam: Monday to Friday without public holidays (package `holidays`)."""

from datetime import date, timedelta
from functools import lru_cache

import holidays

SATURDAY = 5


@lru_cache(maxsize=64)
def holidays_of(year: int) -> dict[date, str]:
    """Public holidays of one year, day → Vietnamese name."""
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


def is_working_day(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays_of(day.year)


def add_working_days(day: date, count: int) -> date:
    """The working day `count` working days after `day` (`day` itself is not counted)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 if `end` is not later."""
    span = (end - start).days
    return sum(is_working_day(start + timedelta(days=index + 1)) for index in range(max(span, 0)))
