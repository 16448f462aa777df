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
from roster.models import Unit
from roster.states import Units
from roster.successors import living

Keyed = tuple[Matter, int | None]  # with the primary key of the field or authority

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


def matters_of(reports: MeetingReportQuerySet, today: date, units: Units) -> Matters:
    """The recommendations raised in the reports, by what has become of them until `today`."""
    raised = counted(Recommendation.objects.filter(report__in=reports), today, units)
    numbers: Counter[str] = Counter()
    for row in raised:
        numbers[row.status] += row.number
    return {
        "raised": sum(numbers.values()),
        "by_status": [(str(status.label), numbers[status]) for status in RecommendationStatus],
        "by_field": [row for row, _ in by_field(raised)],
        "by_authority": [row for row, _ in by_authority(raised)],
    }


def by_field(raised: Sequence["Raised"]) -> list[Keyed]:
    return grouped((row.field_key, row.field, row) for row in raised)


def by_authority(raised: Sequence["Raised"]) -> list[Keyed]:
    return grouped((row.authority_key, row.authority or NOT_FORWARDED, row) for row in raised)


class Raised(NamedTuple):
    """How many recommendations of one field lie at one authority in one status, and how many of them are late."""

    field: str
    authority: str | None
    status: str
    field_key: int
    authority_key: int | None
    number: int
    late: int


def counted(raised: RecommendationQuerySet, today: date, units: Units) -> list[Raised]:
    """One statement for all the ways in which they are grouped; as now two more, for what became of the authorities."""
    is_overdue = Q(status=RecommendationStatus.OPEN, due_on__lt=today)
    rows = raised.order_by().values_list(
        "field__name", "authority__name", "status", "field", "authority"
    )
    found = [
        Raised(*row)
        for row in rows.annotate(number=Count("pk"), late=Count("pk", filter=is_overdue))
    ]
    return found if units == Units.THEN else of_today(found, today)


def of_today(raised: list[Raised], today: date) -> list[Raised]:
    """The same with the authority in which each one's lives on."""
    became = living((row.authority_key for row in raised if row.authority_key), today)
    moved = {new for old, new in became.items() if new != old}
    names = dict(Unit.objects.filter(pk__in=moved).values_list("pk", "name")) if moved else {}
    return [
        row
        if (key := became.get(row.authority_key or 0)) not in names
        else row._replace(authority=names[key], authority_key=key)
        for row in raised
    ]


def grouped(named: Iterable[tuple[int | None, str, Raised]]) -> list[Keyed]:
    """One line for each key, the longest first; two authorities may have one name."""
    found: dict[tuple[int | None, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for key, name, row in named:
        line = found[key, name]
        line["total"] += row.number
        line[COLUMN_OF[RecommendationStatus(row.status)]] += row.number
        line["overdue"] += row.late
    matters = [(matter(name, line), key) for (key, name), line in found.items()]
    return sorted(matters, key=lambda row: (-row[0]["total"], row[0]["name"], row[1] or 0))


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
