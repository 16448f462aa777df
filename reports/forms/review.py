"""Returning a report: a new due date, and what is to be mended, by field."""

from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField

from config.lib.fields import DayInput, no_secrets
from reports.forms.fields import LongTextField
from reports.models import MeetingReport

USUAL_DAYS: Final = 3
WHOLE: Final = ""


class ReturnForm(forms.Form):
    """One remark for each field that needs one, or one for the whole report."""

    due_on = forms.DateField(
        label="Hạn mới", widget=DayInput(), error_messages={"required": "Chọn hạn mới."}
    )

    def __init__(self, *args: Any, report: MeetingReport, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("due_on", today + timedelta(days=USUAL_DAYS))
        self.today = today
        self.keys = [WHOLE, *keys_of(report)]
        for key in self.keys:
            self.fields[name_of(key)] = remark_field()
        self.fields[name_of(WHOLE)].label = "Ý kiến chung"

    def remark_on(self, key: str) -> BoundField:
        return self[name_of(key)]

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on < self.today:
            raise ValidationError(f"Hạn mới từ ngày {self.today:%d/%m/%Y} trở đi.")
        return due_on

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if not self.errors and not self.remarks():
            sentence = "Ghi ít nhất một ý kiến: người viết cần biết bổ sung mục nào, thế nào."
            self.add_error(name_of(WHOLE), sentence)
        return values

    def remarks(self) -> dict[str, str]:
        """By field key; what concerns the whole report has the empty key."""
        said = {key: self.cleaned_data.get(name_of(key), "") for key in self.keys}
        return {key: text for key, text in said.items() if text}


def keys_of(report: MeetingReport) -> list[str]:
    """Questions by their keys, sheets by their section's."""
    keys = []
    for section in report.form.definition:
        keys += [question["key"] for question in section["fields"]] or [section["key"]]
    return keys


def name_of(key: str) -> str:
    return f"remark-{key}"


def remark_field() -> forms.Field:
    area = forms.Textarea(attrs={"rows": 2, "data-grow": ""})
    return LongTextField(
        label="Ý kiến", required=False, max_length=1000, widget=area, validators=[no_secrets]
    )
