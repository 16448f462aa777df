"""R1: as then and as now have one total over the units that today form a province; no meeting is counted twice or lost.

Random trees go through the reorganisation engine itself: mergers, splits by a mapping, new names, moves of branches and
of whole communes into another province, at several dates, with meetings held before, between and after.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from config.lib.months import Period
from meetings.models import Meeting
from reports.models import RollUp
from reports.progress import months_before, progress_of
from reports.rollups import refresh
from reports.rollups.marks import mark_dirty
from reports.rollups.summary import facts_of
from roster.actions import reorganisations, tree
from roster.changes import Change
from roster.models import Unit, UnitParent, User
from roster.states import MeetingKind, OperationKind, Role, UnitKind, Units
from tests import factories

pytestmark = pytest.mark.django_db
BEGIN = date(2024, 1, 1)
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=factories.ZONE)
MONTHS = [date(2025, month, 1) for month in (1, 4, 7, 10)] + [date(2026, 3, 1)]
PERIODS = (Period.parse("2025"), Period.parse("2026"))
ACTS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "merge_into", "split", "rename", "move_branch", "move_commune"]),
        st.integers(0, 50),
        st.lists(st.integers(0, 50), min_size=4, max_size=4),
    ),
    min_size=1,
    max_size=len(MONTHS) - 1,
)


class World:
    """Two provinces; beside each branch and committee the commune in which it should count by what was decided."""

    def __init__(self, branches: list[int]) -> None:
        self.provinces = [self.made(factories.province, name=f"Tỉnh {n}") for n in range(2)]
        self.communes: list[Unit] = []
        self.goes_to: dict[int, Unit] = {}
        self.code = 100
        for number, count in enumerate(branches):
            self.establish(self.provinces[number % 2], count)
        self.held: Counter[int] = Counter()
        self.then: Counter[int] = Counter()

    def made(self, make: Any, *args: Any, **kwargs: Any) -> Unit:
        unit: Unit = make(*args, starts_on=BEGIN, **kwargs)
        return unit

    def establish(self, province: Unit, branches: int) -> None:
        commune = self.made(factories.commune, province, name="Xã Cũ", code=self.next_code())
        self.communes.append(commune)
        self.goes_to[commune.pk] = commune
        for number in range(branches):
            branch = self.made(factories.branch, commune, name=f"Chi bộ {number}")
            self.goes_to[branch.pk] = commune

    def next_code(self) -> str:
        self.code += 1
        return str(self.code)

    def meet(self, month: date) -> None:
        """Every living branch and committee, once."""
        on = month + timedelta(days=2)
        units = Unit.objects.on(on).filter(kind__in=(UnitKind.BRANCH, UnitKind.COMMUNE))
        above = dict(UnitParent.objects.on(on).values_list("unit", "parent"))
        for unit in units:
            is_commune = unit.kind == UnitKind.COMMUNE
            commune = unit.pk if is_commune else above[unit.pk]
            meeting = factories.meeting(
                unit,
                on=on,
                kind=MeetingKind.ENLARGED if is_commune else MeetingKind.REGULAR,
                commune_id=commune,
                province_id=above[commune],
            )
            mark_dirty(meeting)
            self.held[unit.pk] += 1
            self.then[commune] += 1

    @property
    def now(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for unit, count in self.held.items():
            found[self.goes_to[unit].pk] += count
        return found

    def act(self, kind: str, which: int, how: list[int], day: date) -> None:
        commune = self.communes[which % len(self.communes)]
        others = [one for one in self.communes if one != commune]
        getattr(self, kind)(commune, others, how, day)

    def merge(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        """Two become a new one."""
        other = others[how[0] % len(others)]
        code, name = self.next_code(), f"Xã Hợp {self.code}"
        changes = [
            self.change(OperationKind.MERGE, old, code, name, commune) for old in (commune, other)
        ]
        self.carry_out(changes, day)
        self.follow([commune, other], self.found(code, day))

    def merge_into(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        """One goes into a living one."""
        other = others[how[0] % len(others)]
        self.carry_out([Change(OperationKind.MERGE, commune.code, other.code)], day)
        self.follow([commune], other)

    def rename(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        code, name = self.next_code(), f"Xã Mới {self.code}"
        self.carry_out([self.change(OperationKind.RENAME, commune, code, name, commune)], day)
        self.follow([commune], self.found(code, day))

    def split(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        """Into a new part, which is the main one, and a living neighbour; each branch as the mapping says."""
        code, name = self.next_code(), f"Xã Tách {self.code}"
        neighbour = others[how[0] % len(others)]
        changes = [
            self.change(OperationKind.SPLIT_MAIN, commune, code, name, commune),
            Change(OperationKind.SPLIT, commune.code, neighbour.code),
        ]
        branches = [pk for pk, home in self.goes_to.items() if home == commune]
        branches = [
            pk
            for pk in branches
            if UnitParent.objects.on(day).filter(unit=pk, parent=commune).exists()
        ]
        parts = {
            pk: (code, neighbour.code)[how[index % 4] % 2] for index, pk in enumerate(branches)
        }
        self.carry_out(changes, day, {f"#{pk}": part for pk, part in parts.items()})
        self.follow([commune], self.found(code, day))
        for pk, part in parts.items():
            self.goes_to[pk] = self.found(part, day)

    def move_branch(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        """By hand, without any decision on communes."""
        row = UnitParent.objects.on(day).filter(parent=commune).order_by("pk").first()
        if row is None:
            return
        to = others[how[0] % len(others)]
        row.ends_on = day - timedelta(days=1)
        row.save()
        UnitParent.objects.create(unit=row.unit, parent=to, starts_on=day)
        tree.place(row.unit, NOW.date())
        self.goes_to[row.unit.pk] = to

    def move_commune(self, commune: Unit, others: list[Unit], how: list[int], day: date) -> None:
        """Into the other province, with all below it."""
        row = UnitParent.objects.on(day).get(unit=commune)
        to = next(one for one in self.provinces if one != row.parent)
        row.ends_on = day - timedelta(days=1)
        row.save()
        UnitParent.objects.create(unit=commune, parent=to, starts_on=day)
        tree.place(Unit.objects.get(pk=commune.pk), NOW.date())

    def change(self, kind: OperationKind, old: Unit, code: str, name: str, model: Unit) -> Change:
        return Change(kind, old.code, code, name)

    def carry_out(
        self, changes: list[Change], day: date, mapping: dict[str, str] | None = None
    ) -> None:
        made = reorganisations.draft_reorganisation(f"Nghị quyết {day}", day, changes, by=None)
        if mapping:
            reorganisations.map_branches(made, mapping, by=None)
        reorganisations.map_rest_to_main(made, by=None)
        reorganisations.schedule_reorganisation(made, by=None)
        reorganisations.run_reorganisation(made, by=None, today=day)

    def found(self, code: str, day: date) -> Unit:
        return Unit.objects.on(day).get(kind=UnitKind.COMMUNE, code=code)

    def follow(self, olds: list[Unit], new: Unit) -> None:
        for pk, home in self.goes_to.items():
            if home in olds:
                self.goes_to[pk] = new
        self.goes_to[new.pk] = new
        self.communes = [*(one for one in self.communes if one not in [*olds, new]), new]


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def reader(unit: Unit) -> User:
    user: User = factories.UserFactory(role=Role.VIEWER, unit=Unit.objects.get(pk=unit.pk))
    return user


def by_unit(user: User, month: date, units: Units) -> Counter[int]:
    lines = progress_of(user, month, units).lines
    return Counter({line.unit.pk: line.unassigned for line in lines if line.unit})


def listed(user: User, way: str) -> Counter[int]:
    rows = Meeting.objects.visible_to(user).values_list(way, flat=True)
    return Counter(rows)


def summed(unit: Unit, units: Units) -> Counter[int]:
    """What the summaries of the two years say of each commune, after the unit as it was or is."""
    found: Counter[int] = Counter()
    for period in PERIODS:
        places = facts_of(unit, period, NOW, units)["places"]
        found.update({row["unit"]: row["counts"]["unassigned"] for row in places})
    return +found


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(branches=st.lists(st.integers(0, 3), min_size=6, max_size=7), acts=ACTS)
def test_both_views_have_one_total_and_no_meeting_is_lost_or_doubled(branches, acts):
    with taken_back():
        world = World(branches)
        for month, act in zip(MONTHS, [*acts, None], strict=False):
            world.meet(month)
            if act:
                world.act(*act, day=month + timedelta(days=40))
        while refresh.refresh(NOW):
            pass
        agree(world)


def agree(world: World) -> None:
    now, then, total = world.now, world.then, sum(world.held.values())
    readers = [reader(province) for province in world.provinces]
    seen = {units: Counter[int]() for units in Units}
    for user, units in ((user, units) for user in readers for units in Units):
        for month in MONTHS:
            seen[units].update(by_unit(user, month, units))
    assert +seen[Units.NOW] == now
    assert +seen[Units.THEN] == then
    assert (
        sum(RollUp.objects.values_list("unassigned", flat=True)) == total == Meeting.objects.count()
    )

    assert sum((listed(user, "unit__home__place") for user in readers), Counter()) == now
    assert sum((listed(user, "commune") for user in readers), Counter()) == then
    assert sum((summed(one, Units.NOW) for one in world.provinces), Counter()) == now
    assert sum((summed(one, Units.THEN) for one in world.provinces), Counter()) == then
    for user in readers:
        ours = [pk for pk in now if Unit.objects.under(user.unit).filter(pk=pk).exists()]
        trends = [months_before(user, MONTHS[-1], 24, units) for units in Units]
        counted = {sum(line.unassigned for line in trend) for trend in trends}
        assert counted == {sum(now[pk] for pk in ours)}
