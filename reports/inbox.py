"""The reports of a desk or an attendee by state, as meetings: a report that nobody began has no row of its own."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from assignments.attendees import Attendee, attendees_on
from config.lib.paging import COUNT_AT_MOST
from meetings.models import Meeting
from meetings.querysets import is_assigned
from meetings.states import MeetingStatus
from reports.models import Attachment, MeetingReport
from reports.querysets import FILED
from reports.rules.reports import gaps
from reports.states import ReportStatus
from roster.models import User

MISSING: Final = "missing"
DUE: Final = "due"
FILED_STATE: Final = "filed"
ON_TIME: Final = "on_time"
FILED_LATE: Final = "filed_late"
PAPER: Final = "paper"
EXPECTED: Final = "expected"
REPORT_DUE: Final = "report_due"
LABELS: Final[Mapping[str, str]] = {
    MISSING: "Quá hạn, chưa nộp",
    DUE: "Trong hạn, chưa nộp",
    ReportStatus.SUBMITTED: "Chờ tiếp nhận",
    ReportStatus.RETURNED: "Trả lại bổ sung",
    ReportStatus.ACCEPTED: "Đã tiếp nhận",
    FILED_STATE: "Đã nộp",
    ON_TIME: "Nộp đúng hạn",
    FILED_LATE: "Nộp muộn",
    PAPER: "Bản giấy chờ nhập",
    EXPECTED: "Phải báo cáo",
    REPORT_DUE: "Đến hạn báo cáo",
}
TABS: Final = (
    ReportStatus.SUBMITTED,
    MISSING,
    DUE,
    ReportStatus.RETURNED,
    ReportStatus.ACCEPTED,
)
OWN_TABS: Final = (
    MISSING,
    DUE,
    ReportStatus.RETURNED,
    ReportStatus.SUBMITTED,
    ReportStatus.ACCEPTED,
)
WAITING: Final = (ReportStatus.SUBMITTED, ReportStatus.RETURNED)
OWED_STATES: Final = frozenset({MISSING, DUE})
OPEN_STATES: Final = OWED_STATES | set(WAITING) | {PAPER}
# What waits is few and recent: gathered and sorted (14 ms at 360,000 meetings), where the index on the beginning would
# be read from the first meeting on record until a page of them is found (930 ms).
BEGINS: Final = Coalesce("starts_at", "starts_at")


def condition(state: str, now: datetime, *, with_locked: bool) -> Q:
    """Which meetings are in `state`; with the locked ones the same words as the counts of a roll-up."""
    today, begun = timezone.localdate(now), Q(starts_at__lte=now)
    # Of what has not begun nothing is filed; said, so that the newest are not looked for among all that lies ahead.
    filed = begun & Q(report__first_submitted_at__isnull=False)
    conditions = {
        MISSING: unfiled(now, with_locked=with_locked) & Q(late_after__lt=today),
        DUE: unfiled(now, with_locked=with_locked) & Q(late_after__gte=today),
        FILED_STATE: filed,
        ON_TIME: filed & Q(report__is_on_time=True),
        FILED_LATE: filed & Q(report__is_on_time=False),
        PAPER: Q(report__status=ReportStatus.DRAFT, report__in=on_paper()),
        EXPECTED: expected(now),
        REPORT_DUE: expected(now) & (filed | Q(late_after__lt=today)),
    }
    return conditions[state] if state in conditions else begun & Q(report__status=state)


def order(state: str) -> tuple[str, str]:
    """The oldest first of what waits, the newest first of what is done."""
    return ("begins", "pk") if state in OPEN_STATES else ("-starts_at", "-pk")


def unfiled(now: datetime, *, with_locked: bool) -> Q:
    """Begun, and the report owed. A locked one can no longer be filed: it is nobody's work, a month's figure only."""
    owed = Q(report__first_submitted_at=None, starts_at__lte=now) & is_assigned()
    owed &= ~Q(status=MeetingStatus.CANCELLED)
    return owed if with_locked else owed & Q(locked_on__gt=timezone.localdate(now))


def expected(now: datetime) -> Q:
    """A report was filed, or is owed since the meeting: locked or not, what a month's figures are shares of."""
    come = Q(status=MeetingStatus.HELD) | Q(starts_at__lte=now)
    sent = Q(report__first_submitted_at__isnull=False) | is_assigned()
    return ~Q(status=MeetingStatus.CANCELLED) & come & sent


def on_paper() -> QuerySet[MeetingReport]:
    """Reports of which there is a photo of the filled paper form."""
    photos = Attachment.objects.filter(is_paper_form=True)
    return MeetingReport.objects.filter(pk__in=photos.values("report"))


def in_state(
    seen: QuerySet[Meeting], state: str, now: datetime, *, with_locked: bool = False
) -> QuerySet[Meeting]:
    """The authors come after the page: joined before, each would be looked for in the list of all officials."""
    rows = seen.filter(condition(state, now, with_locked=with_locked)).annotate(begins=BEGINS)
    joined = rows.select_related("unit", "commune", "report")
    return joined.prefetch_related("report__author", "report__in_place_of")


def counts(seen: QuerySet[Meeting], now: datetime, *, with_locked: bool = False) -> dict[str, int]:
    """How many in each of the tabs. Three statements, each with its index: what is owed, what waits, and
    the accepted ones, of which there are ever more: a few beyond `COUNT_AT_MOST` are enough."""
    seen, today = seen.order_by(), timezone.localdate(now)
    owed = seen.filter(unfiled(now, with_locked=with_locked)).aggregate(
        missing=Count("pk", filter=Q(late_after__lt=today)),
        due=Count("pk", filter=Q(late_after__gte=today)),
    )
    waiting = seen.filter(report__status__in=WAITING).values_list("report__status")
    accepted = seen.filter(report__status=ReportStatus.ACCEPTED)
    return {
        **owed,
        **dict.fromkeys(WAITING, 0),
        **dict(waiting.annotate(Count("pk"))),
        ReportStatus.ACCEPTED: accepted[: COUNT_AT_MOST + 1].count(),
    }


def waiting_after(report: MeetingReport, user: User) -> MeetingReport | None:
    """The next report at the user's desk in the order of the inbox; after the last one the first."""
    waiting = MeetingReport.objects.visible_to(user).filter(status=ReportStatus.SUBMITTED)
    others = waiting.exclude(pk=report.pk).order_by("meeting__starts_at", "meeting")
    here = report.meeting
    after = Q(meeting__starts_at__gt=here.starts_at) | Q(
        meeting__starts_at=here.starts_at, meeting__gt=here.pk
    )
    return others.filter(after).first() or others.first()


@dataclass(frozen=True)
class Line:
    """One line of the list: the meeting, its report if it was begun, and who went."""

    meeting: Meeting
    report: MeetingReport | None
    attendees: list[Attendee]
    days_late: int
    gaps: list[str]

    @property
    def phone(self) -> str:
        return self.attendees[0].official.phone if self.attendees else ""

    @property
    def can_be_written(self) -> bool:
        return self.report is None or self.report.status not in FILED


def lines(meetings: list[Meeting], today: date) -> list[Line]:
    """What the list says beside each meeting; two statements for the attendees of all of them."""
    goers = attendees_on((meeting.unit_id, meeting.held_on) for meeting in meetings)
    return [
        Line(
            meeting,
            report,
            goers[meeting.unit_id, meeting.held_on],
            days_late(meeting, report, today),
            gaps(report) if report and report.status == ReportStatus.SUBMITTED else [],
        )
        for meeting in meetings
        for report in [getattr(meeting, "report", None)]
    ]


def days_late(meeting: Meeting, report: MeetingReport | None, today: date) -> int:
    """Days beyond the deadline: of what is still missing, or of a return that has not come back."""
    if report and report.status in FILED:
        return 0
    due_on = report.due_on if report else meeting.report_due_on
    return max((today - due_on).days, 0)


def opening(user: User, counted: Mapping[str, Any]) -> str:
    """The tab one sees first: what waits for this person, if anything does."""
    desk, own = (ReportStatus.SUBMITTED, MISSING, DUE), (MISSING, ReportStatus.RETURNED, DUE)
    first = [str(state) for state in (desk if user.is_desk else own)]
    return next((state for state in first if counted[state]), first[0])
