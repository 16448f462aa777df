"""Forms of the calendar, of attendance and of the month's material."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone

from config.lib.fields import DayInput, HourInput, TextField, no_secrets
from config.lib.months import add_months, month_code, month_of
from meetings.models import Meeting
from meetings.states import CancelReason, Level
from roster.models import Unit, User
from roster.states import AbsenceReason, UnitKind


class MoveForm(forms.Form):
    """Another day or hour of the same month, and why."""

    day = forms.DateField(label="Ngày mới", widget=DayInput())
    time = forms.TimeField(label="Giờ mới", widget=HourInput())
    reason = TextField(
        label="Lý do dời",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Người dự và bí thư đọc được lý do này.",
    )
    despite_clash = forms.BooleanField(
        label="Vẫn dời, dù người dự trùng lịch", required=False, widget=forms.HiddenInput()
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        starts_at = timezone.localtime(meeting.starts_at)
        kwargs["initial"] = {"day": starts_at.date(), "time": starts_at.time()}
        super().__init__(*args, **kwargs)

    def ask_about(self, clashes: Iterable[str]) -> None:
        """Say who is expected elsewhere at that time, and offer to move all the same."""
        self.fields["despite_clash"].widget = forms.CheckboxInput()
        self.add_error("day", f"{' '.join(clashes)} Chọn ngày, giờ khác, hoặc đánh dấu “Vẫn dời”.")

    @property
    def starts_at(self) -> datetime:
        return timezone.make_aware(
            datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"])
        )


class CancelForm(forms.Form):
    """A typed reason, and words where the type does not say enough."""

    reason = forms.ChoiceField(
        label="Lý do không họp", choices=CancelReason, widget=forms.RadioSelect
    )
    note = TextField(label="Nói rõ thêm", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == CancelReason.OTHER and not self.cleaned_data.get(
            "note"
        ):
            self.add_error("note", "Ghi lý do cụ thể.")
        return self.cleaned_data

    @property
    def words(self) -> str:
        label = CancelReason(self.cleaned_data["reason"]).label
        note = self.cleaned_data["note"]
        if not note:
            return label
        return note if self.cleaned_data["reason"] == CancelReason.OTHER else f"{label}: {note}"


class ExcuseForm(forms.Form):
    """Why one cannot come (R6)."""

    reason = forms.TypedChoiceField(
        label="Lý do", choices=AbsenceReason, coerce=AbsenceReason, widget=forms.RadioSelect
    )
    note = TextField(
        label="Nói rõ thêm",
        max_length=150,
        required=False,
        help_text="Không ghi nội dung mật, không ghi tình trạng sức khỏe cụ thể.",
    )

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == AbsenceReason.OTHER and not self.cleaned_data.get(
            "note"
        ):
            self.add_error("note", "Ghi lý do cụ thể.")
        return self.cleaned_data


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each as the single field would take it."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> Any:
        if not data:
            return [] if not self.required else super().clean(None, initial)
        return [forms.FileField.clean(self, one, initial) for one in data]


class BriefingForm(forms.Form):
    """The material of one month."""

    month = forms.TypedChoiceField(label="Tháng", coerce=str)
    issuer: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="Nơi phát hành", queryset=Unit.objects.none(), required=False, empty_label=None
    )
    level = forms.ChoiceField(
        label="Cho ai", choices=[("", "Mọi người dự"), *Level.choices], required=False
    )
    scope: forms.ModelChoiceField[Unit] = forms.ModelChoiceField(
        label="Ở đâu",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Toàn bộ đơn vị cấp dưới",
    )
    title = TextField(label="Tiêu đề", max_length=200)
    text = forms.CharField(
        label="Nội dung chính",
        validators=[no_secrets],
        widget=forms.Textarea(attrs={"rows": 10}),
        required=False,
        help_text="Không nhập nội dung mật. Tài liệu mật gửi qua văn thư.",
    )
    attachments = FilesField(
        label="Tệp kèm theo",
        required=False,
        help_text="PDF, Word, Excel hoặc ảnh; chọn được nhiều tệp.",
    )

    def __init__(self, *args: Any, user: User, place: Unit | None, **kwargs: Any) -> None:
        """`place`: whose subtree the material is for."""
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        own = Unit.objects.visible_to(user).on(today)
        issuers = own.filter(Q(pk=user.unit_id) | Q(kind=UnitKind.AGENCY))
        self.fields["issuer"].queryset = issuers.for_list()  # type: ignore[attr-defined]
        self.fields["issuer"].initial = user.unit_id
        below = Unit.objects.under(place).on(today) if place else own
        self.fields["scope"].queryset = below.communes().for_list()  # type: ignore[attr-defined]
        this = month_of(timezone.localdate())
        months = [add_months(this, index) for index in (0, 1, 2)]
        self.fields["month"].choices = [(month_code(one), f"Tháng {one:%m/%Y}") for one in months]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        if not self.cleaned_data.get("text") and not self.cleaned_data.get("attachments"):
            self.add_error("text", "Ghi nội dung, hoặc chọn ít nhất một tệp.")
        return self.cleaned_data


class ScheduleForm(forms.Form):
    """A schedule as another program has exported it."""

    file = forms.FileField(
        label="Tệp lịch",
        help_text="Excel (.xlsx, .xls), .ods, .csv hoặc .ics. Cần cột chi bộ và cột ngày họp; nên có giờ, địa điểm, xã.",
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.ods,.csv,.ics"}),
        error_messages={"required": "Chọn tệp lịch.", "empty": "Tệp này rỗng. Chọn lại tệp."},
    )
