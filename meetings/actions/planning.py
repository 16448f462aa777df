"""Planning a month."""

from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from assignments.actions import substitutions
from assignments.models import Substitution
from config.lib.errors import Refused
from config.lib.months import add_months, last_day, month_of
from meetings.actions.effects import calendar_changed, meetings_changed
from meetings.clashes import clashes_at
from meetings.models import Attendance, Meeting
from meetings.planning import statements
from meetings.planning.deadlines import KEYS
from meetings.telling import LADDER, moment, occasion, tell_about_change
from notices import actions as notices
from roster import audit
from roster.models import Policy, Unit, User
from roster.states import MeetingKind, PolicyKey

RULE_CHANGED: Final = "Lịch cố định của chi bộ, đảng ủy đã thay đổi."


@transaction.atomic
def plan_month(
    month: date, unit: Unit | None = None, *, now: datetime, by: User | None = None
) -> int:
    """Make the month's missing meetings for `unit` and all below it (None: everywhere); how many were made.

    One regular meeting for each branch and one enlarged meeting for each committee, on the day of
    the rule in force on that day; a commune without a rule to which somebody is assigned gets
    the month's last working day. A day on Tết, a holiday or a weekend goes where the policies
    say. Meetings ahead follow a changed rule; moved, confirmed, cancelled and past ones are left
    alone. Safe to run twice and side by side.
    """
    require_deadlines(month)
    if Meeting.objects.of_month(month).exists():  # what is made now agrees with its rule
        follow_rules(month, unit, now=now, by=by)
    written = statements.insert_meetings(month, unit)
    calendar_changed((place, month) for place, _, _ in written if place)
    note_planned(month, written, by=by)
    return sum(count for _, _, count in written)


def require_deadlines(month: date) -> None:
    """A missing policy must not plan an empty month: say what is missing."""
    rules = list(Policy.objects.filter(key__in=KEYS))
    for key in KEYS:
        for day in (month, last_day(month)):
            if not any(rule.key == key and rule.is_on(day) for rule in rules):
                raise Refused(f"Chưa có quy định “{key.label}” cho ngày {day:%d/%m/%Y}.")


def note_planned(
    month: date, written: list[tuple[int | None, int | None, int]], *, by: User | None
) -> None:
    """One event for each province in which meetings were made."""
    made: Counter[int] = Counter()
    for place, province, count in written:
        made[province or place or 0] += count
    for unit in Unit.objects.filter(pk__in=made):
        audit.record("planned", unit, by=by, month=f"{month:%Y-%m}", meetings=made[unit.pk])


def follow_rules(month: date, unit: Unit | None, *, now: datetime, by: User | None) -> None:
    """Meetings ahead go where a changed rule puts them; those who would come are told."""
    before = statements.follow_rules(month, unit, now)
    if not before:
        return
    meetings = Meeting.objects.filter(pk__in=before).select_related("unit", "commune")
    moved = [row for row in meetings if row.starts_at != before[row.pk]]
    notices.withdraw(occasion(row, step, row.sequence - 1) for row in moved for step in LADDER)
    for row in moved:
        was, now_at = moment(before[row.pk]), moment(row.starts_at)
        audit.record("moved", row, by=by, before=was, after=now_at, reason=RULE_CHANGED)
    follow_with_substitutes(moved, before, by=by)
    Attendance.objects.filter(meeting__in=moved).delete()  # it spoke of the old moment
    meetings_changed(moved)
    facts = {row.pk: {"before": moment(before[row.pk]), "reason": RULE_CHANGED} for row in moved}
    tell_about_change("meetings.moved", moved, facts, by=by)


def rule_changed(unit: Unit, kind: MeetingKind, *, by: User) -> list[str]:
    """Put the unit's meetings ahead where its new rule has them; a sentence for each clash that this makes.

    Called in the transaction of the change (RULE_EFFECTS), so that nobody waits for the night.
    """
    now = timezone.now()
    months = planned_months(unit, kind, timezone.localdate(now))
    for month in months:
        follow_rules(month, unit, now=now, by=by)
    rows = Meeting.objects.filter(unit=unit, kind=kind, month__in=months).to_come(now)
    return [clash.sentence for row in rows for clash in clashes_at(row, row.starts_at)]


def planned_months(unit: Unit, kind: MeetingKind, today: date) -> list[date]:
    rows = Meeting.objects.filter(unit=unit, kind=kind, month__gte=month_of(today))
    return list(rows.order_by("month").values_list("month", flat=True))


def follow_with_substitutes(
    moved: list[Meeting], before: Mapping[int, datetime], *, by: User | None
) -> None:
    """What was arranged for the one day goes along; units without such a request cost nothing."""
    asked = Substitution.objects.open().filter(starts_on=F("ends_on"))
    units = set(
        asked.filter(assignment__unit__in=[row.unit_id for row in moved]).values_list(
            "assignment__unit", flat=True
        )
    )
    for row in moved:
        if row.unit_id in units:
            day = timezone.localdate(before[row.pk])
            substitutions.follow_move(row.unit, day, row.held_on, by=by)


def plan_ahead(today: date, *, now: datetime) -> int:
    """Plan this month and as many after it as the policy says; how many meetings were made."""
    months = Policy.value_on(PolicyKey.PLAN_MONTHS_AHEAD, today)
    first = month_of(today)
    return sum(plan_month(add_months(first, index), now=now) for index in range(months + 1))
