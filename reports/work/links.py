"""Addresses of the lists that a figure opens, with their filters."""

from datetime import date

from django.urls import reverse
from django.utils.http import urlencode

from config.lib.months import month_code
from roster.models import Unit


def listing(name: str, **filters: object) -> str:
    """The list with the filters that are set."""
    query = urlencode(
        {key: str(value) for key, value in filters.items() if value not in {None, ""}}
    )
    return f"{reverse(name)}?{query}" if query else reverse(name)


def recommendations(
    state: str = "", *, month: date | None = None, commune: Unit | None = None, **more: object
) -> str:
    return listing("reports:recommendation_list", state=state, **place(month, commune), **more)


def reports(
    state: str = "", *, month: date | None = None, commune: Unit | None = None, **more: object
) -> str:
    return listing("reports:report_list", state=state, **place(month, commune), **more)


def meetings(state: str = "", *, month: date | None = None, commune: Unit | None = None) -> str:
    """Those to which somebody is sent: the others stand apart in all figures."""
    return listing("meetings:meeting_list", state=state, sent=1, **place(month, commune))


def place(month: date | None, commune: Unit | None) -> dict[str, object]:
    return {
        "month": month_code(month) if month else None,
        "commune": commune.pk if commune else None,
    }
