"""Who could go in somebody's place: those who are free on the meetings' days and near, first.

A pure function of the rows: who declined an offer is left out for that request, and is neither first nor last for
the next one (R5, R6).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.utils.module_loading import import_string

from assignments.distance import km_between
from assignments.listing import by_load, communes_of, rules_of, with_load
from assignments.models import Assignment, Substitution
from config.lib.months import add_months, day_in, last_day, month_of
from roster.models import MeetingRule, Official, Unit, User

SHOWN: Final = 12
LOOKED_AT: Final = 200
WEEK: Final = 7
OPEN_END: Final = timedelta(days=62)
"""How far ahead a request without a last day is looked at."""


@dataclass(frozen=True)
class Candidate:
    """An official who may go; `busy` names the own meeting on such a day; `km` from the seat, or from where one goes anyway."""

    official: Official
    load: int
    busy: str
    km: float | None


def candidates(substitution: Substitution, user: User, words: str = "") -> list[Candidate]:
    """Officials the user knows, neither absent nor standing in elsewhere; free ones first, then the near, then by load."""
    first = substitution.starts_on
    free = able(substitution, user).matching(words)
    loaded = with_load(free, Assignment.objects.in_force(first)).select_related("agency")
    found = [*by_load(loaded)[:LOOKED_AT]]
    own = own_places(found, first)
    busy = busy_on(substitution, own)
    near = distances(substitution.assignment.unit, found, own)
    rows = [
        Candidate(one, getattr(one, "load", 0), busy.get(one.pk, ""), near.get(one.pk))
        for one in found
    ]
    return sorted(rows, key=lambda row: (bool(row.busy), inf if row.km is None else row.km))[:SHOWN]


def able(substitution: Substitution, user: User) -> Any:
    """Officials who may go on all of these days, whether or not a meeting of their own is in the way."""
    first, last = substitution.starts_on, substitution.ends_on
    assignment = substitution.assignment
    away = Q(absences__starts_on__lte=last or date.max) & (
        Q(absences__ends_on=None) | Q(absences__ends_on__gte=first)
    )
    elsewhere = Substitution.objects.open().overlapping(first, last).exclude(pk=substitution.pk)
    return (
        Official.objects.visible_to(user)
        .filter(is_active=True)
        .exclude(pk__in=[assignment.official_id, substitution.absent.pk])
        .exclude(pk__in=Official.objects.filter(away).values("pk"))
        .exclude(pk__in=elsewhere.exclude(substitute=None).values("substitute"))
        .exclude(pk__in=elsewhere.values("assignment__official"))
        .exclude(pk__in=substitution.refusals.values("official"))
        .exclude(assignments__unit=assignment.unit_id, assignments__in_force=True)
        .exclude(own_branch=assignment.unit_id)
    )


def own_places(officials: Sequence[Official], day: date) -> Mapping[int, list[Unit]]:
    """Where each goes anyway."""
    own = Assignment.objects.in_force(day).filter(official__in=officials).select_related("unit")
    found: dict[int, list[Unit]] = defaultdict(list)
    for row in own:
        found[row.official_id].append(row.unit)
    return found


def busy_on(substitution: Substitution, own: Mapping[int, Sequence[Unit]]) -> dict[int, str]:
    """For those whose own unit meets on a day of the meetings in question: its name. Three queries."""
    unit = substitution.assignment.unit
    first, last = substitution.starts_on, last_looked_at(substitution)
    places = {place.pk: place for row in own.values() for place in row}
    days = meeting_days([unit, *places.values()], first, last)
    wanted = days[unit.pk] or frozenset([first])
    return {
        official: place.committee_name
        for official, row in own.items()
        for place in row
        if days[place.pk] & wanted
    }


def last_looked_at(substitution: Substitution) -> date:
    far = substitution.starts_on + OPEN_END
    return min(substitution.ends_on or far, far)


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


def distances(
    unit: Unit, officials: Sequence[Official], own: Mapping[int, Sequence[Unit]]
) -> Mapping[int, float]:
    """Kilometres from the seat of the agency; where that is not on record, from the nearest commune one goes to anyway."""
    near = [one.agency for one in officials] + [place for row in own.values() for place in row]
    communes = communes_of([unit, *near])
    target = communes.get(unit.pk, unit)
    found = {}
    for one in officials:
        seats = [communes.get(one.agency_id, one.agency)]
        seats = (
            seats
            if seats[0].lat is not None
            else [communes.get(p.pk, p) for p in own.get(one.pk, [])]
        )
        known = [km for seat in seats if (km := km_between(seat, target)) is not None]
        if known:
            found[one.pk] = min(known)
    return found


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
