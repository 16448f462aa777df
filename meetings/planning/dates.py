"""Days that no rule names alone: of a commune without a rule, and around Tết, holidays and weekends."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Final

from config.lib.months import days_of, last_day
from config.lib.working_days import SATURDAY, holidays_of, is_working_day
from meetings.states import DayOff
from roster.models import Policy
from roster.states import PolicyKey

DEFAULT_HOUR: Final = time(19, 30)  # a branch without an hour
DEFAULT_OFFICE_HOUR: Final = time(8, 0)  # a committee without a rule
DAY_OFF_KEYS: Final = (PolicyKey.ON_TET, PolicyKey.ON_HOLIDAY, PolicyKey.ON_WEEKEND)
TET: Final = "Tết"  # as the package `holidays` writes it: "Mùng hai Tết Nguyên Đán", "29 Tết"
NEW_YEAR: Final = "Tết Dương lịch"


def default_enlarged_day(month: date) -> date:
    """The last working day of the month, when committees usually look back on it."""
    day = last_day(month)
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


@dataclass(frozen=True)
class Shift:
    """Where the policies put a meeting whose rule names a day; `asks`: the branch is to say."""

    to: date
    asks: bool = False


def shifts_of(month: date) -> dict[date, Shift]:
    """Each day of the month → where a meeting of that day is put, by the policies in force on it. One query.

    A meeting never leaves its month: where no day on the wanted side is left, the other side is
    taken; without any, the day stays and the branch is asked.
    """
    policies = list(Policy.objects.filter(key__in=DAY_OFF_KEYS))
    treated = {day: treatment(day, policies) for day in days_of(month)}
    free = [day for day, how in treated.items() if how == DayOff.KEEP]
    return {day: shift(day, how, free) for day, how in treated.items()}


def treatment(day: date, policies: Iterable[Policy]) -> DayOff:
    key = why_off(day)
    values = (row.value for row in policies if row.key == key and row.is_on(day))
    return DayOff(next(values, DayOff.KEEP)) if key else DayOff.KEEP


def why_off(day: date) -> PolicyKey | None:
    """Which policy looks after the day. A day of Tết is no mere holiday, a holiday no mere weekend."""
    name = holidays_of(day.year).get(day, "")
    if TET in name and NEW_YEAR not in name:
        return PolicyKey.ON_TET
    if name:
        return PolicyKey.ON_HOLIDAY
    return PolicyKey.ON_WEEKEND if day.weekday() >= SATURDAY else None


def shift(day: date, how: DayOff, free: Sequence[date]) -> Shift:
    if how == DayOff.KEEP:
        return Shift(day)
    if how == DayOff.ASK:
        return Shift(day, asks=True)
    before = [one for one in free if one < day][-1:]
    after = [one for one in free if one > day][:1]
    found = before + after if how == DayOff.BEFORE else after + before
    return Shift(found[0]) if found else Shift(day, asks=True)
