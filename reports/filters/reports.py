"""What one can look for among the reports; the filters live in the address.

`?state=` is one of `reports.inbox.LABELS`; `?month=2026-11` is the month of the meeting; `?commune=` and `?official=` primary keys.
"""

from datetime import date
from typing import Any, Final

import django_filters as df
from django import forms
from django.db.models import QuerySet

from config.lib.errors import Refused
from config.lib.months import add_months, month_code, month_of, parse_month
from config.lib.text import fold
from meetings.models import Meeting
from reports.models import MeetingReport
from roster.filters import choice_box, search_box
from roster.models import Official, Unit

MONTHS_BACK: Final = 25


class ReportFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm chi bộ, số báo cáo", widget=search_box("Chi bộ, số báo cáo")
    )
    month = df.CharFilter(
        method="of_month",
        label="Tháng",
        widget=choice_box(),
    )
    commune = df.ModelChoiceFilter(
        label="Xã, phường",
        queryset=Unit.objects.none(),
        empty_label="Mọi xã, phường",
        widget=choice_box(),
        method="of_commune",
    )

    official = df.ModelChoiceFilter(
        label="Người dự",
        queryset=Official.objects.all(),
        widget=forms.HiddenInput(),
        method="of_official",
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, *args: Any, communes: QuerySet[Unit], today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [add_months(month_of(today), -back) for back in range(MONTHS_BACK)]
        widget = self.filters["month"].field.widget
        widget.choices = [("", "Mọi tháng")] + [
            (month_code(month), f"Tháng {month:%m/%Y}") for month in months
        ]
        self.filters["commune"].field.queryset = communes

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

    def of_commune(self, meetings: QuerySet[Meeting], name: str, unit: Unit) -> QuerySet[Meeting]:
        return meetings.filter(commune=unit)
