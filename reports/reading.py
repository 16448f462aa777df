"""A filed report as a document: sections of labels and texts in the words of its own form, and what changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from typing import Any, Final

from reports import conditions
from reports.form_design import COLUMNS
from reports.models import BranchSheet, Criterion, MeetingReport, Remark, Score
from reports.parts import choice_of
from reports.states import ScoredBy

WIDE: Final = ("long_text", "choices")


@dataclass(frozen=True)
class Said:
    """One answer; `earlier` is the text of the submission before, where it differs."""

    key: str
    label: str
    text: str
    is_long: bool
    remark: str
    earlier: str | None = None
    is_asked: bool = True


@dataclass(frozen=True)
class Part:
    """One section; `part` names the sheet that it holds instead."""

    key: str
    title: str
    part: str
    said: list[Said]
    remark: str

    @property
    def unsaid(self) -> list[str]:
        """Labels of what was left empty, to be told in one line."""
        plain = (said for said in self.said if not said.remark and said.earlier is None)
        return [said.label for said in plain if not said.text and said.is_asked]


@dataclass(frozen=True)
class PartLine:
    """One part of a criterion: what each chose, in words, and the points of it."""

    label: str
    attendee: Mapping[str, Any] | None
    branch: Mapping[str, Any] | None


@dataclass(frozen=True)
class ScoreLine:
    """One criterion on both sheets; its parts where somebody scored by them."""

    number: int
    name: str
    max_points: int
    attendee: Decimal | None
    branch: Decimal | None
    parts: list[PartLine]


def parts(report: MeetingReport) -> Iterator[Part]:
    remarks = remarks_of(report)
    earlier = earlier_content(report)
    asked = asked_of(report)
    for section in report.form.definition:
        said = [
            replace(told(report, question, remarks, earlier), is_asked=question["key"] in asked)
            for question in section["fields"]
        ]
        key = section["key"]
        yield Part(key, section["title"], section.get("part", ""), said, remarks.get(key, ""))


def asked_of(report: MeetingReport) -> set[str]:
    """What the report was asked, by its month and its own answers."""
    definition = conditions.in_month(report.form.definition, report.meeting)

    def answer_of(key: str) -> list[str]:
        value = value_of(report, key)
        if value is True:
            return ["on"]
        return value if isinstance(value, list) else [str(value)] if value else []

    return conditions.asked_keys(definition, answer_of, is_thematic=True)


def told(
    report: MeetingReport,
    question: Mapping[str, Any],
    remarks: Mapping[str, str],
    earlier: Mapping[str, Any] | None,
) -> Said:
    key = question["key"]
    text = words_for(question, value_of(report, key))
    before = words_for(question, earlier.get(key)) if earlier is not None else text
    return Said(
        key,
        question["label"],
        text,
        question["kind"] in WIDE,
        remarks.get(key, ""),
        before if before != text else None,
    )


def value_of(report: MeetingReport, key: str) -> Any:
    return getattr(report, key) if key in COLUMNS else report.answers.get(key)


def words_for(question: Mapping[str, Any], value: Any) -> str:
    """The value in the words of the form; a value that was taken off the form's list stays as it was typed."""
    if value in (None, "", []):
        return ""
    labels = dict(question.get("choices", ()))
    if question["kind"] == "choices":
        return ", ".join(labels.get(key, key) for key in value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return str(labels.get(value, value))


def remarks_of(report: MeetingReport) -> dict[str, str]:
    """What the desk said when it last returned the report."""
    rows = list(Remark.objects.filter(report=report).order_by("submission"))
    return {row.field: row.text for row in rows if row.submission == rows[-1].submission}


def earlier_content(report: MeetingReport) -> Mapping[str, Any] | None:
    """The submission before the last one, if there were two."""
    return report.versions.order_by("-number").values_list("content", flat=True)[1:].first()


def branch_sheet_of(report: MeetingReport) -> BranchSheet | None:
    """What the secretary entered; without it the branch's points were copied by the attendee."""
    sheets = BranchSheet.objects.filter(meeting=report.meeting_id)
    return sheets.prefetch_related("lines__criterion").select_related("by").first()


def score_lines(report: MeetingReport) -> list[ScoreLine]:
    """Both sheets side by side, in the frame that was in force on the meeting's day."""
    given = {
        (score.scored_by, score.criterion_id): score
        for score in Score.objects.filter(report=report)
    }
    return [
        score_line(
            criterion,
            given.get((ScoredBy.ATTENDEE, criterion.pk)),
            given.get((ScoredBy.BRANCH, criterion.pk)),
        )
        for criterion in report.frame.criteria.all()
    ]


def score_line(criterion: Criterion, attendee: Score | None, branch: Score | None) -> ScoreLine:
    chosen = [score.chosen if score else {} for score in (attendee, branch)]
    by_parts = criterion.parts if any(chosen) else ()
    return ScoreLine(
        criterion.number,
        criterion.name,
        criterion.max_points,
        attendee.points if attendee else None,
        branch.points if branch else None,
        [PartLine(part["label"], *(choice_of(part, one) for one in chosen)) for part in by_parts],
    )
