"""Recommendations by field, authority and status."""

from collections import defaultdict
from datetime import date
from typing import Final, TypedDict

from django.db.models import Count, Q

from reports.facts import Matter
from reports.models import Recommendation
from reports.querysets import MeetingReportQuerySet, RecommendationQuerySet
from reports.states import RecommendationStatus

NOT_FORWARDED: Final = "Chưa chuyển cơ quan nào"
COLUMN_OF: Final = {
    RecommendationStatus.RECEIVED: "received",
    RecommendationStatus.OPEN: "open",
    RecommendationStatus.ANSWERED: "answered",
    RecommendationStatus.READ_OUT: "answered",
    RecommendationStatus.CLOSED: "closed",
    RecommendationStatus.SET_ASIDE: "set_aside",
}


class Matters(TypedDict):
    raised: int
    by_status: list[tuple[str, int]]
    by_field: list[Matter]
    by_authority: list[Matter]


def matters_of(reports: MeetingReportQuerySet, today: date) -> Matters:
    """The recommendations raised in the reports, by what has become of them until `today`."""
    raised = Recommendation.objects.filter(report__in=reports)
    numbers = dict(raised.order_by().values_list("status").annotate(Count("pk")))
    return {
        "raised": sum(numbers.values()),
        "by_status": [
            (str(status.label), numbers.get(status, 0)) for status in RecommendationStatus
        ],
        "by_field": grouped(raised, "field__name", today),
        "by_authority": grouped(raised, "authority__name", today),
    }


def grouped(raised: RecommendationQuerySet, column: str, today: date) -> list[Matter]:
    """One line for each value of `column`, the longest first."""
    is_overdue = Q(status=RecommendationStatus.OPEN, due_on__lt=today)
    rows = (
        raised.order_by()
        .values_list(column, "status")
        .annotate(number=Count("pk"), late=Count("pk", filter=is_overdue))
    )
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, status, number, overdue in rows:
        line = found[name or NOT_FORWARDED]
        line["total"] += number
        line[COLUMN_OF[RecommendationStatus(status)]] += number
        line["overdue"] += overdue
    matters = [matter(name, line) for name, line in found.items()]
    return sorted(matters, key=lambda row: (-row["total"], row["name"]))


def matter(name: str, line: dict[str, int]) -> Matter:
    return {
        "name": name,
        "total": line["total"],
        "received": line["received"],
        "open": line["open"],
        "answered": line["answered"],
        "closed": line["closed"],
        "set_aside": line["set_aside"],
        "overdue": line["overdue"],
    }
