"""One form field for each kind of question that a report form may ask."""

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from django import forms

from config.lib.fields import HourInput, TextField, no_secrets
from config.lib.text import INVISIBLE
from reports.models import Field

Question = Mapping[str, Any]
LONG: Final = 2000
LARGEST_COUNT: Final = 9999


class LongTextField(forms.CharField):
    """Text of several lines in NFC; lines stay, blanks at their ends go."""

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        lines = unicodedata.normalize("NFC", text.translate(INVISIBLE)).splitlines()
        return "\n".join(line.rstrip() for line in lines).strip()


class FieldOfWork(forms.TypedChoiceField):
    """One of the fields of work; they are read once for the whole page."""

    def __init__(self, fields: Sequence[Field], **options: Any) -> None:
        by_key = {str(field.pk): field for field in fields}
        choices = [("", "Chọn lĩnh vực"), *((key, field.name) for key, field in by_key.items())]
        # given as a function, they are gone through only where something was chosen, or shown
        super().__init__(
            choices=lambda: choices, coerce=by_key.__getitem__, empty_value=None, **options
        )


def long_text(question: Question, **options: Any) -> forms.Field:
    length = question.get("max_length", LONG)
    area = forms.Textarea(attrs={"rows": 4, "data-grow": ""})
    return LongTextField(max_length=length, widget=area, validators=[no_secrets], **options)


def short_text(question: Question, **options: Any) -> forms.Field:
    length = question.get("max_length", 200)
    return TextField(max_length=length, **options)


def count(_question: Question, **options: Any) -> forms.Field:
    widget = forms.NumberInput(attrs={"inputmode": "numeric"})
    return forms.IntegerField(min_value=0, max_value=LARGEST_COUNT, widget=widget, **options)


def hour(_question: Question, **options: Any) -> forms.Field:
    return forms.TimeField(widget=HourInput(), **options)


def choice(question: Question, **options: Any) -> forms.Field:
    choices = [tuple(pair) for pair in question["choices"]]
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **options)


def choices(question: Question, **options: Any) -> forms.Field:
    pairs = [tuple(pair) for pair in question["choices"]]
    return forms.MultipleChoiceField(choices=pairs, widget=forms.CheckboxSelectMultiple, **options)


def flag(_question: Question, **options: Any) -> forms.Field:
    return forms.BooleanField(**{**options, "required": False})


KINDS: Final[Mapping[str, Callable[..., forms.Field]]] = {
    "text": short_text,
    "long_text": long_text,
    "count": count,
    "time": hour,
    "choice": choice,
    "choices": choices,
    "flag": flag,
}


def field_for(question: Question, fields: Sequence[Field]) -> forms.Field:
    """The form field of one question of `ReportForm.definition`."""
    label = question["label"]
    options = {
        "label": label,
        "required": question.get("required", False),
        "help_text": question.get("help", ""),
        "error_messages": {"required": f"Chưa ghi mục “{label}”."},
    }
    if question["kind"] == "field":
        field: forms.Field = FieldOfWork(fields, **options)
    else:
        field = KINDS[question["kind"]](question, **options)
    if field.required:
        field.widget.attrs["data-needed"] = ""
    return field
