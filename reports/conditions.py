"""When a question or a section is asked: its condition, as data of the report form (R19).

`{"month": "thematic"}`: in a month in which the branch has a thematic meeting. `{"field": key, "is": [values]}`: when an
earlier question was answered with one of the values. What is not asked is not required and not kept.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final

from meetings.models import Meeting
from meetings.states import MeetingStatus
from roster.states import MeetingKind

Part = Mapping[str, Any]
Definition = Sequence[Part]
THEMATIC: Final = {"month": "thematic"}


def asked_keys(
    definition: Definition, answer_of: Callable[[str], Sequence[str]], *, is_thematic: bool
) -> set[str]:
    """Keys of the questions that are asked, given the answers; a question that is not asked has no answer."""
    asked: set[str] = set()

    def holds(part: Part) -> bool:
        condition = part.get("condition")
        if not condition:
            return True
        if "month" in condition:
            return is_thematic
        key = condition["field"]
        return key in asked and bool(set(answer_of(key)) & set(condition["is"]))

    for section in definition:
        if holds(section):
            for question in section["fields"]:
                if holds(question):
                    asked.add(question["key"])
    return asked


def in_month(definition: Definition, meeting: Meeting) -> list[dict[str, Any]]:
    """The definition without what is not asked in the meeting's month."""
    if not names_month(definition) or is_thematic_month(meeting):
        return [dict(section) for section in definition]
    return [
        {
            **section,
            "fields": [one for one in section["fields"] if one.get("condition") != THEMATIC],
        }
        for section in definition
        if section.get("condition") != THEMATIC
    ]


def names_month(definition: Definition) -> bool:
    parts = [*definition, *(one for section in definition for one in section["fields"])]
    return any(part.get("condition") == THEMATIC for part in parts)


def is_thematic_month(meeting: Meeting) -> bool:
    """Whether the unit has a thematic meeting in the month, on its own day or with the regular one; not a cancelled one."""
    if meeting.kind == MeetingKind.THEMATIC:
        return True
    there = Meeting.objects.filter(
        unit=meeting.unit_id, month=meeting.month, kind=MeetingKind.THEMATIC
    )
    return there.exclude(status=MeetingStatus.CANCELLED).exists()


def shown_when(part: Part) -> str:
    """`key=value|value` for shown-when.js; nothing where no answer decides."""
    condition = part.get("condition") or {}
    return f"{condition['field']}={'|'.join(condition['is'])}" if "field" in condition else ""


def in_words(part: Part, definition: Definition) -> str:
    """The condition as a person reads it, below the question and on paper."""
    condition = part.get("condition")
    if not condition:
        return ""
    if "month" in condition:
        return "Chỉ ghi trong tháng có sinh hoạt chuyên đề."
    questions = {one["key"]: one for section in definition for one in section["fields"]}
    question = questions.get(condition["field"], {"label": condition["field"]})
    labels = dict(question.get("choices", ()))
    said = " hoặc ".join(f"“{labels.get(value, 'Có')}”" for value in condition["is"])
    return f"Chỉ ghi khi mục “{question['label']}” là {said}."
