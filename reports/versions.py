"""What each submission of a report said, read from the copies that are kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.models import MeetingReport, ReportVersion
from reports.parts import in_words
from reports.reading import words_for
from reports.states import MoodTone, ScoredBy, Urgency

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Told:
    """One section as it was submitted: (label, text) of its questions, and the lines of its sheet."""

    title: str
    said: Sequence[tuple[str, str]]
    lines: Sequence[str]


def told_in(version: ReportVersion) -> Iterator[Told]:
    """The sections of the report's own form that said something."""
    sheets = lines_of(version.report, version.content)
    for section in version.report.form.definition:
        answers = [
            (question["label"], words_for(question, version.content.get(question["key"])))
            for question in section["fields"]
        ]
        said = [(label, text) for label, text in answers if text]
        lines = sheets.get(section.get("part", ""), [])
        if said or lines:
            yield Told(section["title"], said, lines)


def gone_lines(report: MeetingReport) -> Mapping[str, Sequence[str]]:
    """By sheet: what the submission before the last said and the last one says no more, or says otherwise."""
    last = list(report.versions.order_by("-number").values_list("content", flat=True)[:2])
    if len(last) < 2:  # noqa: PLR2004 - a first submission has nothing before it
        return {}
    now, before = (lines_of(report, content) for content in last)
    return {part: [line for line in before[part] if line not in now[part]] for part in before}


def lines_of(report: MeetingReport, content: Content) -> dict[str, list[str]]:
    """The sheets of a submission as sentences, so that two submissions can be laid side by side."""
    files = len(content.get("files", ()))
    return {
        "scores": [
            *score_lines(content.get("scores", {})),
            *choice_lines(report, content.get("choices", {})),
        ],
        "moods": [mood_line(mood) for mood in content.get("moods", ())],
        "recommendations": [asked_line(row) for row in content.get("recommendations", ())],
        "files": [f"{files} tệp đính kèm"] if files else [],
    }


def score_lines(scores: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for who in ScoredBy:
        for number, points in sorted((scores.get(who) or {}).items(), key=lambda one: int(one[0])):
            yield f"{who.label}, tiêu chí {number}: {str(points).replace('.', ',')} điểm"


def choice_lines(
    report: MeetingReport, choices: Mapping[str, Mapping[str, Mapping[str, str]]]
) -> Iterator[str]:
    """What was chosen of the parts, in the words of the report's own frame."""
    criteria = {str(one.number): one for one in report.frame.criteria.all()} if choices else {}
    for who in ScoredBy:
        for number, chosen in sorted((choices.get(who) or {}).items(), key=lambda one: int(one[0])):
            for part, choice in in_words(criteria[number].parts, chosen):
                yield f"{who.label}, tiêu chí {number}, {part['label']}: {choice['label']}"


def mood_line(mood: Mapping[str, Any]) -> str:
    text = f": {mood['text']}" if mood.get("text") else ""
    return f"{mood['field']}, {MoodTone(mood['tone']).label.lower()}{text}"


def asked_line(row: Mapping[str, Any]) -> str:
    parts = [
        str(row.get("text") or ""),
        f"Đề xuất: {row['proposal']}" if row.get("proposal") else "",
        f"Gửi tới: {row['suggested_authority']}" if row.get("suggested_authority") else "",
    ]
    urgency = Urgency(row.get("urgency") or Urgency.NORMAL).label.lower()
    return f"{row.get('field')}, {urgency}: " + " ".join(filter(None, parts))
