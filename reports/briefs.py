"""What a meeting's one page says: the facts, and who may do what there now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db.models import Prefetch
from django.utils import timezone

from meetings import listing
from meetings import rules as calendar
from meetings.listing import Visitor
from meetings.models import Briefing, BriefingOpening, Meeting
from meetings.states import MeetingStatus
from reports.models import Answer, MeetingReport, ReadOut, Recommendation
from reports.querysets import FILED
from reports.rules import branch_sheets, deadlines
from reports.rules import recommendations as rules
from reports.rules import reports as report_rules
from reports.states import RecommendationStatus, ReportStatus
from roster.models import Contact, User
from roster.states import ContactRole

MEETINGS_BEFORE: Final = 6
ROWS_SHOWN: Final = 20


@dataclass(frozen=True)
class Reading:
    """An answer to be read out here, or the sentence why not now."""

    recommendation: Recommendation
    why_not: str | None

    @property
    def answer(self) -> Answer:
        """The newest; all of them have been fetched."""
        return list(self.recommendation.answers.all())[-1]


@dataclass(frozen=True)
class Acts:
    """Sentences beside the acts (None: it may be done), and which acts are the user's business at all."""

    keeps: bool
    is_goer: bool
    why_not_move: str | None
    why_not_cancel: str | None
    why_not_reinstate: str | None
    why_not_note_held: str | None
    why_not_confirm_date: str | None
    why_not_branch_word: str | None
    why_not_write: str | None
    why_not_extend: str | None
    why_not_unlock: str | None
    why_not_score: str | None


@dataclass(frozen=True)
class Brief:
    """One page for one meeting and one reader."""

    meeting: Meeting
    visitors: Sequence[Visitor]
    mine: Visitor | None
    why_not_answer: str | None
    secretary: Contact | None
    may_call: bool
    materials: Sequence[tuple[Briefing, Sequence[BriefingOpening]]]
    before: Sequence[Meeting]
    readings: Sequence[Reading]
    read_out: Sequence[ReadOut]
    open_ones: Sequence[Recommendation]
    report: MeetingReport | None
    may_read_report: bool
    acts: Acts


def brief_of(meeting: Meeting, user: User, now: datetime) -> Brief:
    """A bounded number of queries, whatever there is to say."""
    visitors = listing.lines_of([meeting], timezone.localdate(now))[0].visitors
    mine = next((one for one in visitors if one.official.pk == user.official_id), None)
    attendee = mine.attendee if mine else None
    report = MeetingReport.objects.filter(meeting=meeting).select_related("author").first()
    acts = acts_of(meeting, user, now, is_goer=mine is not None, report=report)
    return Brief(
        meeting=meeting,
        visitors=visitors,
        mine=mine,
        why_not_answer=calendar.why_not_answer_attendance(meeting, attendee, user, now),
        secretary=secretary_on(meeting),
        may_call=mine is not None or user.is_desk or acts.keeps,
        materials=[(row, opened_by(row, visitors)) for row in briefings_for(meeting, user)],
        before=meetings_before(meeting),
        readings=readings_at(meeting, user, now),
        read_out=list(meeting.read_outs.select_related("recommendation").order_by("at", "pk")),
        open_ones=open_at(meeting),
        report=report,
        may_read_report=report is not None and may_read(report, user),
        acts=acts,
    )


def acts_of(
    meeting: Meeting, user: User, now: datetime, *, is_goer: bool, report: MeetingReport | None
) -> Acts:
    return Acts(
        keeps=calendar.keeps_calendar_of(meeting, user),
        is_goer=is_goer,
        why_not_move=calendar.why_not_move(meeting, user, now),
        why_not_cancel=calendar.why_not_cancel(meeting, user, now),
        why_not_reinstate=calendar.why_not_reinstate(meeting, user, now),
        why_not_note_held=calendar.why_not_note_held(meeting, user, now),
        why_not_confirm_date=calendar.why_not_confirm_date(meeting, user, now),
        why_not_branch_word=calendar.why_not_note_branch_word(meeting, user, now),
        why_not_write=why_not_write(meeting, report, user, timezone.localdate(now)),
        why_not_extend=deadlines.why_not_extend(meeting, report, user, now),
        why_not_unlock=deadlines.why_not_unlock(meeting, report, user, now),
        why_not_score=branch_sheets.why_not_score(meeting, report, user, now),
    )


def why_not_write(
    meeting: Meeting, report: MeetingReport | None, user: User, today: date
) -> str | None:
    if report is None:
        return report_rules.why_not_open(meeting, user, today)
    return report_rules.why_not_write(report, user, today)


def may_read(report: MeetingReport, user: User) -> bool:
    return report.status in {*FILED, ReportStatus.RETURNED} or report.author_id == user.official_id


def secretary_on(meeting: Meeting) -> Contact | None:
    contacts = Contact.objects.on(meeting.held_on).filter(unit=meeting.unit_id)
    return contacts.filter(role=ContactRole.SECRETARY).order_by("-starts_on", "pk").first()


def briefings_for(meeting: Meeting, user: User) -> list[Briefing]:
    """The month's material that is meant for this unit and this reader, with who has opened it."""
    meant = Briefing.objects.of_level(user).for_meeting_of(meeting.unit)
    opened = Prefetch(
        "openings", BriefingOpening.objects.select_related("user").order_by("at", "pk")
    )
    return list(meant.for_list().filter(month=meeting.month).prefetch_related(opened))


def opened_by(briefing: Briefing, visitors: Sequence[Visitor]) -> list[BriefingOpening]:
    going = {one.official.pk for one in visitors}
    return [row for row in briefing.openings.all() if row.user.official_id in going]


def meetings_before(meeting: Meeting) -> list[Meeting]:
    earlier = Meeting.objects.filter(
        unit=meeting.unit_id, kind=meeting.kind, starts_at__lt=meeting.starts_at
    )
    rows = earlier.select_related("report__author").order_by("-starts_at", "-pk")
    return list(rows[:MEETINGS_BEFORE])


def readings_at(meeting: Meeting, user: User, now: datetime) -> list[Reading]:
    """Trả lời kiến nghị kỳ trước: what was answered and has not been read out yet."""
    if meeting.status == MeetingStatus.CANCELLED:
        return []
    rows = (
        Recommendation.objects.to_read_out()
        .filter(unit=meeting.unit_id)
        .for_detail()
        .order_by("answered_at", "pk")
    )
    why_not_here = rules.why_not_speak_at(meeting, user, now) if rows else None
    return [
        Reading(row, why_not_here)
        for row in rows[:ROWS_SHOWN]
        if rules.why_not_hear(row, meeting) is None
    ]


def open_at(meeting: Meeting) -> list[Recommendation]:
    """What the branch asked for and still waits for."""
    waiting = Recommendation.objects.filter(
        unit=meeting.unit_id,
        status__in=(RecommendationStatus.RECEIVED, RecommendationStatus.OPEN),
        raised_on__lte=meeting.held_on,
    )
    return list(waiting.select_related("authority").order_by("raised_on", "pk")[:ROWS_SHOWN])
