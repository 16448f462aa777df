"""The deadline of an answer: how it is counted, and how a page explains it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from config.lib.months import add_months, last_day, month_of
from config.lib.working_days import add_working_days, holidays_of, working_days_between
from roster.models import Policy
from roster.states import PolicyKey

WEEKEND: Final = 5
MONTHS_SHOWN: Final = 3


@dataclass(frozen=True)
class Term:
    """How long an authority has, by the rule in force on a day."""

    days: int
    in_working_days: bool
    basis: str
    since: date

    def ends_on(self, start: date) -> date:
        """The last day in time; `start` itself is not counted."""
        if self.in_working_days:
            return add_working_days(start, self.days)
        return start + timedelta(days=self.days)

    def __str__(self) -> str:
        return f"{self.days} ngày làm việc" if self.in_working_days else f"{self.days} ngày"


def term_on(day: date) -> Term:
    """The rule in force on `day`; a missing row is an error of the installation."""
    keys = (PolicyKey.ANSWER_DUE_DAYS, PolicyKey.ANSWER_IN_WORKING_DAYS)
    rows = {row.key: row for row in Policy.objects.on(day).filter(key__in=keys)}
    length, counting = (rows[key] for key in keys)
    return Term(length.value, bool(counting.value), length.basis, length.starts_on)


@dataclass(frozen=True)
class Day:
    """One square of the month grid."""

    number: int
    shape: str = ""
    label: str = ""


@dataclass(frozen=True)
class Month:
    """One month as weeks from Monday; None where the week lies in another month."""

    first: date
    weeks: list[list[Day | None]]


@dataclass(frozen=True)
class Explanation:
    """Why the deadline is what it is: the rule, the day it is counted from, and the days themselves."""

    due_on: date
    counted_from: date
    term: Term
    is_by_rule: bool
    answered_on: date | None
    months: list[Month]


def explain(due_on: date, counted_from: date, answered_on: date | None, term: Term) -> Explanation:
    """`term` is the rule that held on `counted_from`; another deadline than its own was set by hand."""
    last = max(due_on, answered_on or due_on)
    shown = Shown(counted_from, due_on, answered_on, term.in_working_days)
    return Explanation(
        due_on,
        counted_from,
        term,
        term.ends_on(counted_from) == due_on,
        answered_on,
        [shown.month(first) for first in months_between(counted_from, last)],
    )


def months_between(first: date, last: date) -> Iterator[date]:
    """First days of the months; of a long time only the last few."""
    month = max(month_of(first), add_months(month_of(last), 1 - MONTHS_SHOWN))
    while month <= last:
        yield month
        month = add_months(month, 1)


@dataclass(frozen=True)
class Shown:
    """What the squares of the grid have to say."""

    counted_from: date
    due_on: date
    answered_on: date | None
    in_working_days: bool

    def month(self, first: date) -> Month:
        free = holidays_of(first.year)
        days = [self.day(first.replace(day=n + 1), free) for n in range(last_day(first).day)]
        squares: list[Day | None] = [None] * first.weekday() + list(days)
        squares += [None] * (-len(squares) % 7)
        return Month(first, [squares[i : i + 7] for i in range(0, len(squares), 7)])

    def day(self, day: date, free: Mapping[date, str]) -> Day:
        if day == self.answered_on:
            return Day(day.day, "ans", "đã trả lời")
        if day == self.due_on:
            return Day(day.day, "due", "hạn trả lời")
        if self.in_working_days and day in free:
            return Day(day.day, "hol", f"ngày nghỉ: {free[day]}")
        if not self.counted_from < day <= self.due_on:
            return Day(day.day, "off")
        return Day(day.day, "off" if self.in_working_days and day.weekday() >= WEEKEND else "")


def days_late(due_on: date, today: date, *, in_working_days: bool) -> int:
    if in_working_days:
        return working_days_between(due_on, today)
    return max((today - due_on).days, 0)
