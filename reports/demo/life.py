"""The life of one meeting in the demo, and of what its report asks for, laid into the agenda."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from assignments.actions.substitutions import accept_substitution
from assignments.attendees import Attendee, attendees_on
from assignments.candidates import candidates
from meetings.actions import attendance, calendar
from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.actions import recommendations as asked_for
from reports.actions import reports as filed
from reports.demo import matters
from reports.demo.agenda import Agenda
from reports.demo.matters import Matter
from reports.demo.papers import Library, paper
from reports.models import MeetingReport, Recommendation
from reports.states import Outcome, RecommendationStatus
from roster.models import Official, Unit, User
from roster.states import AbsenceReason, Role

NEVER, LATE, RETURNED = 0.06, 0.16, 0.24  # shares of reports, cumulated
MOVED, CANCELLED, EXCUSED = 0.05, 0.07, 0.12  # of meetings, cumulated
SET_ASIDE, UNANSWERED, PASSED_BACK = 0.06, 0.16, 0.2  # of recommendations, cumulated
DISSATISFIED, LEFT_LYING = 0.12, 0.55
RECENT_DAYS: Final = 14
FIRST_HOUR, LAST_HOUR = 7, 22
TO_BE_SETTLED: Final = timedelta(days=45)


@dataclass
class Stage:
    """Who acts in the demo, and the dice that decide what they do."""

    agenda: Agenda
    dice: Random
    desk: User
    library: Library
    users: dict[int, User]
    answerers: dict[int, User]

    def user_of(self, official: Official) -> User:
        """The attendee's account; looked up anew for a substitute who has just got one."""
        if official.pk not in self.users:
            self.users[official.pk] = User.objects.get(official=official)
        return self.users[official.pk]

    def is_recent(self, when: datetime) -> bool:
        """Work of the last fortnight is partly still on the desks."""
        return self.agenda.until - when < timedelta(days=RECENT_DAYS)

    def answerer(self, authority: Unit) -> User:
        return self.answerers[authority.pk]


def by_day(when: datetime, dice: Random) -> datetime:
    """Nobody works at night: what would fall there happens the next morning or in the evening before ten."""
    local = timezone.localtime(when)
    if FIRST_HOUR <= local.hour < LAST_HOUR:
        return when
    nights = local + timedelta(days=local.hour >= LAST_HOUR)
    return nights.replace(
        hour=dice.randrange(FIRST_HOUR, FIRST_HOUR + 3), minute=dice.randrange(60)
    )


def goer(meeting: Meeting) -> Attendee | None:
    """Who goes as things stand."""
    place = (meeting.unit_id, meeting.held_on)
    return next(iter(attendees_on([place])[place]), None)


def reread(meeting: Meeting) -> Meeting:
    return Meeting.objects.select_related("unit", "commune").get(pk=meeting.pk)


def live(stage: Stage, meetings: Sequence[Meeting]) -> None:
    """Lay the month's meetings into the agenda."""
    for meeting in meetings:
        before = meeting.starts_at - timedelta(days=stage.dice.randrange(4, 8))
        chance = stage.dice.random()
        if chance < CANCELLED:
            stage.agenda.add(before, lambda m=meeting, c=chance: rearrange(stage, m, c))  # type: ignore[misc]
        elif chance < EXCUSED:
            stage.agenda.add(before, lambda m=meeting: excuse(stage, m))  # type: ignore[misc]
        else:
            stage.agenda.add(before, lambda m=meeting: confirm(stage, m))  # type: ignore[misc]
        write = meeting.starts_at + timedelta(hours=stage.dice.randrange(3, 30))
        stage.agenda.add(write, lambda m=meeting: decide_report(stage, m))  # type: ignore[misc]


def rearrange(stage: Stage, meeting: Meeting, chance: float) -> None:
    """A branch moves its meeting by a day, or does not meet this month."""
    meeting = reread(meeting)
    if chance < MOVED and (meeting.starts_at + timedelta(days=1)).month == meeting.month.month:
        calendar.move_meeting(
            meeting,
            starts_at=meeting.starts_at + timedelta(days=1),
            reason="Trùng ngày tiếp xúc cử tri tại xã",
            by=stage.desk,
        )
    else:
        calendar.cancel_meeting(
            meeting, reason="Ghép với hội nghị sơ kết của đảng bộ xã", by=stage.desk
        )


def confirm(stage: Stage, meeting: Meeting) -> None:
    if attendee := goer(reread(meeting)):
        user = stage.user_of(attendee.official)
        attendance.confirm_attendance(reread(meeting), attendee.official, by=user)


def excuse(stage: Stage, meeting: Meeting) -> None:
    """The attendee cannot come; a day later the desk finds somebody who can."""
    meeting = reread(meeting)
    attendee = goer(meeting)
    if attendee is None or attendee.in_place_of:
        return
    attendance.excuse_attendance(
        meeting,
        attendee.official,
        reason=stage.dice.choice((AbsenceReason.DUTY, AbsenceReason.CLASH, AbsenceReason.ILLNESS)),
        note="Dự hội nghị của tỉnh cùng ngày",
        by=stage.user_of(attendee.official),
    )
    if meeting.starts_at <= stage.agenda.until or stage.dice.random() > LEFT_LYING:
        stage.agenda.add(timezone.now() + timedelta(days=1), lambda: stand_in(stage, attendee))


def stand_in(stage: Stage, attendee: Attendee) -> None:
    waiting = attendee.assignment.substitutions.waiting(timezone.localdate())
    asked = waiting.for_list().last()
    if asked and (free := candidates(asked, stage.desk)):
        accept_substitution(asked, substitute=free[0].official, by=stage.desk)


def decide_report(stage: Stage, meeting: Meeting) -> None:
    """When, if ever, the report of a meeting that has just been is filed."""
    meeting = reread(meeting)
    attendee = goer(meeting)
    if attendee is None or meeting.status == MeetingStatus.CANCELLED:
        return
    if meeting.starts_at > timezone.now():  # it was moved
        stage.agenda.add(
            meeting.starts_at + timedelta(hours=4), lambda: decide_report(stage, meeting)
        )
        return
    chance = stage.dice.random()
    if chance < NEVER:
        return
    days = stage.dice.randrange(6, 9) if chance < LATE else stage.dice.randrange(0, 4)
    is_returned = LATE <= chance < RETURNED
    when = by_day(timezone.now() + timedelta(days=days), stage.dice)
    stage.agenda.add(when, lambda: file(stage, meeting, is_returned=is_returned))


def file(stage: Stage, meeting: Meeting, *, is_returned: bool) -> None:
    meeting = reread(meeting)
    attendee = goer(meeting)
    if attendee is None:
        return
    user, now = stage.user_of(attendee.official), timezone.now()
    report = filed.open_report(meeting, by=user)
    cleaned, brought = paper(report, stage.library, stage.dice)
    # as a phone counts them; else every report looks filed in a moment
    seconds = stage.dice.randrange(110, 900)
    report = filed.submit_report(
        report, cleaned, f"demo-{report.pk}", by=user, now=now, seconds=seconds
    )
    read_out_answers(stage, meeting, user)
    later = by_day(now + timedelta(hours=stage.dice.randrange(5, 60)), stage.dice)
    if is_returned:
        stage.agenda.add(later, lambda: send_back(stage, report, cleaned))
    elif not (stage.is_recent(now) and stage.dice.random() < LEFT_LYING):
        stage.agenda.add(later, lambda: receive(report, stage.desk))
    numbered = report.recommendations.order_by("number")
    for recommendation, matter in zip(numbered, brought, strict=True):
        sort_out(stage, recommendation, matter, later)


def receive(report: MeetingReport, desk: User) -> None:
    filed.accept_report(fresh(report), by=desk)


def fresh(report: MeetingReport) -> MeetingReport:
    return MeetingReport.objects.select_related("meeting__unit", "meeting__commune").get(
        pk=report.pk
    )


def send_back(stage: Stage, report: MeetingReport, cleaned: dict[str, object]) -> None:
    """Returned with a remark, mended two days later, and received."""
    due_on = timezone.localdate() + timedelta(days=5)
    remark = dict([stage.dice.choice(matters.REMARKS)])
    filed.return_report(fresh(report), remark, due_on=due_on, by=stage.desk)
    now = timezone.now()
    if not stage.is_recent(now):
        stage.agenda.add(now + timedelta(days=2), lambda: mend(stage, report, cleaned))


def mend(stage: Stage, report: MeetingReport, cleaned: dict[str, object]) -> None:
    again = fresh(report)
    kept = [
        {"number": row.number, "text": row.text, "proposal": row.proposal, "field": row.field,
         "urgency": row.urgency, "suggested_authority": row.suggested_authority}
        for row in again.recommendations.select_related("field", "suggested_authority").order_by("number")
    ]  # fmt: skip
    words = {
        "pressing_resolution": "Giao tổ trưởng phụ trách, xong trước ngày 25 tháng này; chi ủy kiểm lại kỳ sau."
    }
    user, now = stage.user_of(again.author), timezone.now()
    filed.submit_report(
        again,
        {**cleaned, **words, "recommendations": kept},
        f"demo-{report.pk}-2",
        by=user,
        now=now,
    )
    stage.agenda.add(now + timedelta(days=1), lambda: receive(report, stage.desk))


def sort_out(
    stage: Stage, recommendation: Recommendation, matter: Matter, received: datetime
) -> None:
    """The desk sends it on within a few days, or sets it aside; most are answered in time."""
    chance = stage.dice.random()
    when = by_day(received + timedelta(hours=stage.dice.randrange(2, 72)), stage.dice)
    pk = recommendation.pk
    if chance < SET_ASIDE:
        stage.agenda.add(when, lambda: set_aside(stage, pk))
        return
    if stage.is_recent(when) and stage.dice.random() < LEFT_LYING:
        return
    stage.agenda.add(when, lambda: forward(stage, pk))
    if chance >= UNANSWERED:
        days = stage.dice.randrange(6, 34)
        stage.agenda.add(when + timedelta(days=days), lambda: answer(stage, pk, matter, chance))


def current(pk: int) -> Recommendation:
    return Recommendation.objects.select_related(
        "unit", "authority", "suggested_authority", "report__meeting__unit", "report__author"
    ).get(pk=pk)


def set_aside(stage: Stage, pk: int) -> None:
    asked_for.set_aside_recommendation(
        current(pk), because="Việc đã có trong kế hoạch của xã, chi bộ được báo trực tiếp", by=stage.desk
    )  # fmt: skip


def forward(stage: Stage, pk: int) -> None:
    row = current(pk)
    if row.suggested_authority:
        asked_for.forward_recommendation(row, authority=row.suggested_authority, by=stage.desk)


def answer(stage: Stage, pk: int, matter: Matter, chance: float) -> None:
    row = current(pk)
    if row.status != RecommendationStatus.OPEN or row.authority is None:
        return
    is_passed_back = chance < PASSED_BACK
    is_promised = not is_passed_back and matter.outcome == Outcome.SCHEDULED
    asked_for.answer_recommendation(
        row,
        outcome=Outcome.NOT_COMPETENT if is_passed_back else matter.outcome,
        text="Nội dung này thuộc cơ quan khác, đề nghị chuyển lại."
        if is_passed_back
        else matter.answer,
        by=stage.answerer(row.authority),
        settled_by=timezone.localdate() + TO_BE_SETTLED if is_promised else None,
        document_number="",
        document_on=None,
    )


def read_out_answers(stage: Stage, meeting: Meeting, user: User) -> None:
    """What has been answered is read out at the branch's next meeting; the branch is mostly satisfied."""
    waiting = Recommendation.objects.filter(unit=meeting.unit, status=RecommendationStatus.ANSWERED)
    heard = waiting.filter(answered_at__lt=meeting.starts_at).order_by("pk")
    for pk in list(heard.values_list("pk", flat=True)):
        is_satisfied = stage.dice.random() > DISSATISFIED
        asked_for.read_out_recommendation(
            current(pk),
            meeting=meeting,
            is_satisfied=is_satisfied,
            note="" if is_satisfied else "Chưa nêu rõ thời gian làm, đề nghị trả lời cụ thể.",
            by=user,
        )


def answering_accounts(authorities: Sequence[Unit]) -> dict[int, User]:
    """One account for each authority that has none; without a usable password."""
    known = {
        user.unit_id: user
        for user in User.objects.filter(role=Role.AUTHORITY_OFFICER)
        if user.unit_id
    }
    for unit in authorities:
        if unit.pk not in known:
            user = User(
                username=f"co.quan.{unit.pk}",
                full_name=f"Cán bộ {unit.name}",
                role=Role.AUTHORITY_OFFICER,
                unit=unit,
                email=f"co.quan.{unit.pk}@demo.example",
            )
            user.set_unusable_password()
            user.save()
            known[unit.pk] = user
    return known
