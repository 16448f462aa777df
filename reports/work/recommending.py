"""Work with recommendations, for the desk and for the authorities."""

from datetime import timedelta
from typing import Final

from django.db.models import Count, Min, Q
from django.utils import timezone

from reports.models import Recommendation
from reports.querysets import RecommendationQuerySet
from reports.states import RecommendationStatus
from reports.work import links
from reports.work.task import Desk, Task
from roster.states import Role

AUTHORITIES_NAMED: Final = 3
ROWS_SHOWN: Final = 5
SOON: Final = timedelta(days=7)


def seen(desk: Desk) -> RecommendationQuerySet:
    return Recommendation.objects.visible_to(desk.user).order_by()


def overdue_answers(desk: Desk) -> Task | None:
    """Named by authority, so that one knows whom to call."""
    rows = (
        seen(desk)
        .overdue(desk.today)
        .values_list("authority__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "authority__name")
    )
    counted = [(name or "bộ phận tiếp nhận", count) for name, count in rows]
    if not counted:
        return None
    text = ", ".join(f"{count} ở {name}" for name, count in counted[:AUTHORITIES_NAMED])
    more = f" và {len(counted) - AUTHORITIES_NAMED} nơi khác" * (len(counted) > AUTHORITIES_NAMED)
    return Task(
        sum(count for _, count in counted),
        "Kiến nghị quá hạn trả lời",
        f"{text}{more}.",
        links.recommendations("overdue"),
        "Đôn đốc",
        is_late=True,
    )


def new_recommendations(desk: Desk) -> Task | None:
    returned = Q(forwarded_on__isnull=False)
    found = (
        seen(desk)
        .filter(status=RecommendationStatus.RECEIVED)
        .aggregate(
            count=Count("pk"),
            oldest=Min("raised_on"),
            returned=Count("pk", filter=returned),
        )
    )
    if not found["count"]:
        return None
    back = f" {found['returned']} kiến nghị do cơ quan trả lại." if found["returned"] else ""
    return Task(
        found["count"],
        "Kiến nghị mới, chưa chuyển",
        f"Nêu sớm nhất ngày {found['oldest']:%d/%m/%Y}.{back}",
        links.recommendations(RecommendationStatus.RECEIVED),
        "Phân loại, chuyển",
    )


def answers_not_read_out(desk: Desk) -> Task | None:
    found = seen(desk).to_read_out().aggregate(count=Count("pk"), oldest=Min("answered_at"))
    if not found["count"]:
        return None
    oldest = timezone.localtime(found["oldest"])
    return Task(
        found["count"],
        "Trả lời chờ thông báo lại chi bộ",
        f"Trả lời sớm nhất ngày {oldest:%d/%m/%Y}. Người dự đọc tại cuộc họp tới của chi bộ.",
        links.recommendations(RecommendationStatus.ANSWERED),
        "Xem danh sách",
    )


def longest_waiting(desk: Desk) -> list[Recommendation]:
    """The rows behind the count: what the own authority owes, or what is overdue in the own subtree."""
    if desk.user.role == Role.AUTHORITY_OFFICER:
        rows = Recommendation.objects.filter(
            authority=desk.user.unit, status=RecommendationStatus.OPEN
        )
    else:
        rows = Recommendation.objects.visible_to(desk.user).overdue(desk.today)
    return list(rows.for_list().order_by("due_on", "pk")[:ROWS_SHOWN])


def own_overdue(desk: Desk) -> Task | None:
    """For the officer of an authority: what should have been answered."""
    return to_answer(desk, is_late=True)


def own_waiting(desk: Desk) -> Task | None:
    return to_answer(desk, is_late=False)


def to_answer(desk: Desk, *, is_late: bool) -> Task | None:
    mine = Recommendation.objects.filter(
        authority=desk.user.unit, status=RecommendationStatus.OPEN
    ).order_by("due_on", "pk")
    rows = mine.overdue(desk.today) if is_late else mine.filter(due_on__gte=desk.today)
    first = rows.select_related("unit").first()
    if first is None:
        return None
    near = rows.filter(due_on__lte=desk.today + SOON).count()
    soon = f" {near} kiến nghị đến hạn trong 7 ngày." if near and not is_late else ""
    count = rows.count()
    return Task(
        count,
        "Kiến nghị quá hạn trả lời" if is_late else "Kiến nghị chờ trả lời",
        f"Hạn sớm nhất {first.deadline:%d/%m/%Y}: {first.number}, {first.unit}.{soon}",
        first.get_absolute_url()
        if count == 1
        else links.recommendations("overdue" if is_late else RecommendationStatus.OPEN),
        "Trả lời",
        is_late=is_late,
    )
