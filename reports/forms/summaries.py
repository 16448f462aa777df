"""Forms of summaries: what to build, who signs."""

from datetime import date
from typing import Any, Final, cast

from django import forms

from config.lib.errors import Refused
from config.lib.fields import TextField
from config.lib.months import Period, add_months, month_of
from reports.rules.summaries import SUMMARISED
from roster.filters import choice_box
from roster.models import Unit, User
from roster.states import Units

MONTHS_OFFERED: Final = 13
AUTHORITIES: Final = [
    ("", "Người đứng đầu ký trực tiếp"),
    ("T/M BAN THƯỜNG VỤ", "T/M Ban Thường vụ"),
    ("K/T TRƯỞNG BAN", "K/T Trưởng Ban"),
    ("K/T BÍ THƯ", "K/T Bí thư"),
    ("T/L BAN THƯỜNG VỤ", "T/L Ban Thường vụ"),
]

Choices = list[tuple[str, str]]


def periods_offered(today: date) -> list[tuple[str, Choices]]:
    """Months, quarters, half-years and years back from today, the present one first."""
    months = [Period.of_month(add_months(month_of(today), -back)) for back in range(MONTHS_OFFERED)]
    quarters = dict.fromkeys(f"{m.starts_on.year}-Q{(m.starts_on.month + 2) // 3}" for m in months)
    halves = dict.fromkeys(f"{m.starts_on.year}-H{(m.starts_on.month + 5) // 6}" for m in months)
    years = dict.fromkeys(str(m.starts_on.year) for m in months)
    return [
        ("Tháng", [choice(month.code) for month in months]),
        ("Quý", [choice(code) for code in quarters]),
        ("6 tháng", [choice(code) for code in halves]),
        ("Năm", [choice(code) for code in years]),
    ]


def choice(code: str) -> tuple[str, str]:
    label = Period.parse(code).label
    return code, f"{label[:1].upper()}{label[1:]}"


class BuildForm(forms.Form):
    """Which summary to build: one of the user's own units, a period that has begun."""

    unit = forms.ModelChoiceField(
        Unit.objects.none(), label="Đơn vị", empty_label=None, widget=choice_box()
    )
    period = forms.ChoiceField(label="Kỳ báo cáo", widget=choice_box())
    units = forms.ChoiceField(label="Xếp theo", choices=Units, required=False, widget=choice_box())

    def __init__(self, *args: Any, by: User, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.visible_to(by).on(today).filter(kind__in=SUMMARISED)
        cast("forms.ModelChoiceField[Unit]", self.fields["unit"]).queryset = units.order_by(
            "path", "pk"
        )
        self.fields["unit"].initial = by.unit_id
        cast("forms.ChoiceField", self.fields["period"]).choices = periods_offered(today)

    def clean_units(self) -> Units:
        return Units(self.cleaned_data["units"] or Units.THEN)

    def clean_period(self) -> Period:
        try:
            return Period.parse(self.cleaned_data["period"])
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class ApproveForm(forms.Form):
    """Who signs the paper, as it will stand under it. `seen` is the seal of the draft that was read."""

    authority = forms.ChoiceField(label="Thẩm quyền ký", choices=AUTHORITIES, required=False)
    office = TextField(
        label="Chức vụ người ký", max_length=60, help_text="Viết như trên văn bản: PHÓ TRƯỞNG BAN."
    )
    name = TextField(
        label="Họ và tên người ký", max_length=60, help_text="Không ghi học hàm, học vị."
    )
    seen = forms.CharField(widget=forms.HiddenInput)

    def clean_office(self) -> str:
        office: str = self.cleaned_data["office"]
        return office.upper()
