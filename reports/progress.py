"""A month's figures from the roll-ups, for the first page and the dashboard."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet, Sum

from config.lib.months import add_months, month_code
from reports.facts import COUNTS
from reports.models import Recommendation, RollUp
from reports.querysets import ANSWERED
from reports.work import links
from roster.models import Unit, User
from roster.states import Units


@dataclass(frozen=True)
class Line:
    """One commune's month, or the sum of several (`unit` None); `units` says whether it is a commune of then or of now."""

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
    units: Units = Units.THEN

    @property
    def not_due(self) -> int:
        """Begun, not filed, and still in time: not counted as missing."""
        return self.expected - self.report_due

    @property
    def place(self) -> dict[str, Any]:
        return {"month": self.month, "commune": self.unit, "units": self.units}

    @property
    def meetings_url(self) -> str:
        return links.meetings(**self.place)

    @property
    def unassigned_url(self) -> str:
        return links.meetings(sent=0, **self.place)

    @property
    def cancelled_url(self) -> str:
        return links.meetings("cancelled", **self.place)

    @property
    def not_yet_url(self) -> str:
        return links.meetings("ahead", **self.place)

    @property
    def expected_url(self) -> str:
        return links.meetings("come", **self.place)

    @property
    def held_url(self) -> str:
        return links.meetings("held", **self.place)

    @property
    def attended_url(self) -> str:
        return links.meetings("attended", **self.place)

    @property
    def report_due_url(self) -> str:
        return links.reports("report_due", **self.place)

    @property
    def not_due_url(self) -> str:
        return links.reports("due", **self.place)

    @property
    def filed_url(self) -> str:
        return links.reports("filed", **self.place)

    @property
    def on_time_url(self) -> str:
        return links.reports("on_time", **self.place)

    @property
    def late_url(self) -> str:
        return links.reports("filed_late", **self.place)

    @property
    def missing_url(self) -> str:
        return links.reports("missing", **self.place)

    @property
    def scored_url(self) -> str:
        return links.reports("filed", scored=1, **self.place)

    def band_url(self, band: str) -> str:
        return links.reports("filed", band=band, **self.place)

    @property
    def recommendations_url(self) -> str:
        return links.recommendations(**self.place)


@dataclass(frozen=True)
class Progress:
    """A month: its communes in the order of the alphabet, their sum, and when the oldest was counted.

    Where every meeting counts today where it counted then (`is_one_view`), as then and as now say the same.
    """

    month: date
    lines: Sequence[Line]
    total: Line
    bands: dict[str, int]
    as_of: datetime | None
    is_one_view: bool

    @property
    def busiest(self) -> list[Line]:
        """The ten with the most meetings, for a page that has no room for all."""
        return sorted(self.lines, key=lambda line: -line.planned)[:10]


def progress_of(user: User, month: date, units: Units = Units.THEN) -> Progress:
    """One query."""
    way = "unit" if units == Units.THEN else "home"
    rollups = list(rollups_for(user).filter(month=month).select_related(way))
    by_place: dict[Unit, list[RollUp]] = {}
    for row in rollups:
        by_place.setdefault(getattr(row, way), []).append(row)
    lines = [
        Line(unit, month, **sums_of(by_place[unit]), units=units)
        for unit in sorted(by_place, key=lambda unit: (unit.name_key, unit.pk))
    ]
    bands: dict[str, int] = {}
    for row in rollups:
        for band, count in row.bands.items():
            bands[band] = bands.get(band, 0) + count
    return Progress(
        month,
        lines,
        Line(None, month, **sums_of(rollups), units=units),
        bands,
        min((row.as_of for row in rollups), default=None),
        is_one_view=all(row.unit_id == row.home_id for row in rollups),
    )


def sums_of(rollups: Sequence[RollUp]) -> dict[str, int]:
    return {name: sum(getattr(row, name) for row in rollups) for name in COUNTS}


def months_before(user: User, month: date, count: int, units: Units = Units.THEN) -> list[Line]:
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
        Line(None, row["month"], **{name: row[f"sum_{name}"] for name in COUNTS}, units=units)
        for row in sums
    ]


def rollups_for(user: User) -> QuerySet[RollUp]:
    """Of the units that today form the user's, whatever they stood under on their day."""
    if user.is_superuser:
        return RollUp.objects.all()
    if user.unit is None:
        return RollUp.objects.none()
    return RollUp.objects.filter(home__path__startswith=user.unit.path)


@dataclass(frozen=True)
class Answers:
    """Recommendations whose deadline fell into the month so far: how many were answered in time."""

    due: int
    on_time: int
    overdue: int
    month: str
    units: Units = Units.THEN

    @property
    def late(self) -> int:
        return self.due - self.on_time - self.overdue

    @property
    def url(self) -> str:
        return links.recommendations(due=self.month, units=self.units)

    @property
    def on_time_url(self) -> str:
        return links.recommendations(due=self.month, answered="on_time", units=self.units)

    @property
    def late_url(self) -> str:
        return links.recommendations(due=self.month, answered="late", units=self.units)

    @property
    def overdue_url(self) -> str:
        return links.recommendations(due=self.month, answered="not", units=self.units)


def answers_of(user: User, month: date, today: date, units: Units = Units.THEN) -> Answers:
    """One total in both views: which recommendations one sees goes by where their units lie today."""
    counted = (
        Recommendation.objects.visible_to(user)
        .order_by()
        .decided(month, today)
        .aggregate(
            due=Count("pk"),
            on_time=Count("pk", filter=ANSWERED["on_time"]),
            overdue=Count("pk", filter=ANSWERED["not"]),
        )
    )
    return Answers(**counted, month=month_code(month), units=units)
