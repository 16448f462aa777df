"""The three dates of a meeting's report (R20): due, late after, locked from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from config.lib.working_days import add_working_days
from roster.models import Policy
from roster.states import PolicyKey

KEYS: Final = (
    PolicyKey.REPORT_DUE_DAYS,
    PolicyKey.REPORT_LATE_DAYS,
    PolicyKey.REPORT_LOCK_DAYS,
    PolicyKey.REPORT_IN_WORKING_DAYS,
)


@dataclass(frozen=True)
class Deadlines:
    """Filed up to `late_after` a report is on time; from `locked_on` it can be filed no more."""

    due_on: date
    late_after: date
    locked_on: date


def deadlines_of(days: Iterable[date]) -> dict[date, Deadlines]:
    """For meetings held on these days, by the policies in force on each; without its policies a day is left out.

    One query. "Late" counts from the due day, the lock from the meeting; all in calendar days or all
    in working days, as the policy says. The lock always comes after "late".
    """
    policies = list(Policy.objects.filter(key__in=KEYS))
    found = {}
    for day in days:
        numbers = {PolicyKey(row.key): row.value for row in policies if row.is_on(day)}
        if len(numbers) == len(KEYS):
            found[day] = reckon(day, numbers)
    return found


def reckon(day: date, numbers: Mapping[PolicyKey, int]) -> Deadlines:
    after = add_working_days if numbers[PolicyKey.REPORT_IN_WORKING_DAYS] else add_days
    due_on = after(day, numbers[PolicyKey.REPORT_DUE_DAYS])
    late_after = after(due_on, numbers[PolicyKey.REPORT_LATE_DAYS])
    locked_on = after(day, numbers[PolicyKey.REPORT_LOCK_DAYS])
    return Deadlines(due_on, late_after, max(locked_on, add_days(late_after, 1)))


def add_days(day: date, count: int) -> date:
    return day + timedelta(days=count)
