"""The calendar of many branches at a glance: days, unconfirmed dates, clashes, differing words."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.paging import count_shown, page_by_key
from meetings import listing, rules
from meetings.clashes import SHOWN, clashes_in
from meetings.confirming import confirm_by, next_month
from meetings.models import Attendance, Meeting
from meetings.views.calendar import around, month_asked
from roster.http import UserRequest, forbid_if
from roster.models import Contact
from roster.states import ContactRole


@require_safe
def month_days(request: UserRequest) -> HttpResponse:
    """How many of the user's branches meet on each day: the branches that are the user's today, so the same in both views."""
    forbid_if(rules.why_not_see_calendar(request.user))
    month = month_asked(request)
    meetings = Meeting.objects.visible_to(request.user).of_month(month)
    weeks = listing.day_counts(meetings, month, timezone.now())
    days = [day for week in weeks for day in week if day.in_month]
    facts = {
        **around(request, month),
        "weeks": weeks,
        "total": sum(day.count for day in days),
        "fullest": max(days, key=lambda day: day.count),
    }
    return render(request, "meetings/month_days.html", facts)


@require_safe
def unconfirmed_list(request: UserRequest) -> HttpResponse:
    """Branches that have not said yet whether their day stands; next month's unless asked otherwise.

    Meetings ahead only, whose commune is today's: as then is as now.
    """
    forbid_if(rules.why_not_see_calendar(request.user))
    now = timezone.now()
    month = (
        month_asked(request) if request.GET.get("month") else next_month(timezone.localdate(now))
    )
    waiting = Meeting.objects.visible_to(request.user).of_month(month).unconfirmed(now)
    asked = request.GET.get("asked") == "1"
    page = page_by_key(
        (waiting.filter(asks_day=True) if asked else waiting).for_list(),
        ("starts_at", "pk"),
        request.GET,
    )
    facts = {
        **around(request, month),
        "page": page,
        "lines": with_secretaries(page.rows, request),
        "count": count_shown(waiting),
        "asked": asked,
        "asked_count": count_shown(waiting.filter(asks_day=True)),
        "confirm_by": confirm_by(month),
        "is_late": timezone.localdate(now) > confirm_by(month),
        "why_not_plan": rules.why_not_plan(request.user),
    }
    return render(request, "meetings/unconfirmed_list.html", facts)


def with_secretaries(meetings: Sequence[Meeting], request: UserRequest) -> list[dict[str, Any]]:
    """Each meeting with whom to call, and whether the user may confirm on the branch's word."""
    units = {row.unit_id for row in meetings}
    role = ContactRole.SECRETARY
    rows = Contact.objects.on(timezone.localdate()).filter(unit__in=units, role=role)
    secretaries = {row.unit_id: row for row in rows.order_by("starts_on", "-pk")}
    return [
        {
            "meeting": row,
            "secretary": secretaries.get(row.unit_id),
            "keeps": rules.keeps_calendar_of(row, request.user),
        }
        for row in meetings
    ]


@require_safe
def clash_list(request: UserRequest) -> HttpResponse:
    """Officials who are expected at two meetings at once; ahead, so that as then is as now."""
    forbid_if(rules.why_not_see_calendar(request.user))
    month = month_asked(request)
    clashes = clashes_in(month, request.user, now=timezone.now())
    pks = {row.pk for clash in clashes for row in (clash.one, clash.other)}
    seen = Meeting.objects.visible_to(request.user).filter(pk__in=pks)
    facts = {
        **around(request, month),
        "clashes": clashes,
        "seen": set(seen.values_list("pk", flat=True)),
        "is_cut": len(clashes) == SHOWN,
    }
    return render(request, "meetings/clash_list.html", facts)


@require_safe
def difference_list(request: UserRequest) -> HttpResponse:
    """Where the branch's word on who came and the report's differ: facts for a talk, no verdict."""
    forbid_if(rules.why_not_see_calendar(request.user))
    month = month_asked(request)
    rows = (
        Attendance.objects.visible_to(request.user)
        .filter(meeting__month=month)
        .differing()
        .select_related("meeting__unit", "meeting__commune", "official", "branch_said_by")
        .prefetch_related("meeting__unit__home__place")
    )
    facts = {**around(request, month), "page": page_by_key(rows, ("pk",), request.GET)}
    return render(request, "meetings/difference_list.html", facts)
