"""More time for a report: until when, and why."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms

from config.lib.fields import DayInput, TextField


class UntilForm(forms.Form):
    """`why_not` is the rule for the day, so that its sentence stands at the field and nothing typed is lost."""

    until = forms.DateField(widget=DayInput(), error_messages={"required": "Chọn ngày."})
    reason = TextField(
        label="Lý do",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Ghi lý do."},
        help_text="Lý do được ghi vào nhật ký.",
    )

    def __init__(
        self, *args: Any, label: str, why_not: Callable[[date], str | None], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].label = label
        self.why_not = why_not

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if sentence := self.why_not(until):
            raise forms.ValidationError(sentence)
        return until
