"""The facts of a summary, counted at one moment from the meetings and reports themselves."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Avg, Count, Q, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from config.lib.months import Period
from meetings.models import Meeting
from reports.facts import SCHEMA, Facts, Members, Part, Place, Scores
from reports.models import Band, MeetingReport
from reports.querysets import MeetingReportQuerySet
from reports.rollups.counting import Counted, count, total
from reports.rollups.matters import matters_of
from reports.rollups.overdue import overdue_recommendations, overdue_reports
from reports.rollups.voices import topics_of
from roster.models import Unit
from roster.states import MeetingKind, UnitKind, Units

NOWHERE: Final = "Trực thuộc"


@contextmanager
def snapshot() -> Iterator[None]:
    """All reading inside sees the database at one moment; inside a transaction that one's rules hold."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def facts_of(unit: Unit, period: Period, now: datetime, units: Units = Units.THEN) -> Facts:
    """Everything a summary of `unit` for `period` says, as of `now`. Reads only."""
    with snapshot():
        return collect(unit, period, now, units)


def collect(unit: Unit, period: Period, now: datetime, units: Units) -> Facts:
    today = timezone.localdate(now)
    by_branch = unit.kind not in {UnitKind.PROVINCIAL, UnitKind.DISTRICT}
    months = period.months
    if units == Units.NOW:
        rows = count(months[0], months[-1], now=now, below=unit.path, by_unit=by_branch)
        inside = Meeting.objects.within_today(unit)
    else:
        rows = count(months[0], months[-1], now=now, within=unit.pk, by_unit=by_branch)
        inside = Meeting.objects.within(unit)
    meetings = inside.filter(month__range=(months[0], months[-1]))
    reports = MeetingReport.objects.filter(meeting__in=meetings, first_submitted_at__isnull=False)
    late_reports, late_report_count = overdue_reports(meetings, now, today, units)
    return {
        "schema": SCHEMA,
        "unit": {"code": unit.code, "name": unit.name, "kind": unit.kind, "above": above(unit)},
        "period": {
            "code": period.code,
            "label": period.label,
            "starts_on": period.starts_on.isoformat(),
            "ends_on": period.ends_on.isoformat(),
        },
        "units": units.value,
        "as_of": today.isoformat(),
        "totals": total(rows),
        "kinds": kinds_of(rows),
        "months": months_of(rows, period),
        "places": places_of(unit, period, rows, reports, units, by_branch=by_branch),
        "members": members_of(reports),
        "scores": scores_of(reports),
        "topics": topics_of(reports, units),
        "overdue_reports": late_reports,
        "overdue_reports_total": late_report_count,
        **matters_of(reports, today, units),
        **overdue_recommendations(inside, period, today, units),
        "issue": None,
    }


def above(unit: Unit) -> str:
    """The name of the body the unit stands under in today's tree; a province stands under nobody here."""
    parents = unit.ancestor_ids
    return Unit.objects.values_list("name", flat=True).get(pk=parents[-1]) if parents else ""


def kinds_of(rows: list[Counted]) -> list[Part]:
    return [
        {"name": str(kind.label), "counts": total(of_kind)}
        for kind in MeetingKind
        if (of_kind := [row for row in rows if row.kind == kind])
    ]


def months_of(rows: list[Counted], period: Period) -> list[Part]:
    """One line a month, for periods of several months."""
    if len(period.months) == 1:
        return []
    return [
        {"name": f"{month:%m/%Y}", "counts": total([row for row in rows if row.month == month])}
        for month in period.months
    ]


def places_of(
    unit: Unit,
    period: Period,
    rows: list[Counted],
    reports: MeetingReportQuerySet,
    units: Units,
    *,
    by_branch: bool,
) -> list[Place]:
    """Every commune of the province (branch of the commune), also those where nothing was counted."""
    by_place: dict[int | None, list[Counted]] = defaultdict(list)
    for row in rows:
        by_place[row.place if units == Units.THEN else row.home].append(row)
    bands = bands_by_place(reports, units, by_branch=by_branch)
    expected = Unit.objects.under(unit)
    if units == Units.THEN:
        expected = expected.overlapping(period.starts_on, period.ends_on)
    else:
        expected = expected.filter(ends_on=None)
    expected = expected.none() if by_branch else expected.communes()
    names = Unit.objects.filter(Q(pk__in=expected) | Q(pk__in=[pk for pk in by_place if pk]))
    return [
        {"unit": pk, "name": name, "counts": total(by_place[pk]), "bands": bands[pk]}
        for pk, name in names.order_by("kind", "name_key", "pk").values_list("pk", "name")
    ]


def bands_by_place(
    reports: MeetingReportQuerySet, units: Units, *, by_branch: bool
) -> dict[int | None, dict[str, int]]:
    if by_branch:
        place = Coalesce("meeting__unit", "meeting__unit")
    elif units == Units.NOW:
        place = Coalesce("meeting__unit__home__place", "meeting__unit__home__place")
    else:
        place = Coalesce("meeting__commune", "meeting__district", "meeting__province")
    scored = reports.exclude(band="").annotate(counts_for=place).order_by()
    found: dict[int | None, dict[str, int]] = defaultdict(dict)
    for pk, band, number in scored.values_list("counts_for", "band").annotate(Count("pk")):
        found[pk][band] = number
    return found


def members_of(reports: MeetingReportQuerySet) -> Members:
    """Head counts of the reports that give both who was obliged to come and who came."""
    counted = reports.filter(obliged_count__isnull=False, present_count__isnull=False)
    sums = counted.aggregate(
        reports=Count("pk"),
        obliged=Sum("obliged_count", default=0),
        present=Sum("present_count", default=0),
        excused=Sum("excused_count", default=0),
        unexcused=Sum("unexcused_count", default=0),
    )
    return {
        "reports": sums["reports"],
        "obliged": sums["obliged"],
        "present": sums["present"],
        "excused": sums["excused"],
        "unexcused": sums["unexcused"],
    }


def scores_of(reports: MeetingReportQuerySet) -> Scores:
    """Bands in the order of their points; the average of the attendees' points with one decimal."""
    scored = reports.exclude(band="")
    numbers: Counter[str] = Counter()
    frames = set()
    for band, frame, number in scored.order_by().values_list("band", "frame").annotate(Count("pk")):
        numbers[band] += number
        frames.add(frame)
    order = (
        Band.objects.filter(frame__in=frames).order_by("-min_points").values_list("name", flat=True)
    )
    names = [*dict.fromkeys(order), *sorted(set(numbers) - set(order))]
    average = scored.aggregate(points=Avg("attendee_points"))["points"]
    return {
        "scored": sum(numbers.values()),
        "average": f"{average:.1f}" if average is not None else "",
        "bands": [(name, numbers.get(name, 0)) for name in names],
    }
