"""A decision that reorganises units, with its list of changes or with operations entered by hand."""

from datetime import timedelta
from typing import Any, Final

from django import forms
from django.db.models import Q

from config.lib.fields import DayInput, TextField
from config.lib.text import fold
from roster.actions.reorganised_units import NO_CODE
from roster.changes import Change
from roster.models import Reorganisation, Unit, User
from roster.states import OperationKind

MOST_BYTES: Final = 5_000_000
MOST_NAMED: Final = 4


class ReorganisationForm(forms.Form):
    decision = TextField(label="Số, ngày quyết định", max_length=200)
    effective_on = forms.DateField(label="Hiệu lực từ ngày", widget=DayInput())
    changes = forms.FileField(
        label="Bảng thay đổi (Excel, CSV)",
        required=False,
        help_text="Các cột: mã đơn vị cũ, mã đơn vị mới, việc; thêm tên đơn vị mới, mã cấp trên cho đơn vị lập mới. Để trống thì nhập từng việc ở trang sau.",
    )

    def clean_changes(self) -> Any:
        file = self.cleaned_data["changes"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError("Tệp lớn hơn 5 MB.")
        return file


class OperationForm(forms.Form):
    """One operation. Units are named by code or by name, as they are on the eve (old) and from the day on (new)."""

    hides_optional = True
    kind = forms.ChoiceField(label="Việc", choices=OperationKind)
    old = TextField(
        label="Đơn vị cũ",
        required=False,
        max_length=200,
        help_text="Mã hoặc tên. Thành lập thì để trống.",
    )
    new = TextField(
        label="Về đơn vị đang có",
        required=False,
        max_length=200,
        help_text="Mã hoặc tên; với việc chuyển cấp trên là cấp trên mới.",
    )
    new_name = TextField(label="hoặc tên đơn vị lập mới", required=False, max_length=200)
    new_code = TextField(
        label="Mã của đơn vị mới",
        required=False,
        max_length=20,
        help_text="Đổi tên mà để trống thì giữ mã cũ.",
    )
    parent = TextField(
        label="Cấp trên của đơn vị mới",
        required=False,
        max_length=200,
        help_text="Để trống thì như đơn vị cũ.",
    )

    def __init__(self, *args: Any, reorganisation: Reorganisation, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.reorganisation = reorganisation
        self.units = Unit.objects.visible_to(user)
        for name in ("old", "new", "parent"):
            self.fields[name].widget.attrs["list"] = "don-vi"

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        kind = data.get("kind")
        self.find("old", self.reorganisation.eve, needed=kind != OperationKind.ESTABLISH)
        for name in ("new", "parent"):
            self.find(name, self.reorganisation.effective_on)
        goes_on = kind != OperationKind.DISSOLVE
        if goes_on and not data.get("new") and not data.get("new_name") and not self.errors:
            self.add_error("new", "Chọn đơn vị đang có, hoặc ghi tên đơn vị lập mới.")
        return data

    def find(self, name: str, day: Any, *, needed: bool = False) -> None:
        """The field's unit in `self.found`; a sentence where there is none, or more than one."""
        words = self.cleaned_data.get(name, "")
        if not words:
            if needed:
                self.add_error(name, "Ghi đơn vị cũ.")
            return
        rows = list(self.named(words, day)[: MOST_NAMED + 1])
        if len(rows) == 1:
            self.cleaned_data[name] = rows[0]
        elif rows:
            said = "; ".join(f"{row.code or f'#{row.pk}'} {row}" for row in rows[:MOST_NAMED])
            self.add_error(name, f"Nhiều đơn vị khớp, ghi mã: {said}.")
        else:
            self.add_error(name, "Không có đơn vị này vào ngày ấy trong phạm vi của đồng chí.")

    def named(self, words: str, day: Any) -> Any:
        living = self.units.on(day).order_by("name_key", "pk")
        code = words.split(maxsplit=1)[0]
        exact = Q(code=code) if not code.startswith("#") else Q(pk=int("0" + code[1:][:12]))
        if (by_code := living.filter(exact)).count() == 1:
            return by_code
        whole = living.filter(search=fold(words))
        return whole if whole.exists() else living.filter(search__contains=fold(words))

    @property
    def change(self) -> Change:
        data = self.cleaned_data
        old, new, parent = (
            f"#{data[name].pk}" if data.get(name) else "" for name in ("old", "new", "parent")
        )
        kind = OperationKind(data["kind"])
        if kind == OperationKind.DISSOLVE:
            return Change(kind, old, "")
        if new:
            return Change(kind, old, new)
        kept_code = data["old"].code if kind == OperationKind.RENAME else ""
        code = data["new_code"] or kept_code or f"{NO_CODE}{fold(data['new_name'])}"[:20]
        return Change(kind, old, code, data["new_name"], parent)


def suggested(reorganisation: Reorganisation, user: User) -> list[str]:
    """What the fields of a unit offer: its communes and districts, by code and name."""
    units = Unit.objects.visible_to(user).overlapping(
        reorganisation.eve, reorganisation.effective_on + timedelta(days=1)
    )
    rows = units.exclude(kind__in=["branch", "agency"]).order_by("name_key", "pk")
    return [
        f"{code or f'#{pk}'} {name}" for pk, code, name in rows.values_list("pk", "code", "name")
    ]
