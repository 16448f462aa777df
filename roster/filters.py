"""What one can look for in the roster's lists; the filters live in the address."""

from datetime import date
from typing import Any

import django_filters as df
from django import forms
from django.db.models import QuerySet

from roster.models import MeetingRule, Official, Unit
from roster.states import BranchType


def search_box(label: str) -> forms.TextInput:
    return forms.TextInput(
        attrs={
            "type": "search",
            "class": "form-control form-control-sm",
            "placeholder": label,
            "autocomplete": "off",
        }
    )


def choice_box() -> forms.Select:
    return forms.Select(attrs={"class": "form-select form-select-sm"})


class UnitFilter(df.FilterSet):
    q = df.CharFilter(method="search", label="Tìm theo tên", widget=search_box("Tìm theo tên"))
    day = df.ChoiceFilter(
        method="on_day", label="Ngày họp", choices=[(day, f"Ngày {day}") for day in range(1, 32)],
        empty_label="Mọi ngày họp", widget=choice_box(),
    )  # fmt: skip
    branch_type = df.ChoiceFilter(
        label="Loại hình", choices=BranchType, empty_label="Mọi loại hình", widget=choice_box()
    )

    class Meta:
        model = Unit
        fields: list[str] = []

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def search(self, units: Any, name: str, words: str) -> Any:
        return units.matching(words)

    def on_day(self, units: QuerySet[Unit], name: str, day: str) -> QuerySet[Unit]:
        rules = MeetingRule.objects.on(self.today).filter(day=day, quarter_month=None)
        return units.filter(pk__in=rules.values("unit"))


class OfficialFilter(df.FilterSet):
    q = df.CharFilter(
        method="search", label="Tìm theo họ tên", widget=search_box("Tìm theo họ tên")
    )
    agency = df.ModelChoiceFilter(
        label="Đơn vị công tác",
        queryset=Unit.objects.none(),
        empty_label="Mọi đơn vị",
        widget=choice_box(),
    )
    group = df.ChoiceFilter(label="Nhóm", choices=[], empty_label="Mọi nhóm", widget=choice_box())

    class Meta:
        model = Official
        fields: list[str] = []

    def __init__(self, *args: Any, seen: QuerySet[Official], **kwargs: Any) -> None:
        super().__init__(*args, queryset=seen, **kwargs)
        agencies = Unit.objects.filter(pk__in=seen.values("agency")).for_list()
        groups = seen.exclude(group="").order_by("group").values_list("group", flat=True).distinct()
        self.filters["agency"].field.queryset = agencies
        self.filters["group"].field.choices = [(group, group) for group in groups]

    def search(self, officials: Any, name: str, words: str) -> Any:
        return officials.matching(words)
