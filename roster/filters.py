"""What one can look for in the roster's lists; the filters live in the address."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters as df
from django import forms
from django.core.exceptions import BadRequest
from django.db.models import QuerySet
from django.http import QueryDict
from django_filters.fields import ModelChoiceField

from roster.models import MeetingRule, Official, Unit, User
from roster.states import BranchType, Units


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


def units_asked(data: Mapping[str, str] | QueryDict) -> Units:
    """`?units=now`; without it, as then."""
    try:
        return Units(data.get("units") or Units.THEN)
    except ValueError:
        raise BadRequest("units") from None


def communes_of(user: User, units: Units, first: date | None, last: date) -> Any:
    """What one can choose among: the communes of these days (`first` None: of all days), or those of today (`last`)."""
    communes = Unit.objects.visible_to(user).communes()
    if units == Units.NOW:
        return communes.on(last).for_list()
    return (communes.overlapping(first, last) if first else communes).for_list()


class CommuneField(ModelChoiceField):
    """An earlier commune is told from today's of the same name by its last day."""

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj} (đến {obj.ends_on:%d/%m/%Y})" if obj.ends_on else str(obj)


class CommuneChoice(df.ModelChoiceFilter):
    field_class = CommuneField


class PlaceFilter(df.FilterSet):
    """`commune`: where the meetings counted on their day, or with `units=now` where they count today."""

    to_meeting = ""
    commune = CommuneChoice(
        label="Xã, phường",
        queryset=Unit.objects.none(),
        empty_label="Mọi xã, phường",
        widget=choice_box(),
        method="of_commune",
    )
    units = df.ChoiceFilter(
        choices=Units, method="same", widget=forms.HiddenInput(), label="Cách xếp đơn vị"
    )

    def __init__(self, data: Any, *args: Any, communes: Any, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self.shown_by = units_asked(data)
        self.filters["commune"].field.queryset = communes

    def shown(self, rows: Any) -> Any:
        """With what the list says of each row's commune."""
        if self.shown_by == Units.THEN:
            return rows
        return rows.prefetch_related(f"{self.to_meeting}unit__home__place")

    def same(self, rows: Any, name: str, units: str) -> Any:
        return rows

    def of_commune(self, rows: Any, name: str, commune: Unit) -> Any:
        return rows.filter(**{f"{self.to_meeting}{self.shown_by.way}": commune})


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
