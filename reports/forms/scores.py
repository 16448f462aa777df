"""The score sheets, built from the frame in force on the meeting's day: a number for each criterion, or its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from reports import parts, suggestions
from reports.models import Criterion
from reports.parts import Chosen, name_of
from reports.states import ScoredBy
from roster.templatetags.vn import number


@dataclass(frozen=True)
class Typed:
    """What a browser sent for one criterion."""

    points: Any
    chosen: Chosen


@dataclass(frozen=True)
class Given:
    """Points for one criterion, and the choices that they are the sum of; `overruled` is a number they contradict."""

    points: Decimal
    chosen: Chosen
    overruled: str = ""


@dataclass(frozen=True)
class Line:
    """One criterion as the page shows it."""

    criterion: Criterion
    field: BoundField
    chosen: Chosen

    @property
    def is_told(self) -> bool:
        value = self.field.value()
        return bool(self.chosen or (value.points if isinstance(value, Typed) else value))

    @property
    def groups(self) -> list[dict[str, Any]]:
        return [
            {"name": group.name, "most": group.most, "parts": list(self.shown(group.parts))}
            for group in parts.groups(self.criterion.parts)
        ]

    def shown(self, members: Sequence[parts.Part]) -> Iterator[dict[str, Any]]:
        for part in members:
            yield {
                "name": f"{self.field.html_name}-{part['key']}",
                "label": part["label"],
                "most": parts.most_of([part]),
                "choices": part["choices"],
                "chosen": self.chosen.get(part["key"], ""),
                "suggest": suggestions.told_to_script(part),
            }


class ScoreInput(forms.NumberInput):
    """A number; the choices of the criterion's parts come with it (the template draws them)."""

    def __init__(self, criterion: Criterion, attrs: dict[str, Any]) -> None:
        super().__init__(attrs)
        self.parts = criterion.parts

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Typed:
        return Typed(data.get(name), parts.chosen_in(data, name, self.parts))

    def format_value(self, value: Any) -> str | None:
        points = value.points if isinstance(value, Typed) else value
        return None if points in (None, "") else str(points)


class PointsField(forms.DecimalField):
    """Points with a comma or a point, in halves. Where parts are chosen, their sum is the number, whatever was typed."""

    def __init__(self, criterion: Criterion, *, required: bool) -> None:
        most = criterion.max_points
        super().__init__(
            label=criterion.name,
            required=required,
            min_value=0,
            max_value=most,
            max_digits=4,
            decimal_places=1,
            widget=ScoreInput(
                criterion,
                {"class": "form-control", "inputmode": "decimal"}
                | ({"data-needed": ""} if required else {}),
            ),
            error_messages={
                "required": f"Chưa chấm tiêu chí “{criterion.name}”.",
                "max_value": f"Điểm vượt mức tối đa {most} của tiêu chí “{criterion.name}”.",
                "min_value": "Điểm không được âm.",
                "invalid": "Điểm là một số, ví dụ 4 hoặc 4,5.",
            },
        )
        self.parts = criterion.parts

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        if not value.chosen:
            points = super().clean(value.points)
            return None if points is None else Given(points, {})
        if sentence := parts.why_not_chosen(self.parts, value.chosen):
            raise forms.ValidationError(sentence)
        points = parts.points_of(self.parts, value.chosen)
        typed = str(value.points or "").strip()
        is_same = typed.replace(",", ".") in {"", f"{points:f}", f"{points:.1f}"}
        return Given(points, value.chosen, "" if is_same else typed)


class SheetForm(forms.Form):
    """Criteria as fields, for each who scores."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], asked: Mapping[str, bool], **kwargs: Any
    ) -> None:
        """`asked`: whether the points are required, by who scores."""
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for who, required in asked.items():
            for criterion in criteria:
                field = PointsField(criterion, required=required)
                self.fields[name_of(who, criterion.number)] = field

    def lines(self, who: str = ScoredBy.BRANCH) -> Iterator[Line]:
        typed = self.data if self.is_bound else self.initial
        for criterion in self.criteria:
            name = name_of(who, criterion.number)
            chosen = parts.chosen_in(typed, name, criterion.parts)
            yield Line(criterion, self[name], chosen)

    def given(self, who: str) -> dict[int, Given]:
        """By number of criterion."""
        found = {
            one.number: self.cleaned_data.get(name_of(who, one.number)) for one in self.criteria
        }
        return {number: given for number, given in found.items() if given is not None}

    def points(self, who: str = ScoredBy.BRANCH) -> dict[int, Decimal]:
        return {number: given.points for number, given in self.given(who).items()}

    def chosen(self, who: str = ScoredBy.BRANCH) -> dict[int, Chosen]:
        given = self.given(who).items()
        return {number: one.chosen for number, one in given if one.chosen}

    def overruled(self) -> Iterator[str]:
        """Where a typed number contradicts the choices: the choices stand, and that is told."""
        for name, given in self.cleaned_data.items():
            if given and given.overruled:
                yield (
                    f"{self.fields[name].label}: lấy {number(given.points)} điểm theo các ý đã chọn, "
                    f"không lấy số {given.overruled[:8]} đã gõ."
                )


class ScoreSheets(SheetForm):
    """The attendee's sheet is complete; the branch's own is complete or empty."""

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        asked: dict[str, bool] = {ScoredBy.ATTENDEE: True, ScoredBy.BRANCH: False}
        super().__init__(*args, criteria=criteria, asked=asked, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        given = self.given(ScoredBy.BRANCH)
        if given and not self.errors:
            for criterion in self.criteria:
                if criterion.number not in given:
                    sentence = "Phiếu của chi bộ chấm đủ các tiêu chí, hoặc để trống cả phiếu."
                    self.add_error(name_of(ScoredBy.BRANCH, criterion.number), sentence)
        return values

    def attendee_lines(self) -> Iterator[Line]:
        return self.lines(ScoredBy.ATTENDEE)

    def branch_lines(self) -> Iterator[Line]:
        return self.lines(ScoredBy.BRANCH)

    def sheets(self) -> Mapping[str, Mapping[int, Decimal]]:
        """`{"attendee": {1: Decimal("5"), …}}`; the branch's own sheet only where it was filled in."""
        return {who.value: sheet for who in ScoredBy if (sheet := self.points(who))}

    def choices(self) -> Mapping[str, Mapping[int, Chosen]]:
        """`{"attendee": {4: {part: choice, …}}}`, where parts were chosen."""
        return {who.value: found for who in ScoredBy if (found := self.chosen(who))}


class BranchSheetForm(SheetForm):
    """The branch's own sheet on a page of its own: every criterion is asked for."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, asked={ScoredBy.BRANCH: True}, **kwargs)
