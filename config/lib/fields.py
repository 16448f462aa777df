"""Form fields as our users type: days from a calendar or dd/mm/yyyy, 24-hour times, phones, names."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from config.lib.secrecy import why_not_type
from config.lib.text import nfc, phone_e164, phone_shown


class DayInput(forms.DateInput):
    """dd/mm/yyyy as text: the browser's own field follows the browser's language, not ours.

    static/js/day.js puts a calendar behind a button beside it.
    """

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        ours = {
            "data-day": True,
            "inputmode": "numeric",
            "autocomplete": "off",
            "placeholder": "dd/mm/yyyy",
        }
        super().__init__(ours | (attrs or {}), format="%d/%m/%Y")


class HourInput(forms.TimeInput):
    """19:30 as text, for the same reason; 19h30 and “19 giờ 30” are understood too."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        ours = {"autocomplete": "off", "placeholder": "19:30"}
        super().__init__(ours | (attrs or {}), format="%H:%M")


def no_secrets(text: str) -> None:
    """A validator: nothing that carries a mark of secrecy."""
    if sentence := why_not_type(text):
        raise ValidationError(sentence)


class TextField(forms.CharField):
    """Text in NFC, so that it compares and searches as it looks; refused with a mark of secrecy."""

    default_validators = [no_secrets]

    def clean(self, value: Any) -> Any:
        return super().clean(nfc(value) if isinstance(value, str) else value)


class PhoneField(forms.CharField):
    """Shown `0912 345 678`, kept as E.164; a number that cannot be one is refused with the reason."""

    widget = forms.TextInput(attrs={"type": "tel", "inputmode": "tel", "autocomplete": "off"})

    def __init__(self, *, max_length: int | None = None, **options: Any) -> None:
        super().__init__(max_length=max_length and 24, **options)

    def prepare_value(self, value: Any) -> Any:
        return phone_shown(value) if isinstance(value, str) and value.startswith("+") else value

    def to_python(self, value: Any) -> str:
        text = super().to_python(value)
        if not text:
            return ""
        try:
            return phone_e164(text)
        except ValueError as problem:
            raise ValidationError(str(problem)) from None
