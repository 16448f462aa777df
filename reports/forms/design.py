"""The commission's own forms: a section, a question, and from when a version is in force."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django import forms

from config.lib.fields import DayInput, TextField
from reports.conditions import THEMATIC
from reports.form_design import Part, new_key, offered_by
from reports.forms.fields import LONG

KIND_LABELS: Final[Mapping[str, str]] = {
    "text": "Một dòng chữ",
    "long_text": "Đoạn văn",
    "count": "Số đếm",
    "time": "Giờ",
    "choice": "Chọn một",
    "choices": "Chọn nhiều",
    "flag": "Đánh dấu có",
    "field": "Lĩnh vực",
}
WHEN: Final = [
    ("always", "Ở mọi buổi họp"),
    ("thematic", "Chỉ trong tháng có sinh hoạt chuyên đề"),
    ("answer", "Chỉ khi một câu trước được trả lời như sau"),
]
MOST_CHOICES: Final = 20
LONGEST: Final = 5000


class PartForm(forms.Form):
    """What a section and a question have in common: when they are asked."""

    use_required_attribute = False

    def offer_condition(self, present: Part | None, before: Sequence[Part]) -> None:
        """`before` are the questions with choices that stand before this part."""
        groups = [
            (one["label"], [(f"{one['key']}={key}", label) for key, label in offered_by(one)])
            for one in before
        ]
        when, answers = said_condition((present or {}).get("condition"))
        offered = WHEN if groups else WHEN[:2]
        self.fields["asked_when"] = forms.ChoiceField(
            label="Hỏi khi nào", choices=offered, widget=forms.RadioSelect, initial=when
        )
        if groups:
            self.fields["answers"] = forms.MultipleChoiceField(
                label="Khi trả lời",
                required=False,
                choices=groups,
                initial=answers,
                widget=forms.SelectMultiple(
                    attrs={"size": 8, "data-shown-when": "asked_when=answer"}
                ),
                help_text="Chọn một hay vài câu trả lời của cùng một câu.",
            )

    def clean_answers(self) -> list[str]:
        answers: list[str] = self.cleaned_data["answers"]
        if self.cleaned_data.get("asked_when") == "answer":
            keys = {answer.partition("=")[0] for answer in answers}
            if len(keys) != 1:
                raise forms.ValidationError("Chọn câu trả lời của đúng một câu.")
        return answers

    def condition(self) -> dict[str, Any]:
        """`{"condition": …}`, or nothing."""
        when = self.cleaned_data.get("asked_when")
        if when == "thematic":
            return {"condition": dict(THEMATIC)}
        if when != "answer":
            return {}
        pairs = [answer.partition("=") for answer in self.cleaned_data["answers"]]
        return {"condition": {"field": pairs[0][0], "is": [value for _, _, value in pairs]}}


def said_condition(condition: Mapping[str, Any] | None) -> tuple[str, list[str]]:
    if not condition:
        return "always", []
    if "month" in condition:
        return "thematic", []
    return "answer", [f"{condition['field']}={value}" for value in condition["is"]]


class SectionForm(PartForm):
    title = TextField(label="Tên phần", max_length=80, error_messages={"required": "Ghi tên phần."})
    lead = TextField(label="Lời dẫn", max_length=200, required=False)

    def __init__(
        self, *args: Any, present: Part | None, before: Sequence[Part], is_free: bool, **kw: Any
    ) -> None:
        super().__init__(*args, **kw)
        self.initial = dict(present or {})
        self.present = present
        if is_free:
            self.offer_condition(present, before)

    def section(self, taken: set[str]) -> dict[str, Any]:
        old = dict(
            self.present or {"key": new_key(self.cleaned_data["title"], taken), "fields": []}
        )
        old.pop("condition", None)
        told = {name: self.cleaned_data[name] for name in ("title", "lead")}
        return {**old, **told, **self.condition()}


class QuestionForm(PartForm):
    label = TextField(label="Câu hỏi", max_length=120, error_messages={"required": "Ghi câu hỏi."})
    help = TextField(label="Hướng dẫn dưới ô", max_length=200, required=False)
    kind = forms.ChoiceField(label="Kiểu trả lời", choices=list(KIND_LABELS.items()))
    max_length = forms.IntegerField(
        label="Dài nhất (ký tự)",
        required=False,
        min_value=10,
        max_value=LONGEST,
        widget=forms.NumberInput(
            attrs={"inputmode": "numeric", "data-shown-when": "kind=text|long_text"}
        ),
        help_text="Để trống: 200 ký tự cho một dòng, 2000 cho đoạn văn.",
    )
    required = forms.BooleanField(label="Bắt buộc trả lời", required=False)

    def __init__(
        self,
        *args: Any,
        present: Part | None,
        before: Sequence[Part],
        is_free: bool,
        is_published: bool,
        **kw: Any,
    ) -> None:
        super().__init__(*args, **kw)
        self.initial = dict(present or {"kind": "long_text"})
        self.present = present
        if is_published:
            self.fields["kind"].disabled = True
            self.fields[
                "kind"
            ].help_text = "Câu đã ban hành giữ kiểu trả lời; cần kiểu khác thì bỏ và thêm câu mới."
        self.offer_choices((present or {}).get("choices", ()))
        if is_free:
            self.offer_condition(present, before)

    def offer_choices(self, choices: Sequence[Sequence[str]]) -> None:
        """A choice keeps its key when it is renamed, and goes when its text is taken away."""
        for number, (key, label) in enumerate(choices, 1):
            self.fields[f"choice-{key}"] = TextField(
                label=f"Lựa chọn {number}", max_length=120, required=False, initial=label
            )
        self.fields["more"] = forms.CharField(
            label="Thêm lựa chọn",
            required=False,
            widget=forms.Textarea(attrs={"rows": 3, "data-shown-when": "kind=choice|choices"}),
            help_text="Mỗi dòng một lựa chọn. Xóa chữ của một lựa chọn ở trên là bỏ lựa chọn đó.",
        )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        if values.get("kind") in {"choice", "choices"}:
            labels = [label for _, label in self.choices()]
            if not labels:
                self.add_error("more", "Ghi ít nhất một lựa chọn.")
            elif len(labels) > MOST_CHOICES:
                self.add_error("more", f"Nhiều nhất {MOST_CHOICES} lựa chọn.")
            elif len(set(labels)) < len(labels) or max(map(len, labels)) > 120:  # noqa: PLR2004 - as the field above
                self.add_error("more", "Mỗi lựa chọn ghi một lần, không quá 120 ký tự.")
        return values

    def choices(self) -> list[list[str]]:
        old = [
            [key, self.cleaned_data.get(f"choice-{key}", "")]
            for key, _ in (self.present or {}).get("choices", ())
        ]
        taken = {key for key, _ in old}
        found = [pair for pair in old if pair[1]]
        for line in self.cleaned_data.get("more", "").splitlines():
            if label := " ".join(line.split()):
                key = new_key(label, taken)
                taken.add(key)
                found.append([key, label])
        return found

    def question(self, taken: set[str]) -> dict[str, Any]:
        """As the definition keeps it; what does not belong to the kind is left out."""
        given = self.cleaned_data
        key = self.present["key"] if self.present else new_key(given["label"], taken)
        kind = given["kind"]
        found = {"key": key, "label": given["label"], "kind": kind}
        if given["required"] and kind != "flag":
            found["required"] = True
        if given["help"]:
            found["help"] = given["help"]
        if kind in {"text", "long_text"}:
            found["max_length"] = given["max_length"] or (LONG if kind == "long_text" else 200)
        if kind in {"choice", "choices"}:
            found["choices"] = self.choices()
        return {**found, **self.condition()}


class PublishForm(forms.Form):
    name = TextField(label="Tên mẫu", max_length=120, error_messages={"required": "Ghi tên mẫu."})
    starts_on = forms.DateField(
        label="Dùng cho buổi họp từ ngày",
        widget=DayInput(),
        error_messages={"required": "Chọn ngày."},
        help_text="Mẫu trước hết hiệu lực ngày liền trước. Báo cáo đã nộp giữ mẫu của mình; bản nháp chuyển sang mẫu mới.",
    )

    def __init__(self, *args: Any, why_not: Callable[[date], str | None], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.why_not = why_not

    def clean_starts_on(self) -> date:
        day: date = self.cleaned_data["starts_on"]
        if sentence := self.why_not(day):
            raise forms.ValidationError(sentence)
        return day
