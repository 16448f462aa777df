"""Recommendations by field, authority and status."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final, NamedTuple, TypedDict

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
    return matters_in(counted(Recommendation.objects.filter(report__in=reports), today))


def matters_in(raised: Sequence["Raised"]) -> Matters:
    numbers: Counter[str] = Counter()
    for row in raised:
        numbers[row.status] += row.number
    return {
        "raised": sum(numbers.values()),
        "by_status": [(str(status.label), numbers[status]) for status in RecommendationStatus],
        "by_field": grouped((row.field, row) for row in raised),
        "by_authority": grouped((row.authority or NOT_FORWARDED, row) for row in raised),
    }


class Raised(NamedTuple):
    """How many recommendations of one field lie at one authority in one status, and how many of them are late."""

    field: str
    authority: str | None
    status: str
    field_key: int
    authority_key: int | None
    number: int
    late: int


def counted(raised: RecommendationQuerySet, today: date) -> list[Raised]:
    """One statement for all the ways in which they are grouped."""
    is_overdue = Q(status=RecommendationStatus.OPEN, due_on__lt=today)
    rows = raised.order_by().values_list(
        "field__name", "authority__name", "status", "field", "authority"
    )
    return [
        Raised(*row)
        for row in rows.annotate(number=Count("pk"), late=Count("pk", filter=is_overdue))
    ]


def grouped(named: Iterable[tuple[str, Raised]]) -> list[Matter]:
    """One line for each name, the longest first."""
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, row in named:
        line = found[name]
        line["total"] += row.number
        line[COLUMN_OF[RecommendationStatus(row.status)]] += row.number
        line["overdue"] += row.late
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
