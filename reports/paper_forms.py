"""What stands on a personal paper form: the questions of the meeting's own form, and a code that leads back to it."""

from collections.abc import Mapping
from typing import Any, Final

import segno
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from config.lib.months import month_code
from meetings.models import Meeting
from reports.models import ReportForm, ScoringFrame
from roster.models import Official
from roster.templatetags.vn import lower_first, vn_time, weekday_date

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
        "sections": [section_facts(section) for section in form.definition],
        "criteria": [[row.number, row.name, row.max_points] for row in frame.criteria.all()],
        "asked_rows": ASKED_ROWS,
    }


def is_below_commune(meeting: Meeting) -> bool:
    return meeting.commune_id not in {None, meeting.unit_id}


def section_facts(section: Mapping[str, Any]) -> dict[str, Any]:
    questions = [question_facts(question) for question in section["fields"]]
    return {
        "title": section["title"],
        "lead": section.get("lead", ""),
        "part": section.get("part", ""),
        "questions": questions,
    }


def question_facts(question: Mapping[str, Any]) -> dict[str, Any]:
    choices = [label for _, label in question.get("choices", ())]
    if question["kind"] == "flag":
        choices = ["Có"]
    return {
        "label": question["label"],
        "kind": question["kind"],
        "choices": choices,
        "lines": LINES.get(question["kind"], 1),
    }


def dated(meeting: Meeting) -> Any:
    """The day in the file's properties: a form for one meeting always is the same file."""
    return timezone.localdate(meeting.starts_at)
