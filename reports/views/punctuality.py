"""Reports by attendee: expected, received, on time, late, missing; every number opens its rows."""

from typing import Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.months import month_code
from config.lib.paging import slice_of
from config.lib.text import fold
from reports.rollups.attendees import punctuality
from reports.rules.summaries import why_not_see_summaries
from reports.views.dashboard import month_asked, months_offered
from roster.http import UserRequest, forbid_if

ROWS_A_PAGE: Final = 100


@require_safe
def report_attendees(request: UserRequest) -> HttpResponse:
    forbid_if(why_not_see_summaries(request.user))
    now = timezone.now()
    month = month_asked(request, timezone.localdate(now))
    rows = punctuality(request.user, month, now)
    words = request.GET.get("q", "").strip()
    found = [row for row in rows if fold(words) in row.official.search]
    facts = {
        "month": month,
        "month_code": month_code(month),
        "months": months_offered(timezone.localdate(now)),
        "q": words,
        "page": slice_of(found, request.GET, size=ROWS_A_PAGE),
        "summary": f"{len(found)} đồng chí",
        "all_count": len(rows),
        "with_missing": sum(row.missing > 0 for row in rows),
        "low": settings.LOW_RATE,
    }
    return render(request, "reports/report_attendees.html", facts)


patterns = [path("reports/attendees/", report_attendees, name="report_attendees")]
