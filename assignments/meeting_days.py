"""On which days units meet: as the calendar has it, else by their fixed day."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Final

from django.conf import settings
from django.utils.module_loading import import_string

from assignments.listing import rules_of
from config.lib.months import add_months, day_in, last_day, month_of
from roster.models import MeetingRule, Unit

WEEK: Final = 7


def meeting_days(units: Collection[Unit], first: date, last: date) -> Mapping[int, frozenset[date]]:
    """When each unit meets from `first` to `last`: as planned and moved, else by its fixed day."""
    planned = import_string(settings.MEETING_DAYS)({unit.pk for unit in units}, first, last)
    rules = rules_of(units, first)
    found: dict[int, frozenset[date]] = {}
    for unit in units:
        days = [
            day
            for month in months_between(first, last)
            for day in planned.get((unit.pk, month), by_rule(rules.get(unit.pk), month))
            if first <= day <= last
        ]
        found[unit.pk] = frozenset(days)
    return found


def months_between(first: date, last: date) -> list[date]:
    months = [month_of(first)]
    while (following := add_months(months[-1], 1)) <= last:
        months.append(following)
    return months


def by_rule(rule: MeetingRule | None, month: date) -> list[date]:
    if rule is None:
        return []
    days = (month + timedelta(days=ahead) for ahead in range(last_day(month).day))
    return [day for day in days if falls_on(rule, day)]


def falls_on(rule: MeetingRule, day: date) -> bool:
    """Whether the fixed day of a month is `day`."""
    month = month_of(day)
    if rule.day:
        return day_in(month, rule.day) == day
    if rule.weekday is None or rule.week is None:
        return False
    if rule.week < 0:
        return day.weekday() == rule.weekday and last_day(month) - day < timedelta(days=WEEK)
    return day.weekday() == rule.weekday and (day.day - 1) // WEEK + 1 == rule.week
