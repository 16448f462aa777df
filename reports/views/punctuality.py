"""Reports by attendee: expected, received, on time, late, missing; every number opens its rows."""

from typing import Any, Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from config.lib.months import month_code
from config.lib.paging import Slice, slice_of
from config.lib.text import whole_number
from reports.filters.reports import communes_of_month
from reports.rollups import attendees
from reports.rules.summaries import why_not_see_summaries
from reports.views.dashboard import month_asked, months_offered
from roster.filters import units_asked
from roster.http import UserRequest, forbid_if
from roster.models import Official, Unit

ROWS_A_PAGE: Final = 100


@require_safe
def report_attendees(request: UserRequest) -> HttpResponse:
    forbid_if(why_not_see_summaries(request.user))
    now = timezone.now()
    month = month_asked(request, timezone.localdate(now))
    units = units_asked(request.GET)
    communes = communes_of_month(request.user, units, month_code(month), timezone.localdate(now))
    commune = commune_asked(request, communes)
    rows = attendees.count(request.user, month, now, commune=commune, units=units)
    words = request.GET.get("q", "").strip()
    found = matching(rows, words)
    page = slice_of(found, request.GET, size=ROWS_A_PAGE)
    shown = attendees.named(page.rows, month, commune=commune, units=units)
    facts: dict[str, Any] = {
        "month": month,
        "month_code": month_code(month),
        "months": months_offered(timezone.localdate(now)),
        "q": words,
        "units": units,
        "communes": communes,
        "commune": commune,
        "page": Slice(shown, page.before, page.after),
        "summary": f"{len(found)} đồng chí",
        "all_count": len(rows),
        "with_missing": sum(row.missing > 0 for row in rows),
        "low": settings.LOW_RATE,
    }
    return render(request, "reports/report_attendees.html", facts)


def matching(rows: list[attendees.Counted], words: str) -> list[attendees.Counted]:
    if not words:
        return rows
    known = Official.objects.matching(words).filter(pk__in=[row.official for row in rows])
    keys = set(known.values_list("pk", flat=True))
    return [row for row in rows if row.official in keys]


def commune_asked(request: UserRequest, communes: QuerySet[Unit]) -> Unit | None:
    """One of those that can be chosen; one of another month or of the other view is none of them."""
    pk = whole_number(request.GET.get("commune", ""))
    return next((unit for unit in communes if unit.pk == pk), None)


patterns = [path("reports/attendees/", report_attendees, name="report_attendees")]
