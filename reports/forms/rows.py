"""Rows that one adds as needed: moods by topic, recommendations. An empty row is no row."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from config.lib.fields import no_secrets
from reports.forms.fields import FieldOfWork, LongTextField
from reports.models import Field
from reports.states import MoodTone, Urgency
from roster.models import Unit

MOST_ROWS: Final = 20


class Row(forms.Form):
    """A row counts as filled in when one of `told` is."""

    use_required_attribute = False
    told: Sequence[str] = ()

    def has_changed(self) -> bool:
        return self.is_in(self.data, self.prefix or "")

    @classmethod
    def is_in(cls, data: Mapping[str, Any], prefix: str) -> bool:
        return any(data.get(f"{prefix}-{name}") for name in cls.told)


class Rows(forms.BaseFormSet):  # type: ignore[type-arg]  # generic only in the stubs
    """The empty rows below the last one that was filled in need no form."""

    def total_form_count(self) -> int:
        count = super().total_form_count()
        while self.is_bound and count and not self.holds(count - 1):
            count -= 1
        return count

    def holds(self, index: int) -> bool:
        return bool(self.form.is_in(self.data, self.add_prefix(index)))


class MoodRow(Row):
    told = ("field", "tone", "text")

    def __init__(self, *args: Any, fields: Sequence[Field], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = FieldOfWork(
            fields, label="Chủ đề", error_messages={"required": "Chọn chủ đề."}
        )
        self.order_fields(["field", "tone", "text"])

    tone = forms.ChoiceField(
        label="Mức độ",
        choices=MoodTone.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Chọn mức độ."},
    )
    text = LongTextField(
        label="Việc gì, vì sao",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3, "data-grow": ""}),
        validators=[no_secrets],
    )


class MoodRows(Rows):
    """A topic stands once in a report."""

    def clean(self) -> None:
        seen = set()
        for row in self.forms:
            field = row.cleaned_data.get("field") if hasattr(row, "cleaned_data") else None
            if field and field.pk in seen:
                row.add_error("field", f"Chủ đề “{field}” đã ghi ở trên. Gộp vào một dòng.")
            seen.add(field.pk if field else None)


class RecommendationRow(Row):
    told = ("text", "proposal", "field", "suggested_authority")

    number = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    text = LongTextField(
        label="Nội dung kiến nghị",
        max_length=1000,
        min_length=20,
        widget=forms.Textarea(attrs={"rows": 4, "data-grow": ""}),
        validators=[no_secrets],
        help_text="Ở đâu, bao nhiêu, từ bao giờ. Khiếu nại, tố cáo thì gửi cơ quan kiểm tra.",
        error_messages={
            "required": "Ghi nội dung kiến nghị, hoặc xóa kiến nghị này.",
            "min_length": "Kiến nghị quá ngắn. Nêu rõ ở đâu, bao nhiêu, cần ai làm gì.",
        },
    )
    proposal = LongTextField(
        label="Đề xuất cách giải quyết",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "data-grow": ""}),
        validators=[no_secrets],
        error_messages={"required": "Ghi chi bộ đề xuất giải quyết thế nào, đến khi nào."},
    )
    urgency = forms.ChoiceField(
        label="Mức độ",
        choices=Urgency.choices,
        widget=forms.RadioSelect,
        initial=Urgency.NORMAL,
        error_messages={"required": "Chọn mức độ."},
    )

    def __init__(
        self, *args: Any, fields: Sequence[Field], authorities: Sequence[Unit], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["field"] = FieldOfWork(
            fields, label="Lĩnh vực", error_messages={"required": "Chọn lĩnh vực."}
        )
        self.fields["suggested_authority"] = forms.TypedChoiceField(
            label="Đề nghị gửi tới",
            required=False,
            choices=lambda: [
                ("", "Để cán bộ tiếp nhận chọn"),
                *((str(unit.pk), unit.name) for unit in authorities),
            ],
            coerce=lambda key: next(unit for unit in authorities if str(unit.pk) == key),
            empty_value=None,
            widget=forms.Select(attrs={"data-search-select": "Tìm cơ quan"}),
        )


MoodFormSet = forms.formset_factory(
    MoodRow, formset=MoodRows, extra=0, max_num=MOST_ROWS, validate_max=True
)
RecommendationFormSet = forms.formset_factory(
    RecommendationRow, formset=Rows, extra=0, max_num=MOST_ROWS, validate_max=True
)
