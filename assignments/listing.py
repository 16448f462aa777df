"""Who goes where on a day, as the pages list it: by branch and by official.

Querysets with annotations are `Any` here: the type checker cannot see a column that a query adds.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from assignments.attendees import Attendee, attendees_on
from assignments.models import Assignment
from assignments.querysets import AssignmentQuerySet
from roster.models import MeetingRule, Official, Unit, UnitParent, User
from roster.querysets import OfficialQuerySet
from roster.states import UnitKind, Units


@dataclass(frozen=True)
class Place:
    """One branch or committee, when it meets, and who goes there."""

    unit: Unit
    commune: Unit | None
    rule: MeetingRule | None
    attendees: Sequence[Attendee]


@dataclass(frozen=True)
class Load:
    """One official and where he or she goes."""

    official: Official
    assignments: Sequence[Assignment]
    rules: Mapping[int, MeetingRule]

    @property
    def count(self) -> int:
        return len(self.assignments)


@dataclass(frozen=True)
class Line:
    """A line of a decision, and why it cannot come into force, if so."""

    assignment: Assignment
    problems: Sequence[str]


@dataclass(frozen=True)
class Group:
    """The lines of a decision in one commune."""

    commune: Unit | None
    lines: Sequence[Line]


def places(user: User, day: date, kind: str = UnitKind.BRANCH, shown_by: Units = Units.THEN) -> Any:
    """The user's branches (or committees) on `day`, by the commune of that day (or of today); `is_attended`: somebody
    is the main attendee.
    """
    under = Q(parents__ends_on=None) | Q(parents__ends_on__gte=day)  # one parent a day, so one row
    kinds = UnitKind.committees() if kind == UnitKind.COMMUNE else [kind]
    known = Unit.objects.visible_to(user).on(day)
    units = known.filter(under, parents__starts_on__lte=day, kind__in=kinds)
    return units.annotate(
        commune_key=F(
            "parents__parent__name_key" if shown_by == Units.THEN else "home__place__name_key"
        ),
        is_attended=Exists(Assignment.objects.in_force(day).main().filter(unit=OuterRef("pk"))),
    )


def list_places(units: Sequence[Unit], day: date, shown_by: Units = Units.NOW) -> list[Place]:
    """Four queries, however many units; one more where branches stood under a grassroots committee."""
    who = attendees_on([(unit.pk, day) for unit in units])
    rules = rules_of(units, day)
    communes = communes_of(units) if shown_by == Units.NOW else communes_on(units, day)
    return [
        Place(unit, communes.get(unit.pk), rules.get(unit.pk), who[unit.pk, day]) for unit in units
    ]


def rules_of(units: Iterable[Unit], day: date) -> Mapping[int, MeetingRule]:
    """The fixed day of each unit, by its primary key."""
    rules = MeetingRule.objects.on(day).filter(unit__in=[unit.pk for unit in units])
    return {rule.unit_id: rule for rule in rules.order_by("unit", "-kind")}


def communes_of(units: Collection[Unit]) -> Mapping[int, Unit]:
    """The commune in which each unit lies in today's tree; a commune lies in itself."""
    above = Unit.objects.communes().in_bulk({pk for unit in units for pk in unit.ancestor_ids})
    found = {}
    for unit in units:
        own = [unit] if unit.kind == UnitKind.COMMUNE else []
        nearest = [*own, *(above[pk] for pk in reversed(unit.ancestor_ids) if pk in above)]
        if nearest:
            found[unit.pk] = nearest[0]
    return found


def communes_on(units: Collection[Unit], day: date) -> Mapping[int, Unit]:
    """The commune in which each unit stood on the day, directly or by its grassroots committee."""
    above = parents_on([unit.pk for unit in units], day)
    between = [one.pk for one in above.values() if one.kind == UnitKind.GRASSROOTS]
    higher = parents_on(between, day) if between else {}
    found = {}
    for unit in units:
        own = unit if unit.kind == UnitKind.COMMUNE else above.get(unit.pk)
        commune = higher.get(own.pk, own) if own else None
        if commune and commune.kind == UnitKind.COMMUNE:
            found[unit.pk] = commune
    return found


def parents_on(keys: Collection[int], day: date) -> dict[int, Unit]:
    rows = UnitParent.objects.on(day).filter(unit__in=keys).select_related("parent")
    return {row.unit_id: row.parent for row in rows}


def people(user: User, day: date) -> Any:
    """Officials of the user's subtree, and those sent into it; `load` is where each goes on `day`."""
    sent = Assignment.objects.visible_to(user).in_force(day).values("official")
    known = Official.objects.visible_to(user).values("pk")
    officials = Official.objects.filter(Q(pk__in=known) | Q(pk__in=sent), is_active=True)
    return with_load(officials, Assignment.objects.in_force(day))


def with_load(officials: OfficialQuerySet, counted: AssignmentQuerySet) -> Any:
    """Each official with `load`, the number of `counted` assignments."""
    own = counted.filter(official=OuterRef("pk")).order_by().values("official")
    return officials.annotate(
        load=Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
    )


def list_loads(officials: Sequence[Official], day: date) -> list[Load]:
    """Where each of the officials goes on `day`. Two queries."""
    rows = Assignment.objects.in_force(day).filter(official__in=officials).for_list()
    own: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows:
        own[row.official_id].append(row)
    rules = rules_of([row.unit for row in rows], day)
    return [Load(official, own[official.pk], rules) for official in officials]


def figures(user: User, day: date, usual: int) -> dict[str, int]:
    """The counts over the list; each opens to its rows. Two queries."""
    branches = Counter(places(user, day).order_by().values_list("is_attended", flat=True))
    loads = Counter(people(user, day).order_by().values_list("load", flat=True))
    return {
        "branches": branches.total(),
        "attended": branches[True],
        "vacant": branches[False],
        "sent": loads.total() - loads[0],
        "idle": loads[0],
        "overloaded": sum(count for load, count in loads.items() if load > usual),
    }


def group_by_commune(
    rows: Sequence[Assignment], problems: Mapping[int, Sequence[str]]
) -> list[Group]:
    """A decision's lines as its annex lists them: by commune, then by branch."""
    communes = communes_of([row.unit for row in rows])
    grouped: dict[Any, list[Line]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (row.unit.name_key, row.role)):
        grouped[communes.get(row.unit_id)].append(Line(row, problems.get(row.pk, ())))
    in_order = sorted(grouped.items(), key=lambda item: item[0].name_key if item[0] else "")
    return [Group(commune, lines) for commune, lines in in_order]


def by_load(officials: Any) -> Any:
    """The least laden first, then by rank and name."""
    return officials.order_by("load", F("rank").asc(nulls_last=True), "name_key", "pk")
