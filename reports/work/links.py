"""Addresses of the lists that a figure opens, with their filters."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from config.lib.months import month_code
from roster.models import Unit
from roster.states import Units


def listing(name: str, **filters: object) -> str:
    """The list with the filters that are set."""
    query = urlencode(
        {key: str(value) for key, value in filters.items() if value not in {None, ""}}
    )
    return f"{reverse(name)}?{query}" if query else reverse(name)


def recommendations(state: str = "", **asked: Any) -> str:
    return listing("reports:recommendation_list", state=state, **codes(**asked))


def reports(state: str = "", **asked: Any) -> str:
    return listing("reports:report_list", state=state, **codes(**asked))


def meetings(state: str = "", *, sent: int = 1, **asked: Any) -> str:
    """Those to which somebody is sent: the others (`sent` 0) stand apart in all figures."""
    return listing("meetings:meeting_list", state=state, sent=sent, **codes(**asked))


def codes(
    month: date | None = None,
    commune: Unit | None = None,
    units: Units = Units.THEN,
    **more: object,
) -> dict[str, object]:
    """As the lists read them; a figure and its rows are shown under the same units."""
    return {
        "month": month_code(month) if month else None,
        "commune": commune.pk if commune else None,
        "units": None if units == Units.THEN else units,
        **more,
    }
