"""Everybody's first page: what one has to do now."""

from datetime import date, timedelta
from typing import Any, Final

from django.conf import settings
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from assignments.attendees import attendees_on
from config.lib.months import month_of
from config.lib.working_days import holidays_of
from meetings.models import Meeting
from reports.models import Recommendation
from reports.progress import answers_of, progress_of
from reports.work import Desk, recommending, reporting, tasks_of, visiting
from roster.filters import units_asked
from roster.http import UserRequest, kept_offline
from roster.states import Role, Units

DAYS_AHEAD: Final = 10
LATE_WORDS: Final[dict[str, str]] = {Role.SYSTEM_ADMIN: "cần xử lý ngay"}
STAFF: Final = Role.whole_subtree() - {Role.SYSTEM_ADMIN}


@require_safe
def home(request: UserRequest) -> HttpResponse:
    desk = Desk(request.user, timezone.now())
    coming = visiting.coming_meetings(desk)
    units = units_asked(request.GET)
    tasks = tasks_of(desk, coming)
    facts = {
        "tasks": tasks,
        "late_count": sum(task.is_late for task in tasks),
        "late_word": LATE_WORDS.get(request.user.role, "đã quá hạn"),
        "today": desk.today,
        "month": month_of(desk.today),
        "coming": coming,
        "low": settings.LOW_RATE,
        "units": units,
        "page": {"rows": waiting_for(desk)},
        **(figures(desk, units) if request.user.role in STAFF else {}),
    }
    return kept_offline(render(request, "reports/home.html", facts), request.user)


def waiting_for(desk: Desk) -> list[Recommendation]:
    """The recommendations of those who answer or press for answers."""
    is_concerned = desk.user.role in STAFF | {Role.AUTHORITY_OFFICER}
    return recommending.longest_waiting(desk) if is_concerned else []


def figures(desk: Desk, units: Units) -> dict[str, Any]:
    """The month for those who see a whole subtree, by the communes of then or of now.

    What there is to do is not asked in two views: its counts go by where units lie today (`visible_to`), so they
    are the same in both.
    """
    month = month_of(desk.today)
    overdue = reporting.longest_overdue(desk)
    who = attendees_on([(row.unit_id, row.held_on) for row in overdue])
    return {
        "progress": progress_of(desk.user, month, units),
        "answers": answers_of(desk.user, month, desk.today, units),
        "longest": [
            ((desk.today - row.late_after).days, row, who[row.unit_id, row.held_on])
            for row in overdue
        ],
        "ahead": ahead(desk),
    }


def ahead(desk: Desk) -> list[tuple[date, str]]:
    """The next days on which something happens: meetings, holidays."""
    last = desk.today + timedelta(days=DAYS_AHEAD)
    counted = (
        Meeting.objects.visible_to(desk.user)
        .live()
        .filter(held_on__gt=desk.today, held_on__lte=last)
    )
    per_day: dict[date, str] = {
        day: f"{count} cuộc họp"
        for day, count in counted.order_by().values_list("held_on").annotate(Count("pk"))
    }
    for day, name in {**holidays_of(desk.today.year), **holidays_of(last.year)}.items():
        if desk.today < day <= last:
            per_day[day] = f"{name}; {per_day[day]}" if day in per_day else name
    return sorted(per_day.items())


patterns = [path("", home, name="home")]
