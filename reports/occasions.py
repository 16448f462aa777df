"""The names under which people are reminded of a report, so that filing it can take them back."""

from datetime import date
from typing import Final

from meetings.models import Meeting
from meetings.telling import occasion

STEPS: Final = ("report_due", "report_late", "report_later")


def deadline_occasion(meeting: Meeting, step: str, due_on: date) -> str:
    """A deadline that a return or an extension has set is another occasion: people are reminded of it anew."""
    own = due_on == meeting.report_due_on and meeting.extended_from is None
    return occasion(meeting, step if own else f"{step}:{due_on:%Y%m%d}")


def deadline_occasions(meeting: Meeting, due_on: date) -> list[str]:
    return [occasion(meeting, "evening"), *(deadline_occasion(meeting, s, due_on) for s in STEPS)]
