"""What stands on a personal paper form: the questions of the meeting's own form, and a code that leads back to it."""

from collections.abc import Mapping
from typing import Any, Final

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from config.lib.months import month_code
from meetings.models import Meeting
from reports import conditions
from reports.models import Criterion, ReportForm, ScoringFrame
from roster.models import Official
from roster.templatetags.vn import lower_first, number, vn_time, weekday_date

LINES: Final[Mapping[str, int]] = {"long_text": 4}
ASKED_ROWS: Final = 3


def typing_url(meeting: Meeting) -> str:
    """Where the code leads: the page that takes the photo and lets the desk type the form in."""
    return f"{settings.SITE_URL}{reverse('reports:report_typed', args=[meeting.pk])}"


def facts_of(meeting: Meeting, official: Official | None) -> dict[str, Any]:
    """JSON values for the template; the form and the frame are those of the meeting's day."""
    form = ReportForm.objects.on(meeting.held_on).get()
    frame = ScoringFrame.objects.on(meeting.held_on).get()
    return {
        "unit": meeting.unit.committee_name,
        "place": f", {lower_first(meeting.commune.name)}"
        if meeting.commune and is_below_commune(meeting)
        else "",
        "when": f"{vn_time(meeting.starts_at)} {weekday_date(meeting.starts_at)}",
        "due_on": f"{meeting.report_due_on:%d/%m/%Y}",
        "attendee": official.full_name if official else "",
        "title": f", {official.title}" if official and official.title else "",
        "code": f"{meeting.pk}/{month_code(meeting.month)}",
        "qr": segno.make(typing_url(meeting), error="m").svg_inline(scale=4, border=2),
        "form": form.name,
        "frame": frame.name,
        "sections": sections_of(form, meeting),
        "criteria": [criterion_facts(criterion) for criterion in frame.criteria.all()],
        "asked_rows": ASKED_ROWS,
    }


def criterion_facts(criterion: Criterion) -> dict[str, Any]:
    """The row of the sheet; its parts with the choices and their points."""
    return {
        "number": criterion.number,
        "name": criterion.name,
        "most": criterion.max_points,
        "parts": [
            {
                "label": part["label"],
                "choices": [f"{one['label']} ({number(one['points'])})" for one in part["choices"]],
            }
            for part in criterion.parts
        ],
    }


def is_below_commune(meeting: Meeting) -> bool:
    return meeting.commune_id not in {None, meeting.unit_id}


def sections_of(form: ReportForm, meeting: Meeting) -> list[dict[str, Any]]:
    """What is asked in the meeting's month; a condition that an answer decides is printed."""
    definition = conditions.in_month(form.definition, meeting)
    return [section_facts(section, definition) for section in definition]


def section_facts(section: Mapping[str, Any], definition: conditions.Definition) -> dict[str, Any]:
    questions = [question_facts(question, definition) for question in section["fields"]]
    lead = (section.get("lead", ""), conditions.in_words(section, definition))
    return {
        "title": section["title"],
        "lead": " ".join(filter(None, lead)),
        "part": section.get("part", ""),
        "questions": questions,
    }


def question_facts(
    question: Mapping[str, Any], definition: conditions.Definition
) -> dict[str, Any]:
    choices = [label for _, label in question.get("choices", ())]
    if question["kind"] == "flag":
        choices = ["Có"]
    return {
        "label": " ".join(
            filter(None, (question["label"], conditions.in_words(question, definition)))
        ),
        "kind": question["kind"],
        "choices": choices,
        "lines": LINES.get(question["kind"], 1),
    }


def dated(meeting: Meeting) -> Any:
    """The day in the file's properties: a form for one meeting always is the same file."""
    return timezone.localdate(meeting.starts_at)
