"""A month's figures from the roll-ups, for the first page and the dashboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import TruncDate

from config.lib.months import add_months
from reports.facts import COUNTS
from reports.models import Recommendation, RollUp
from reports.work import links
from roster.models import Unit, User


@dataclass(frozen=True)
class Line:
    """One commune's month, or the sum of several (`unit` None)."""

    unit: Unit | None
    month: date
    planned: int
    unassigned: int
    cancelled: int
    not_yet: int
    expected: int
    held: int
    attended: int
    report_due: int
    reported: int
    on_time: int
    late: int
    missing: int
    recommendations: int

    @property
    def not_due(self) -> int:
        """Begun, not filed, and still in time: not counted as missing."""
        return self.expected - self.report_due

    @property
    def meetings_url(self) -> str:
        return links.meetings(month=self.month, commune=self.unit)

    @property
    def held_url(self) -> str:
        return links.meetings("held", month=self.month, commune=self.unit)

    @property
    def filed_url(self) -> str:
        return links.reports("filed", month=self.month, commune=self.unit)

    @property
    def on_time_url(self) -> str:
        return links.reports("on_time", month=self.month, commune=self.unit)

    @property
    def late_url(self) -> str:
        return links.reports("filed_late", month=self.month, commune=self.unit)

    @property
    def missing_url(self) -> str:
        return links.reports("missing", month=self.month, commune=self.unit)

    @property
    def recommendations_url(self) -> str:
        return links.recommendations(month=self.month, commune=self.unit)


@dataclass(frozen=True)
class Progress:
    """A month: its communes in the order of the alphabet, their sum, and when the oldest was counted."""

    month: date
    lines: Sequence[Line]
    total: Line
    bands: dict[str, int]
    as_of: datetime | None

    @property
    def busiest(self) -> list[Line]:
        """The ten with the most meetings, for a page that has no room for all."""
        return sorted(self.lines, key=lambda line: -line.planned)[:10]


def progress_of(user: User, month: date) -> Progress:
    """One query."""
    rollups = list(rollups_for(user).filter(month=month).select_related("unit"))
    rollups.sort(key=lambda row: row.unit.name_key)
    lines = [
        Line(row.unit, month, **{name: getattr(row, name) for name in COUNTS}) for row in rollups
    ]
    sums = {name: sum(getattr(row, name) for row in rollups) for name in COUNTS}
    bands: dict[str, int] = {}
    for row in rollups:
        for band, count in row.bands.items():
            bands[band] = bands.get(band, 0) + count
    return Progress(
        month,
        lines,
        Line(None, month, **sums),
        bands,
        min((row.as_of for row in rollups), default=None),
    )


def months_before(user: User, month: date, count: int) -> list[Line]:
    """The sums of `count` months up to `month`, in one query; months without figures are left out."""
    first = add_months(month, 1 - count)
    sums: Any = (
        rollups_for(user)
        .filter(month__range=(first, month))
        .order_by("month")
        .values("month")
        .annotate(**{f"sum_{name}": Sum(name) for name in COUNTS})
    )
    return [
        Line(None, row["month"], **{name: row[f"sum_{name}"] for name in COUNTS}) for row in sums
    ]


def rollups_for(user: User) -> QuerySet[RollUp]:
    if user.is_superuser:
        return RollUp.objects.all()
    if user.unit is None:
        return RollUp.objects.none()
    return RollUp.objects.filter(unit__path__startswith=user.unit.path)


@dataclass(frozen=True)
class Answers:
    """Recommendations whose deadline fell into the month so far: how many were answered in time."""

    due: int
    on_time: int
    overdue: int
    url: str

    @property
    def late(self) -> int:
        return self.due - self.on_time - self.overdue


def answers_of(user: User, month: date, today: date) -> Answers:
    counted = (
        Recommendation.objects.visible_to(user)
        .order_by()
        .decided(month, today)
        .aggregate(
            due=Count("pk"),
            on_time=Count("pk", filter=Q(due_on__gte=TruncDate(F("answered_at")))),
            overdue=Count("pk", filter=Q(answered_at=None)),
        )
    )
    return Answers(**counted, url=links.recommendations(due=f"{month:%Y-%m}"))
