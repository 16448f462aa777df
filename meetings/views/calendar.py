"""The month's calendar: lists, a commune's grid, one's own meetings, planning."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from config.lib.errors import Refused, refuse_if
from config.lib.months import add_months, month_code, month_of, parse_month
from config.lib.paging import count_shown, page_by_key
from meetings import listing, rules
from meetings.actions import planning
from meetings.confirming import confirm_by
from meetings.filters import TABS, MeetingFilter, State
from meetings.models import Meeting
from roster.filters import units_asked
from roster.http import UserRequest, forbid_if, kept_offline
from roster.models import Unit, User
from roster.states import Role

OWN_CALENDAR: Final = (Role.ATTENDEE, Role.BRANCH_SECRETARY)
PAST_SHOWN: Final = 6
DAYS_AHEAD: Final = 70
MONTHS_AHEAD: Final = 12  # a calendar further ahead than that is a typing error


def month_asked(request: UserRequest) -> date:
    """The month of `?month=2026-11`; without it, this month."""
    if not request.GET.get("month"):
        return month_of(timezone.localdate())
    try:
        return parse_month(request.GET["month"])
    except Refused:
        raise BadRequest("month") from None


def around(request: UserRequest, month: date) -> dict[str, Any]:
    """The month, its neighbours, and the view in which the pages of the calendar lead to each other."""
    return {
        "month": month,
        "month_code": month_code(month),
        "previous": month_code(add_months(month, -1)),
        "next": month_code(add_months(month, 1)),
        "is_now": month == month_of(timezone.localdate()),
        "units": units_asked(request.GET),
    }


@require_safe
def meeting_list(request: UserRequest) -> HttpResponse:
    """The month as a list; who only goes to meetings or keeps one branch has a page of the own ones."""
    if request.user.role in OWN_CALENDAR:
        return redirect("meetings:my_meetings")
    forbid_if(rules.why_not_see_calendar(request.user))
    month = month_asked(request)
    today = timezone.localdate()
    filters = MeetingFilter(request.GET, user=request.user, month=month, today=today)
    state = request.GET.get("state", "")
    if not filters.is_valid() or state not in {"", *State.values}:
        raise BadRequest("filter")
    found = listing.in_state(filters.qs, state, timezone.now())
    page = page_by_key(
        filters.shown(found.for_list().with_rule()), ("starts_at", "pk"), request.GET
    )
    facts = {
        **around(request, month),
        "filters": filters,
        "state": state,
        "state_label": State(state).label if state and state not in TABS else "",
        "tabs": listing.state_counts(filters.qs),
        "page": page,
        "lines": listing.lines_of(page.rows, today),
        "today": today,
        "on": filters.form.cleaned_data["on"],
        "commune": filters.form.cleaned_data["commune"],
        "missing": count_shown(listing.branches_without_meeting(request.user, month)),
        "why_not_plan": rules.why_not_plan(request.user),
    }
    return render(request, "meetings/meeting_list.html", facts)


@require_safe
def unplanned_list(request: UserRequest) -> HttpResponse:
    """Branches without a meeting in the month, and what is missing."""
    forbid_if(rules.why_not_see_calendar(request.user))
    month = month_asked(request)
    units = listing.branches_without_meeting(request.user, month)
    page = page_by_key(units, ("name_key", "pk"), request.GET)
    above = Unit.objects.in_bulk({row.ancestor_ids[-1] for row in page.rows if row.ancestor_ids})
    facts = {
        **around(request, month),
        "page": page,
        "lines": [
            (row, above.get(row.ancestor_ids[-1]) if row.ancestor_ids else None)
            for row in page.rows
        ],
        "count": count_shown(units),
        "why_not_plan": rules.why_not_plan(request.user),
    }
    return render(request, "meetings/unplanned_list.html", facts)


@require_safe
def commune_month(request: UserRequest, pk: int) -> HttpResponse:
    """One commune's month as a grid of days: of the meetings that counted there then, or that count there now."""
    commune = get_object_or_404(Unit.objects.visible_to(request.user).communes(), pk=pk)
    month, units = month_asked(request), units_asked(request.GET)
    today = timezone.localdate()
    seen = Meeting.objects.visible_to(request.user).of_month(month)
    meetings = seen.in_commune(commune, units)
    lines = listing.lines_of(list(meetings.for_list().with_rule()), today)
    facts = {
        **around(request, month),
        "commune": commune,
        **({} if lines else listing.otherwise(seen, commune, units)),
        "weeks": listing.month_grid(month, lines, today),
        "tabs": listing.state_counts(meetings),
        "today": today,
    }
    return render(request, "meetings/commune_month.html", facts)


@require_safe
def my_meetings(request: UserRequest) -> HttpResponse:
    """Where I go, or when my branch meets: what comes first, with what there is to say about it."""
    user, today = request.user, timezone.localdate()
    mine = Meeting.objects.own(user).for_list().with_rule()
    ahead = list(mine.filter(held_on__range=(today, today + timedelta(days=DAYS_AHEAD))))
    past = list(mine.filter(held_on__lt=today).order_by("-starts_at", "-pk")[:PAST_SHOWN])
    lines = listing.lines_of(ahead, today)
    unconfirmed = [row for row in ahead if is_to_confirm(row, user, timezone.now())]
    facts = {
        "ahead": [(line, line.of(user.official_id)) for line in lines],
        "past": past,
        "clashes": listing.own_clashes(lines, user.official_id),
        "unconfirmed": unconfirmed,
        "confirm_by": confirm_by(unconfirmed[0].month) if unconfirmed else None,
        "today": today,
        "now": timezone.now(),
        "keeps": user.role == Role.BRANCH_SECRETARY,
    }
    return kept_offline(render(request, "meetings/my_meetings.html", facts), user)


def is_to_confirm(meeting: Meeting, user: User, now: datetime) -> bool:
    """The branch's own secretary is asked for the date of each meeting ahead."""
    mine = user.role == Role.BRANCH_SECRETARY and meeting.confirmed_at is None
    return mine and rules.why_not_confirm_date(meeting, user, now) is None


@require_safe
def my_month(request: UserRequest) -> HttpResponse:
    """The same as a grid of days, for paper and for the wall."""
    month, user, today = month_asked(request), request.user, timezone.localdate()
    mine = list(Meeting.objects.own(user).of_month(month).for_list())
    lines = listing.lines_of(mine, today)
    facts = {
        **around(request, month),
        "weeks": listing.month_grid(month, lines, today),
        "count": len(mine),
        "clashes": listing.own_clashes(lines, user.official_id),
        "today": today,
        "keeps": user.role == Role.BRANCH_SECRETARY,
    }
    return render(request, "meetings/my_month.html", facts)


@require_POST
def month_plan(request: UserRequest) -> HttpResponse:
    """Make the missing meetings of the user's own subtree."""
    forbid_if(rules.why_not_plan(request.user))
    month = parse_month(request.POST.get("month", ""))
    refuse_if(why_not_that_month(month))
    count = planning.plan_month(month, request.user.unit, now=timezone.now(), by=request.user)
    said = f"Đã lập {count} cuộc họp" if count else "Không có cuộc họp nào phải lập thêm"
    messages.success(request, f"{said} cho tháng {month:%m/%Y}.")
    return redirect(f"{reverse('meetings:meeting_list')}?month={month_code(month)}")


def why_not_that_month(month: date) -> str | None:
    this = month_of(timezone.localdate())
    if add_months(this, -MONTHS_AHEAD) <= month <= add_months(this, MONTHS_AHEAD):
        return None
    return f"Chỉ lập lịch trong vòng {MONTHS_AHEAD} tháng trước và sau tháng này."
