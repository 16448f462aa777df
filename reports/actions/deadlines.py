"""More time for one report: an extension by the desk, a lock opened by a leader (R20)."""

from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.lib.errors import refuse_if
from meetings.actions.deadlines import set_deadlines
from meetings.models import Meeting
from meetings.planning.deadlines import Deadlines
from meetings.telling import facts_of, told_of
from notices import actions as notices
from reports.models import MeetingReport
from reports.occasions import deadline_occasions
from reports.rollups.marks import mark_dirty
from reports.rules import deadlines as rules
from roster import audit
from roster.models import User


@transaction.atomic
def extend_deadline(meeting: Meeting, *, due_on: date, reason: str, by: User) -> None:
    """The report is due on `due_on` instead; "late" and, if need be, the lock move along. Those who go are told."""
    now = timezone.now()
    report = report_of(meeting)
    refuse_if(rules.why_not_extend(meeting, report, by, now))
    before = meeting.report_due_on
    refuse_if(rules.why_not_until(due_on, timezone.localdate(now), later_than=before))
    # report, reminders, meeting: filing it locks their rows in the same order
    MeetingReport.objects.filter(meeting=meeting).update(due_on=due_on)
    notices.withdraw(deadline_occasions(meeting, before))
    late_after = due_on + (meeting.late_after - before)
    locked_on = max(meeting.locked_on, late_after + timedelta(days=1))
    dates = Deadlines(due_on, late_after, locked_on)
    set_deadlines(meeting, dates, extended_from=meeting.extended_from or before)
    mark_dirty(meeting)
    days = {"before": before.isoformat(), "due_on": due_on.isoformat()}
    event = audit.record("extended", meeting, by=by, reason=reason, **days)
    tell("reports.extended", meeting, f"meeting:{meeting.pk}:extended:{event.pk}", until=due_on)


@transaction.atomic
def unlock_report(meeting: Meeting, *, until: date, reason: str, by: User) -> None:
    """The report may be filed up to and including `until`, though late. Those who go are told."""
    now = timezone.now()
    refuse_if(rules.why_not_unlock(meeting, report_of(meeting), by, now))
    refuse_if(rules.why_not_until(until, timezone.localdate(now)))
    locked_on = until + timedelta(days=1)
    dates = Deadlines(meeting.report_due_on, meeting.late_after, locked_on)
    set_deadlines(meeting, dates, extended_from=meeting.extended_from)
    mark_dirty(meeting)
    event = audit.record("unlocked", meeting, by=by, reason=reason, until=until.isoformat())
    tell("reports.unlocked", meeting, f"meeting:{meeting.pk}:unlocked:{event.pk}", until=until)


def report_of(meeting: Meeting) -> MeetingReport | None:
    return MeetingReport.objects.filter(meeting=meeting).first()


def tell(kind: str, meeting: Meeting, occasion: str, *, until: date) -> None:
    facts = {
        **facts_of(meeting),
        "due_on": f"{until:%d/%m/%Y}",
        "url": reverse("reports:report_edit", args=[meeting.pk]),
    }
    notices.owe(kind, to=told_of([meeting])[meeting.pk], occasion=occasion, facts=facts)
