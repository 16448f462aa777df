"""What one can look for among the reports; the filters live in the address.

`?state=` is one of `reports.inbox.LABELS`; `?month=2026-11` is the month of the meeting; `?commune=` a primary key.
"""

from typing import Any

import django_filters as df
from django import forms
from django.db.models import Q, QuerySet

from config.lib.errors import Refused
from config.lib.months import parse_month
from config.lib.text import fold
from meetings.models import Meeting
from roster.filters import choice_box, search_box
from roster.models import Unit


class ReportFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm chi bộ, số báo cáo", widget=search_box("Chi bộ, số báo cáo")
    )
    month = df.CharFilter(
        method="of_month",
        label="Tháng",
        widget=forms.TextInput(attrs={"type": "month", "class": "form-control form-control-sm"}),
    )
    commune = df.ModelChoiceFilter(
        label="Xã, phường",
        queryset=Unit.objects.none(),
        empty_label="Mọi xã, phường",
        widget=choice_box(),
        method="of_commune",
    )

    class Meta:
        model = Meeting
        fields: list[str] = []

    def __init__(self, *args: Any, communes: QuerySet[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["commune"].field.queryset = communes

    def search(self, meetings: QuerySet[Meeting], name: str, words: str) -> QuerySet[Meeting]:
        number = Q(report__number__icontains=words.strip())
        return meetings.filter(Q(unit__search__contains=fold(words)) | number)

    def of_month(self, meetings: QuerySet[Meeting], name: str, text: str) -> QuerySet[Meeting]:
        try:
            return meetings.filter(month=parse_month(text))
        except Refused:  # a month that is none finds nothing, as any other word would
            return meetings.none()

    def of_commune(self, meetings: QuerySet[Meeting], name: str, unit: Unit) -> QuerySet[Meeting]:
        return meetings.filter(commune=unit)
