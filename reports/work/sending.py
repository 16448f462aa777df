"""Work with assignments: branches with nobody, requests for somebody else to go."""

from django.urls import reverse

from assignments import listing
from assignments.models import Substitution
from config.lib.months import add_months, month_of
from reports.work import links
from reports.work.task import Desk, Task


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


def substitutes_wanted(desk: Desk) -> Task | None:
    waiting = Substitution.objects.visible_to(desk.user).waiting()
    first = waiting.select_related("assignment__official").order_by("starts_on", "pk").first()
    if first is None:
        return None
    return Task(
        waiting.count(),
        "Xin cử người đi thay",
        f"Gần nhất ngày {first.starts_on:%d/%m/%Y}: đồng chí {first.assignment.official}.",
        reverse("assignments:substitution_list"),
        "Chọn người thay",
        is_late=first.starts_on < desk.today,
    )
