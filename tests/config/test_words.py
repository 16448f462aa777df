"""Django's own sentences as our pages say them: the catalogue people edit is the one that is read."""

import gettext
import re
from pathlib import Path

import django
import pytest
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

[FOLDER] = settings.LOCALE_PATHS
CATALOGUE = Path(FOLDER) / "vi" / "LC_MESSAGES"
STRING = r'((?:"(?:[^"\\]|\\.)*"\s*)+)'
ENTRY = re.compile(
    rf"^msgid {STRING}(?:msgid_plural {STRING})?msgstr(?:\[0\])? {STRING}", re.MULTILINE
)


def joined(lines: str) -> str:
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', lines))


def entries(text: str) -> dict[str, str]:
    found = {joined(key): joined(value) for key, _, value in ENTRY.findall(text)}
    return {key: value for key, value in found.items() if key}


OURS = entries((CATALOGUE / "django.po").read_text())


def test_what_is_read_is_what_is_written():
    with (CATALOGUE / "django.mo").open("rb") as file:
        read = gettext.GNUTranslations(file)

    said = {key: {read.gettext(key), read.ngettext(key, key, 1)} - {key} for key in OURS}
    assert said == {key: {sentence} for key, sentence in OURS.items()}


def test_every_sentence_is_one_that_django_says():
    files = [
        path for path in Path(django.__file__).parent.rglob("*") if path.suffix in {".py", ".html"}
    ]
    sources = "".join(path.read_text() for path in files)
    said = re.sub(r'"\s*\n\s*"', "", sources)

    assert [key for key in OURS if key not in said] == []


class Sheet(forms.Form):
    name = forms.CharField(max_length=3)
    day = forms.DateField()
    points = forms.IntegerField(max_value=5)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({}, "name", "Ô này chưa có nội dung."),
        ({"name": "Chi bộ"}, "name", "Nhiều nhất 3 ký tự; hiện có 6."),
        ({"day": "31/2"}, "day", "Không hiểu ngày này. Ghi ngày/tháng/năm, ví dụ 03/11/2026."),
        ({"points": "6"}, "points", "Số này không được lớn hơn 5."),
        ({"points": "năm"}, "points", "Ghi một số nguyên."),
    ],
)
def test_a_form_says_it_in_our_voice(typed, field, sentence):
    assert Sheet(typed).errors[field] == [sentence]


def test_a_weak_password_is_refused_in_our_voice():
    with pytest.raises(ValidationError) as refused:
        validate_password("1234")

    assert refused.value.messages == [
        "Mật khẩu ngắn quá: ít nhất 10 ký tự.",
        "Mật khẩu này nhiều người dùng nên dễ đoán. Chọn mật khẩu khác.",
        "Mật khẩu toàn chữ số thì dễ đoán. Thêm chữ vào.",
    ]
