"""Work with assignments: branches with nobody, requests for somebody else to go."""

from typing import Final

from django.urls import reverse

from assignments import listing
from assignments.candidates import is_anybody_free
from assignments.models import Decision, Substitution
from assignments.states import DecisionStatus, SubstitutionStatus
from config.lib.months import add_months, month_code, month_of
from meetings.confirming import confirm_by, next_month
from meetings.models import Meeting
from reports.work import links
from reports.work.task import Desk, Task

LOOKED_AT: Final = 5  # requests, the nearest first


def vacant_branches(desk: Desk) -> Task | None:
    """Branches to which nobody is sent on the first day of next month."""
    day = add_months(month_of(desk.today), 1)
    count = listing.places(desk.user, day).filter(is_attended=False).count()
    if not count:
        return None
    return Task(
        count,
        f"Chi bộ chưa có người dự tháng {day.month}",
        f"Tính theo quyết định có hiệu lực ngày {day:%d/%m/%Y}.",
        links.listing("assignments:assignment_list", day=day.isoformat(), only="vacant"),
        "Chọn người dự",
    )


def unconfirmed_dates(desk: Desk) -> Task | None:
    """Branches that let the day pass by which they confirm next month's meeting (policy "confirm_day")."""
    month = next_month(desk.today)
    day = confirm_by(month)
    if desk.today <= day:
        return None
    count = Meeting.objects.visible_to(desk.user).of_month(month).unconfirmed(desk.now).count()
    if not count:
        return None
    return Task(
        count,
        f"Cuộc họp tháng {month.month} chưa xác nhận",
        f"Hạn của bí thư là ngày {day:%d/%m/%Y}. Gọi chi bộ rồi ghi thay.",
        links.listing("meetings:unconfirmed_list", month=month_code(month)),
        "Mở danh sách gọi",
        is_late=True,
    )


def substitutes_wanted(desk: Desk) -> Task | None:
    """Where nobody goes until somebody is found; an empty pool is said aloud (R7)."""
    waiting = Substitution.objects.visible_to(desk.user).waiting(desk.today)
    nearest = list(waiting.for_list()[:LOOKED_AT])
    if not nearest:
        return None
    for row in nearest:
        if not is_anybody_free(row, desk.user):
            return Task(
                waiting.count(),
                "Chi bộ chưa có người dự, không còn ai để mời",
                f"{row.assignment.unit.committee_name}, ngày {row.starts_on:%d/%m/%Y}: đồng chí {row.absent} "
                "không dự được và không còn đồng chí nào rảnh.",
                reverse("assignments:substitution_detail", args=[row.pk]),
                "Xem cách giải quyết",
                is_late=True,
            )
    first = nearest[0]
    return Task(
        waiting.count(),
        "Xin cử người đi thay",
        f"Gần nhất ngày {first.starts_on:%d/%m/%Y}: đồng chí {first.absent}.",
        reverse("assignments:substitution_list"),
        "Chọn người thay",
        is_late=first.starts_on < desk.today,
    )


def offers_to_answer(desk: Desk) -> Task | None:
    """The official was asked to go in somebody's place, and says yes or no."""
    asked = Substitution.objects.filter(
        status=SubstitutionStatus.OFFERED, substitute=desk.user.official_id
    )
    first = asked.for_list().first()
    if first is None:
        return None
    return Task(
        asked.count(),
        "Mời đồng chí dự thay",
        f"{first.assignment.unit.committee_name}, từ ngày {first.starts_on:%d/%m/%Y}, "
        f"thay đồng chí {first.absent}.",
        reverse("assignments:substitution_detail", args=[first.pk]),
        "Trả lời",
    )


def decisions_proposed(desk: Desk) -> Task | None:
    """Drafts that wait for whoever signs."""
    proposed = Decision.objects.visible_to(desk.user).filter(status=DecisionStatus.PROPOSED)
    first = proposed.order_by("pk").first()
    if first is None:
        return None
    return Task(
        proposed.count(),
        "Dự thảo phân công trình ký",
        f"{first}: xem danh sách và văn bản trước khi ký.",
        links.listing("assignments:decision_list", status=DecisionStatus.PROPOSED.value),
        "Xem dự thảo",
    )
