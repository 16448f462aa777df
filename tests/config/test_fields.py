from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ValidationError

from config.lib.fields import DayInput, HourInput, PhoneField, TextField


class Sheet(forms.Form):
    name = TextField(max_length=40)
    phone = PhoneField(required=False)
    day = forms.DateField(widget=DayInput())
    hour = forms.TimeField(widget=HourInput())


def filled(**values):
    return Sheet({"name": "An", "phone": "", "day": "3/11/2026", "hour": "19:30", **values})


@pytest.mark.parametrize("typed", ["03/11/2026", "3/11/2026", "2026-11-03", "3-11-2026"])
def test_days_are_understood_as_people_write_them(typed):
    form = filled(day=typed)

    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 11, 3)


@pytest.mark.parametrize("typed", ["19:30", "19h30", "19 giờ 30"])
def test_hours_are_understood_as_people_write_them(typed):
    form = filled(hour=typed)

    assert form.is_valid()
    assert form.cleaned_data["hour"] == time(19, 30)


def test_a_phone_is_kept_as_e164_and_shown_in_groups():
    form = filled(phone="0912 000 101")
    again = Sheet(initial={"phone": "+84912000101"})

    assert form.is_valid()
    assert form.cleaned_data["phone"] == "+84912000101"
    assert again["phone"].value() == "0912 000 101"


def test_a_phone_typed_as_it_was_shown_is_no_change():
    form = Sheet(
        {"name": "An", "phone": "0912 000 101", "day": "3/11/2026", "hour": "19:30"},
        initial={
            "name": "An",
            "phone": "+84912000101",
            "day": date(2026, 11, 3),
            "hour": time(19, 30),
        },
    )

    assert form.changed_data == []


def test_a_number_that_cannot_be_a_phone_is_refused_with_the_reason():
    form = filled(phone="91200013")

    assert form.errors["phone"] == ["“91200013” thiếu chữ số: số di động có 10 chữ số."]


def test_text_is_kept_in_one_form_of_unicode():
    form = filled(name="Xa\u0303  Quang  Thie\u0302\u0323n")

    assert form.is_valid()
    assert form.cleaned_data["name"] == "Xã Quang Thiện"


def test_a_day_is_shown_with_the_day_first():
    assert 'value="03/11/2026"' in str(Sheet(initial={"day": date(2026, 11, 3)})["day"])


def test_a_line_of_text_with_a_mark_of_secrecy_is_refused():
    with pytest.raises(ValidationError, match="dấu hiệu “TỐI MẬT”"):
        TextField().clean("Kế hoạch (Tối mật)")
