"""What one can look for in the delivery log; the filters live in the address."""

from typing import Any

import django_filters as df
from django import forms
from django.db.models import QuerySet

from config.lib.fields import DayInput
from config.lib.text import fold
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from roster.filters import choice_box, search_box


class NoticeFilter(df.FilterSet):
    q = df.CharFilter(
        method="of_person", label="Tìm theo người", widget=search_box("Tìm theo người")
    )
    channel = df.ChoiceFilter(
        label="Kênh", choices=ChannelName, empty_label="Mọi kênh", widget=choice_box()
    )
    status = df.ChoiceFilter(
        label="Trạng thái", choices=NoticeStatus, empty_label="Mọi trạng thái", widget=choice_box()
    )
    kind = df.CharFilter(label="Loại tin", widget=forms.HiddenInput())
    occasion = df.CharFilter(label="Dịp", widget=forms.HiddenInput())
    person = df.NumberFilter(field_name="user", label="Người", widget=forms.HiddenInput())
    reason = df.CharFilter(
        lookup_expr="icontains", label="Lý do", widget=search_box("Lý do có chữ")
    )
    since = df.DateFilter(
        field_name="due_at",
        lookup_expr="date__gte",
        label="Từ ngày",
        widget=DayInput({"class": "form-control form-control-sm", "placeholder": "Từ ngày"}),
    )

    class Meta:
        model = Notice
        fields: list[str] = []

    def of_person(self, notices: QuerySet[Notice], name: str, words: str) -> Any:
        return notices.filter(user__search__contains=fold(words))
