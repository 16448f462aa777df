"""The month's figures by commune; every figure opens the rows it counts."""

from datetime import date
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from config.lib.errors import Refused
from config.lib.months import add_months, month_code, month_of, parse_month
from reports.models import Band, Recommendation
from reports.progress import Progress, answers_of, months_before, progress_of
from reports.rollups.matters import by_authority, by_field, counted
from reports.rules.summaries import why_not_see_summaries
from roster.filters import units_asked
from roster.http import UserRequest, forbid_if
from roster.states import Units

MONTHS_OFFERED: Final = 13
MONTHS_IN_TREND: Final = 6


@require_safe
def dashboard(request: UserRequest) -> HttpResponse:
    forbid_if(why_not_see_summaries(request.user))
    today = timezone.localdate()
    month = month_asked(request, today)
    units = units_asked(request.GET)
    progress = progress_of(request.user, month, units)
    trend = months_before(request.user, month, MONTHS_IN_TREND, units)
    earlier = add_months(month, -1)
    facts = {
        "progress": progress,
        "before": next((line for line in trend if line.month == earlier), None),
        "trend": trend,
        "answers": answers_of(request.user, month, today, units),
        "month": month,
        "months": months_offered(today),
        "month_code": month_code(month),
        "units": units,
        "same_view": urlencode({"units": units} if units == Units.NOW else {}),
        "low": settings.LOW_RATE,
        "bands": bands_of(progress),
        **matters(request, month, today, units),
    }
    return render(request, "reports/dashboard.html", facts)


def month_asked(request: UserRequest, today: date) -> date:
    if not request.GET.get("month"):
        return month_of(today)
    try:
        return parse_month(request.GET["month"])
    except Refused:
        raise BadRequest("month") from None


def months_offered(today: date) -> list[tuple[str, date]]:
    first = add_months(month_of(today), 1)
    months = [add_months(first, -index) for index in range(MONTHS_OFFERED)]
    return [(month_code(month), month) for month in months]


def bands_of(progress: Progress) -> dict[str, Any]:
    """The bands from the best to the worst with their reports; how many reports were scored."""
    counted, whole = progress.bands, progress.total
    names = Band.objects.filter(name__in=counted).values_list("name")
    best_first = names.annotate(points=Max("min_points")).order_by("-points", "name")
    return {
        "total": sum(counted.values()),
        "url": whole.scored_url,
        "rows": [(name, counted[name], whole.band_url(name)) for name, _ in best_first],
    }


def matters(request: UserRequest, month: date, today: date, units: Units) -> dict[str, Any]:
    """Recommendations raised in the month by field and by authority, with the keys that their links need."""
    of_month = Recommendation.objects.visible_to(request.user).filter(report__meeting__month=month)
    raised = counted(of_month, today, units)
    return {
        "raised": sum(row.number for row in raised),
        "by_field": by_field(raised),
        "by_authority": by_authority(raised),
    }


patterns = [path("dashboard/", dashboard, name="dashboard")]
