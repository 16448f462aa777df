"""Forms of a recommendation's way: sending it on, setting it aside, answering it, reading it out."""

from datetime import date
from typing import Any, Final, cast

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from config.lib.fields import DayInput, TextField
from config.lib.secrecy import why_not_type
from meetings.models import Meeting
from reports.models import Recommendation
from reports.states import Outcome
from roster.models import Unit
from roster.templatetags.vn import weekday_date

COMPLAINT: Final = "complaint"
REASONS: Final = {
    COMPLAINT: "Là khiếu nại, tố cáo: gửi Ủy ban Kiểm tra theo quy định, không xử lý ở đây",
    "repeated": "Trùng với kiến nghị đã chuyển",
    "internal": "Chi bộ tự giải quyết được",
    "unclear": "Chưa rõ việc, chưa rõ địa điểm",
    "other": "Lý do khác",
}
SAID: Final = [("yes", "Đồng tình với câu trả lời"), ("no", "Chưa đồng tình, mở lại")]
NO_SECRETS: Final = "Không nhập nội dung bí mật nhà nước. Không ghi ai đã nói gì."


def long_text(label: str, *, most: int, rows: int, required: bool = True, hint: str = "") -> Any:
    return OpenTextField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def choose_among(form: forms.Form, name: str, rows: QuerySet[Any]) -> Any:
    """What a field that chooses a row offers, decided when the form is shown."""
    field = cast("forms.ModelChoiceField[Any]", form.fields[name])
    field.queryset = rows
    return field


def other_authorities(recommendation: Recommendation) -> QuerySet[Unit]:
    """Who else may be competent: not the one that has it."""
    here = recommendation.authority_id or 0
    eligible = Unit.objects.authorities_for(recommendation.unit)
    return eligible.exclude(pk=here).order_by("-kind", "name_key", "pk")


class OpenTextField(forms.CharField):
    """Free text, in which nothing secret may stand."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if reason := why_not_type(text):
            raise ValidationError(reason)
        return text


class ForwardForm(forms.Form):
    """To whom, and until when. While a deadline runs it is not asked for: it stays (R23)."""

    authority = forms.ModelChoiceField(
        label="Cơ quan có thẩm quyền", queryset=Unit.objects.none(), empty_label="Chọn cơ quan"
    )
    due_on = forms.DateField(label="Hạn trả lời", widget=DayInput())
    note = long_text("Ghi chú cho cơ quan nhận", most=500, rows=3, required=False, hint=NO_SECRETS)

    def __init__(
        self, data: Any, recommendation: Recommendation, *, today: date, due_on: date
    ) -> None:
        super().__init__(data)
        self.today = today
        choose_among(self, "authority", other_authorities(recommendation))
        self.initial = {"authority": recommendation.suggested_authority_id, "due_on": due_on}
        if recommendation.due_on:
            del self.fields["due_on"]

    def clean_due_on(self) -> date:
        due_on: date = self.cleaned_data["due_on"]
        if due_on <= self.today:
            raise ValidationError("Hạn trả lời phải sau hôm nay.")
        return due_on


class SetAsideForm(forms.Form):
    reason = forms.ChoiceField(
        label="Vì sao không thụ lý", choices=list(REASONS.items()), widget=forms.RadioSelect()
    )
    note = long_text(
        "Nói rõ thêm để chi bộ hiểu", most=200, rows=2, required=False, hint=NO_SECRETS
    )

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("reason") == "other" and not facts.get("note"):
            self.add_error("note", "Ghi lý do.")
        return facts

    def because(self) -> str:
        """The sentence that is kept."""
        note = self.cleaned_data["note"].strip()
        if self.cleaned_data["reason"] == "other":
            return str(note)
        reason = REASONS[self.cleaned_data["reason"]]
        return f"{reason}. {note}".strip() if note else f"{reason}."


class AnswerForm(forms.Form):
    outcome = forms.ChoiceField(
        label="Kết quả", choices=Outcome.choices, widget=forms.RadioSelect()
    )
    text = long_text("Nội dung trả lời chi bộ", most=4000, rows=7, hint=NO_SECRETS)
    settled_by = forms.DateField(
        label="Xong trước ngày",
        required=False,
        widget=DayInput(attrs={"data-shown-when": "outcome=scheduled"}),
        help_text="Khi có lộ trình. Đến ngày ấy chi bộ sẽ hỏi lại.",
    )
    owner = forms.ModelChoiceField(
        label="Cơ quan có thẩm quyền là",
        queryset=Unit.objects.none(),
        required=False,
        empty_label="Không rõ: trả lại bộ phận tiếp nhận",
        widget=forms.Select(attrs={"data-shown-when": "outcome=not_competent"}),
        help_text="Kiến nghị được chuyển tiếp ngay; thời hạn không đặt lại.",
    )
    document_number = TextField(label="Số văn bản trả lời", max_length=60, required=False)
    document_on = forms.DateField(label="Ngày văn bản", required=False, widget=DayInput())
    upload = forms.FileField(
        label="Văn bản kèm theo", required=False, help_text="PDF, ảnh, Word hoặc Excel."
    )

    def __init__(self, *args: Any, recommendation: Recommendation, today: date) -> None:
        super().__init__(*args)
        self.today = today
        choose_among(self, "owner", other_authorities(recommendation))

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        outcome = facts.get("outcome")
        if outcome == Outcome.SCHEDULED:
            self.check_promise(facts.get("settled_by"))
        else:
            facts["settled_by"] = None
        if outcome != Outcome.NOT_COMPETENT:
            facts["owner"] = None
        return facts

    def check_promise(self, settled_by: date | None) -> None:
        if settled_by is None:
            self.add_error("settled_by", "Có lộ trình thì ghi đến ngày nào.")
        elif settled_by < self.today:
            self.add_error("settled_by", "Ngày này đã qua.")


class ReadOutForm(forms.Form):
    meeting = forms.ModelChoiceField(
        label="Đã thông báo tại cuộc họp", queryset=Meeting.objects.none(), empty_label=None
    )
    said = forms.ChoiceField(label="Chi bộ cho biết", choices=SAID, widget=forms.RadioSelect())
    note = long_text(
        "Ý kiến của chi bộ",
        most=500,
        rows=3,
        required=False,
        hint=f"Chưa đồng tình thì ghi lý do. {NO_SECRETS}",
    )

    def __init__(self, data: Any, *, meetings: QuerySet[Meeting], initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        field = choose_among(self, "meeting", meetings)
        field.label_from_instance = lambda row: weekday_date(row.held_on)

    def clean(self) -> dict[str, Any]:
        facts = super().clean() or {}
        if facts.get("said") == "no" and not facts.get("note"):
            self.add_error("note", "Chi bộ chưa đồng tình: ghi lý do.")
        return facts
