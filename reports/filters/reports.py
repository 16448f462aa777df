"""What one can look for among the reports; the filters live in the address.

`?state=` is one of `reports.inbox.LABELS`; `?month=2026-11` is the month of the meeting; `?commune=` and `?official=` primary keys;
`?band=` is the name of a band, `?scored=1` any of them.
"""

from datetime import date
from typing import Any, Final

import django_filters as df
from django import forms
from django.db.models import QuerySet

from config.lib.errors import Refused
from config.lib.months import add_months, last_day, month_code, month_of, parse_month
from config.lib.text import fold
from meetings.models import Meeting
from meetings.querysets import MeetingQuerySet
from reports.models import MeetingReport
from roster.filters import PlaceFilter, choice_box, communes_of, search_box, units_asked
from roster.models import Official, User
from roster.states import Units

MONTHS_BACK: Final = 25


class ReportFilter(PlaceFilter):
    q = df.CharFilter(
        method="search", label="Tìm chi bộ, số báo cáo", widget=search_box("Chi bộ, số báo cáo")
    )
    month = df.CharFilter(
        method="of_month",
        label="Tháng",
        widget=choice_box(),
    )
    official = df.ModelChoiceFilter(
        label="Người dự",
        queryset=Official.objects.all(),
        widget=forms.HiddenInput(),
        method="of_official",
    )
    band = df.CharFilter(field_name="report__band", label="Xếp loại", widget=forms.HiddenInput())
    scored = df.ChoiceFilter(
        method="only_scored",
        label="Đã chấm điểm",
        choices=[("1", "Đã chấm điểm")],
        widget=forms.HiddenInput(),
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, data: Any, seen: MeetingQuerySet, *, user: User, today: date) -> None:
        communes = communes_of_month(user, units_asked(data), data.get("month"), today)
        super().__init__(data, queryset=seen, communes=communes)
        months = [add_months(month_of(today), -back) for back in range(MONTHS_BACK)]
        widget = self.filters["month"].field.widget
        widget.choices = [("", "Mọi tháng")] + [
            (month_code(month), f"Tháng {month:%m/%Y}") for month in months
        ]

    def search(self, meetings: QuerySet[Meeting], name: str, words: str) -> QuerySet[Meeting]:
        """By the indexes of both tables: an OR over the two would read every meeting of all years."""
        named = Meeting.objects.order_by().filter(unit__search__contains=fold(words))
        numbered = MeetingReport.objects.order_by().filter(number__contains=words.strip().upper())
        return meetings.filter(pk__in=named.values("pk").union(numbered.values("meeting")))

    def of_month(self, meetings: QuerySet[Meeting], name: str, text: str) -> QuerySet[Meeting]:
        try:
            return meetings.filter(month=parse_month(text))
        except Refused:  # a month that is none finds nothing, as any other word would
            return meetings.none()

    def of_official(
        self, meetings: QuerySet[Meeting], name: str, official: Official
    ) -> QuerySet[Meeting]:
        """Where the official goes, not where somebody stands in: the rows that the attendee's figures count."""
        return meetings.filter(pk__in=Meeting.objects.gone_to_by(official.pk).values("pk"))

    def only_scored(self, meetings: QuerySet[Meeting], name: str, wanted: str) -> QuerySet[Meeting]:
        return meetings.filter(report__band__gt="")


def communes_of_month(user: User, units: Units, code: str | None, today: date) -> Any:
    """Those of the month that is asked for; without one (or with one that is none) of all days."""
    try:
        month = parse_month(code) if code else None
    except Refused:
        month = None
    last = last_day(month) if month and units == Units.THEN else today
    return communes_of(user, units, month, last)
