"""Who goes to a unit's meeting on a day, substitutions resolved."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import connection

from assignments.models import Assignment, Substitution
from assignments.states import AttendeeRole
from roster.models import Official


@dataclass(frozen=True)
class Attendee:
    """An official who goes; `in_place_of` is the assignee when it is a substitute ("dự thay đồng chí …")."""

    official: Official
    role: AttendeeRole
    assignment: Assignment
    in_place_of: Official | None = None


@dataclass(frozen=True)
class Going:
    """The same by keys alone, for those who ask whether one person goes."""

    official_id: int
    in_place_of_id: int | None = None


# Asked several times in each act on a report; what the ORM builds for it takes longer than the statement.
GOING: Final = """
SELECT official_id, substitute_id FROM assignments_assignment AS assigned
LEFT JOIN assignments_substitution AS instead ON instead.assignment_id = assigned.id AND instead.status = 'accepted'
  AND %(day)s BETWEEN instead.starts_on AND coalesce(instead.ends_on, 'infinity')
WHERE unit_id = %(unit)s AND in_force AND %(day)s BETWEEN assigned.starts_on AND coalesce(assigned.ends_on, 'infinity')
ORDER BY role, assigned.id
"""


def going_on(unit_id: int, day: date) -> list[Going]:
    """Who goes to the unit on the day, main attendee first, substitutions resolved."""
    with connection.cursor() as cursor:
        cursor.execute(GOING, {"unit": unit_id, "day": day})
        rows = cursor.fetchall()
    return [Going(substitute, own) if substitute else Going(own) for own, substitute in rows]


def attendees_on(
    occasions: Iterable[tuple[int, date]],
) -> Mapping[tuple[int, date], list[Attendee]]:
    """For each (unit's primary key, day): who goes, main attendee first. Two queries however many occasions."""
    wanted = set(occasions)
    assignments = (
        Assignment.objects.filter(unit__in={unit for unit, _ in wanted}, in_force=True)
        .select_related("official__agency", "official__user", "unit", "decision")
        .order_by("role", "pk")
    )
    by_unit: dict[int, list[Assignment]] = defaultdict(list)
    for assignment in assignments:
        by_unit[assignment.unit_id].append(assignment)
    stand_ins = substitutions_of([row for rows in by_unit.values() for row in rows])
    return {
        (unit, day): [attendee(row, day, stand_ins) for row in by_unit[unit] if row.is_on(day)]
        for unit, day in wanted
    }


def substitutions_of(assignments: list[Assignment]) -> Mapping[int, list[Substitution]]:
    rows: dict[int, list[Substitution]] = defaultdict(list)
    accepted = Substitution.objects.accepted().filter(assignment__in=assignments)
    for substitution in accepted.select_related("substitute__agency", "substitute__user"):
        rows[substitution.assignment_id].append(substitution)
    return rows


def attendee(
    assignment: Assignment, day: date, stand_ins: Mapping[int, list[Substitution]]
) -> Attendee:
    role = AttendeeRole(assignment.role)
    for substitution in stand_ins.get(assignment.pk, ()):
        if substitution.is_on(day) and substitution.substitute:
            return Attendee(
                substitution.substitute, role, assignment, in_place_of=assignment.official
            )
    return Attendee(assignment.official, role, assignment)
