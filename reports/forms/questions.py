"""The questions of a report as a Django form, built from the form's definition; and how the counts must agree."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django import forms

from reports import conditions
from reports.forms.fields import LongTextField, field_for
from reports.models import Field, MeetingReport

Definition = Sequence[Mapping[str, Any]]
HINTED: Final = (
    "member_count",
    "obliged_count",
    "present_count",
    "excused_count",
    "unexcused_count",
    "opinion_count",
)


class Questions(forms.Form):
    """What every version of the form has in common: counts and hours that must agree."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, definition: Definition, fields: Sequence[Field], **kwargs: Any
    ) -> None:
        """The questions of one version of the report form; `fields` are the fields of work to choose from."""
        super().__init__(*args, **kwargs)
        self.definition = definition
        asked = [question for section in definition for question in section["fields"]]
        self.fields.update({question["key"]: field_for(question, fields) for question in asked})

    def unasked(self) -> set[str]:
        """What the answers themselves hide; what the month hides has no field."""

        def answer_of(key: str) -> list[str]:
            value = self[key].value() if key in self.fields else None
            if value in (None, "", False):
                return []
            if value is True:
                return ["on"]
            return [str(one) for one in value] if isinstance(value, list) else [str(value)]

        asked = conditions.asked_keys(self.definition, answer_of, is_thematic=True)
        return set(self.fields) - asked

    def hint(self, earlier: MeetingReport | None) -> None:
        """The counts of the report before this one stand below the fields; they are never filled in."""
        for name in HINTED if earlier else ():
            count = getattr(earlier, name)
            if count is not None and name in self.fields:
                shown = self[name]  # checking the form has copied the field's own text to here
                shown.help_text = f"Kỳ trước: {count}"

    def offer(self, chairs: Sequence[str]) -> None:
        """Who is likely to have chaired, for the page to offer by one tap (report-known.js)."""
        if chairs and "chaired_by" in self.fields:
            self.fields["chaired_by"].widget.attrs["data-offers"] = "|".join(chairs)

    def lay_beside(self, earlier: MeetingReport | None) -> None:
        """Last month's long answers, for the page to see when the same words come again."""
        for name, field in self.fields.items() if earlier else ():
            if isinstance(field, LongTextField) and (text := said_in(earlier, name)):
                field.widget.attrs["data-earlier"] = text

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for key in self.unasked():
            self.errors.pop(key, None)
            values[key] = getattr(self.fields[key], "empty_value", None)
        self.check_hours(values)
        self.check_totals(values)
        self.check_parts(values)
        return values

    def check_hours(self, values: Mapping[str, Any]) -> None:
        began, ended = values.get("began_at"), values.get("ended_at")
        if began and ended and ended <= began:
            sentence = f"Giờ kết thúc ({ended:%H:%M}) không sau giờ bắt đầu ({began:%H:%M})."
            self.add_error("ended_at", sentence)

    def check_totals(self, values: Mapping[str, Any]) -> None:
        members = values.get("member_count")
        for name, what in (("obliged_count", "phải sinh hoạt"), ("present_count", "có mặt")):
            count = values.get(name)
            if count is not None and members is not None and count > members:
                self.add_error(
                    name,
                    f"Số {what} ({count}) lớn hơn tổng số đảng viên ({members}). "
                    "Xem lại một trong hai số.",
                )

    def check_parts(self, values: Mapping[str, Any]) -> None:
        names = ("present_count", "excused_count", "unexcused_count")
        if any(values.get(name) is None for name in (*names, "obliged_count")):
            return
        present, excused, unexcused = (values[name] for name in names)
        total = present + excused + unexcused
        if total != values["obliged_count"]:
            self.add_error(
                "unexcused_count",
                f"Có mặt {present}, vắng có lý do {excused}, vắng không lý do {unexcused}: cộng lại "
                f"là {total}, không bằng số phải sinh hoạt ({values['obliged_count']}).",
            )


def said_in(report: MeetingReport | None, name: str) -> str:
    return str(getattr(report, name, "") or (report.answers.get(name, "") if report else ""))
