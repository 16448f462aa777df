"""Who could go in somebody's place: those who are free on the meetings' days and near, first.

A pure function of the rows: who declined an offer is left out for that request, and is neither first nor last for
the next one (R5, R6).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf
from typing import Final

from django.db.models import Q

from assignments import rules
from assignments.distance import Seats, km_between
from assignments.listing import by_load, with_load
from assignments.meeting_days import meeting_days
from assignments.models import Assignment, Substitution
from assignments.stays import stayed_longest
from roster.models import Official, Unit, User
from roster.querysets import OfficialQuerySet

SHOWN: Final = 12
LOOKED_AT: Final = 200
OPEN_END: Final = timedelta(days=62)
"""How far ahead a request without a last day is looked at."""


@dataclass(frozen=True)
class Candidate:
    """An official who may go: `load` places so far, `km` from the seat, `busy` the own place that meets on such a day."""

    official: Official
    load: int
    km: float | None
    busy: str
    has_stayed: bool

    @property
    def drawbacks(self) -> list[str]:
        """What speaks against it, in words; who has none is free."""
        found = [f"cùng ngày dự {self.busy}"] if self.busy else []
        if self.load >= self.official.capacity:
            found.append("đã đủ số nơi nhận")
        if self.has_stayed:
            found.append("đã dự nơi này đủ thời gian lâu nhất")
        return found

    @property
    def place_in_line(self) -> tuple[bool, int, float, int]:
        far = inf if self.km is None else self.km
        return bool(self.busy), len(self.drawbacks), far, self.load


def candidates(substitution: Substitution, user: User, words: str = "") -> list[Candidate]:
    """Whom the user may ask, those who are absent or stand in elsewhere left out: the free first, then the near, then by load."""
    able_ones = able(substitution, user).matching(words)
    loaded = with_load(able_ones, Assignment.objects.in_force(substitution.starts_on))
    found = [*by_load(loaded).select_related("agency")]
    km = distances(substitution, found)
    found.sort(key=lambda one: km.get(one.pk, inf))
    rows: list[Candidate] = []
    for batch in in_batches(found):
        rows += looked_at(substitution, batch, km)
        if sum(not row.drawbacks for row in rows) >= SHOWN:
            break
    return sorted(rows, key=lambda row: row.place_in_line)[:SHOWN]


def stranded(waiting: Iterable[Substitution], user: User) -> list[int]:
    """Requests (by primary key) for which the user has nobody to ask: the place stays uncovered (R7)."""
    return [one.pk for one in waiting if not is_anybody_free(one, user)]


def is_anybody_free(substitution: Substitution, user: User) -> bool:
    """Whether the user can ask anybody without a meeting of his or her own on those days."""
    found = [*by_load(with_load(able(substitution, user), Assignment.objects.none()))]
    return any(
        len(busy_on(substitution, own_places(batch, substitution.starts_on))) < len(batch)
        for batch in in_batches(found)
    )


def in_batches(found: Sequence[Official]) -> Iterator[Sequence[Official]]:
    return (found[first : first + LOOKED_AT] for first in range(0, len(found), LOOKED_AT))


def looked_at(
    substitution: Substitution, officials: Sequence[Official], km: Mapping[int, float]
) -> list[Candidate]:
    first = substitution.starts_on
    busy = busy_on(substitution, own_places(officials, first))
    stayed = stayed_longest(substitution.assignment.unit, first)
    return [
        Candidate(
            one, getattr(one, "load", 0), km.get(one.pk), busy.get(one.pk, ""), one.pk in stayed
        )
        for one in officials
    ]


def pool(substitution: Substitution, user: User) -> OfficialQuerySet:
    """Whom the user may ask at all: a desk whom it knows, and everybody concerned the colleagues whom the same body sends."""
    sent = Assignment.objects.in_force(substitution.starts_on)
    colleagues = sent.filter(decision__issuer=substitution.assignment.decision.issuer_id)
    known = Official.objects.visible_to(user)
    return Official.objects.filter(
        Q(pk__in=colleagues.values("official")) | Q(pk__in=known.values("pk"))
    )


def able(substitution: Substitution, user: User) -> OfficialQuerySet:
    """Officials who may go on all of these days, whether or not a meeting of their own is in the way."""
    first, last = substitution.starts_on, substitution.ends_on
    assignment = substitution.assignment
    away = Q(absences__starts_on__lte=last or date.max) & (
        Q(absences__ends_on=None) | Q(absences__ends_on__gte=first)
    )
    elsewhere = Substitution.objects.open().overlapping(first, last).exclude(pk=substitution.pk)
    there = Assignment.objects.filter(unit=assignment.unit_id, in_force=True).overlapping(
        first, last
    )
    return (
        pool(substitution, user)
        .filter(is_active=True)
        .without_own_unit(assignment.unit)
        .exclude(pk__in=[assignment.official_id, substitution.absent.pk])
        .exclude(pk__in=rules.asked_before(substitution))
        .exclude(pk__in=Official.objects.filter(away).values("pk"))
        .exclude(pk__in=elsewhere.exclude(substitute=None).values("substitute"))
        .exclude(pk__in=elsewhere.values("assignment__official"))
        .exclude(pk__in=elsewhere.exclude(instead_of=None).values("instead_of__substitute"))
        .exclude(pk__in=substitution.refusals.values("official"))
        .exclude(pk__in=there.values("official"))
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


def distances(substitution: Substitution, officials: Iterable[Official]) -> Mapping[int, float]:
    """Kilometres from the seat of the agency; where that is not on record, from the nearest place one goes to anyway."""
    seats = Seats.on_record()
    starts = {one.pk: [seats.find(one.agency.path)] for one in officials}
    without = [pk for pk, seat in starts.items() if seat == [None]]
    own = Assignment.objects.in_force(substitution.starts_on).filter(official__in=without)
    for official, path in own.values_list("official", "unit__path"):
        starts[official].append(seats.find(path))
    target = seats.find(substitution.assignment.unit.path)
    far = {pk: [km_between(seat, target) for seat in found] for pk, found in starts.items()}
    known = {pk: [km for km in found if km is not None] for pk, found in far.items()}
    return {pk: min(found) for pk, found in known.items() if found}
