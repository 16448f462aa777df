"""The two score sheets of a report, built from the frame in force on the meeting's day."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from reports.models import Criterion
from reports.states import ScoredBy


@dataclass(frozen=True)
class Line:
    """One criterion as the page shows it."""

    criterion: Criterion
    field: BoundField


class PointsField(forms.DecimalField):
    """Points with a comma or a point, in halves."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


def points_field(criterion: Criterion, *, required: bool) -> forms.Field:
    most = criterion.max_points
    too_many = f"Điểm vượt mức tối đa {most} của tiêu chí “{criterion.name}”."
    return PointsField(
        label=criterion.name,
        required=required,
        min_value=0,
        max_value=most,
        max_digits=4,
        decimal_places=1,
        widget=forms.NumberInput(
            attrs={"class": "form-control", "inputmode": "decimal"}
            | ({"data-needed": ""} if required else {})
        ),
        error_messages={
            "required": f"Chưa chấm tiêu chí “{criterion.name}”.",
            "max_value": too_many,
            "min_value": "Điểm không được âm.",
            "invalid": "Điểm là một số, ví dụ 4 hoặc 4,5.",
        },
    )


class ScoreSheets(forms.Form):
    """The attendee's sheet is complete; the branch's own is complete or empty."""

    use_required_attribute = False

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for who in ScoredBy:
            for criterion in criteria:
                self.fields[name_of(who, criterion)] = points_field(
                    criterion, required=who == ScoredBy.ATTENDEE
                )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        given = [c for c in self.criteria if values.get(name_of(ScoredBy.BRANCH, c)) is not None]
        if given and not self.errors:
            for criterion in self.criteria:
                if criterion not in given:
                    sentence = "Phiếu của chi bộ chấm đủ các tiêu chí, hoặc để trống cả phiếu."
                    self.add_error(name_of(ScoredBy.BRANCH, criterion), sentence)
        return values

    def lines(self, who: str) -> Iterator[Line]:
        for criterion in self.criteria:
            yield Line(criterion, self[name_of(who, criterion)])

    def attendee_lines(self) -> Iterator[Line]:
        return self.lines(ScoredBy.ATTENDEE)

    def branch_lines(self) -> Iterator[Line]:
        return self.lines(ScoredBy.BRANCH)

    def sheets(self) -> Mapping[str, Mapping[int, Decimal]]:
        """`{"attendee": {1: Decimal("5"), …}}`; the branch's own sheet only where it was filled in."""
        found = {
            who.value: {
                criterion.number: points
                for criterion in self.criteria
                if (points := self.cleaned_data.get(name_of(who, criterion))) is not None
            }
            for who in ScoredBy
        }
        return {who: sheet for who, sheet in found.items() if sheet}


class BranchSheetForm(forms.Form):
    """The branch's own sheet on a page of its own: every criterion is asked for."""

    use_required_attribute = False

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], given: Mapping[int, Decimal], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            field = points_field(criterion, required=True)
            if (points := given.get(criterion.number)) is not None:
                field.initial = f"{points.normalize():f}"
            self.fields[name_of(ScoredBy.BRANCH, criterion)] = field

    def lines(self) -> Iterator[Line]:
        for criterion in self.criteria:
            yield Line(criterion, self[name_of(ScoredBy.BRANCH, criterion)])

    def points(self) -> dict[int, Decimal]:
        """By number of criterion."""
        return {
            criterion.number: self.cleaned_data[name_of(ScoredBy.BRANCH, criterion)]
            for criterion in self.criteria
        }


def name_of(who: str, criterion: Criterion) -> str:
    return f"score-{ScoredBy(who).value}-{criterion.number}"
