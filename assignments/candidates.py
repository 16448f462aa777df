"""Who could go in somebody's place: those who are free on the day first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from django.db.models import Q

from assignments.listing import by_load, rules_of, with_load
from assignments.models import Assignment, Substitution
from config.lib.months import day_in, last_day, month_of
from roster.models import MeetingRule, Official, User

SHOWN: Final = 12
LOOKED_AT: Final = 80
WEEK: Final = 7


@dataclass(frozen=True)
class Candidate:
    """An official who may go; `busy` names the own meeting on that day, if the fixed days say so."""

    official: Official
    load: int
    busy: str


def candidates(substitution: Substitution, user: User, words: str = "") -> list[Candidate]:
    """Officials the user knows, neither absent nor standing in elsewhere; free ones first, then by load.

    A meeting that was moved is not known here: who is chosen sees the clash in the own calendar.
    """
    first, last = substitution.starts_on, substitution.ends_on
    assignment = substitution.assignment
    away = Q(absences__starts_on__lte=last or date.max) & (
        Q(absences__ends_on=None) | Q(absences__ends_on__gte=first)
    )
    known = Official.objects.visible_to(user).filter(is_active=True).matching(words)
    gone = Official.objects.filter(away).values("pk")
    elsewhere = Substitution.objects.open().overlapping(first, last)
    free = (
        known.exclude(pk=assignment.official_id)
        .exclude(pk__in=gone)
        .exclude(pk__in=elsewhere.exclude(substitute=None).values("substitute"))
        .exclude(pk__in=elsewhere.values("assignment__official"))
        .exclude(assignments__unit=assignment.unit_id, assignments__in_force=True)
        .exclude(own_branch=assignment.unit_id)
    )
    loaded = with_load(free, Assignment.objects.in_force(first)).select_related("agency")
    found = [*by_load(loaded)[:LOOKED_AT]]
    busy = busy_on(found, first)
    rows = [Candidate(one, getattr(one, "load", 0), busy.get(one.pk, "")) for one in found]
    return sorted(rows, key=lambda row: bool(row.busy))[:SHOWN]


def busy_on(officials: Sequence[Official], day: date) -> dict[int, str]:
    """For those whose own branch meets on `day` by its fixed day: its name. Two queries."""
    own = Assignment.objects.in_force(day).filter(official__in=officials).select_related("unit")
    rules = rules_of([row.unit for row in own], day)
    return {
        row.official_id: row.unit.committee_name
        for row in own
        if row.unit_id in rules and falls_on(rules[row.unit_id], day)
    }


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
