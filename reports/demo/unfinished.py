"""What the demo leaves on the desks of `assignments`: an amendment in draft, a plan for the time after, an offer to
answer, a request for the desk.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from assignments.actions import amendments, decisions, proposals, substitutions
from assignments.attendees import Attendee
from assignments.models import Decision, Substitution
from config.lib.errors import Refused
from config.lib.months import add_months, month_of
from meetings.actions import attendance
from meetings.models import Meeting
from reports.demo.life import goer
from reports.demo.people import ATTENDEE
from roster.models import Official, Unit, User
from roster.states import AbsenceReason


def draft_amendment(by: User, today: date) -> None:
    """From next month on one place of the second decision gets somebody else, and one nobody."""
    decision = Decision.objects.get(number="112-QĐ/TU")
    amendment = amendments.draft_amendment(
        decision, starts_on=add_months(month_of(today), 1), by=by
    )
    amendment.subject = "Về việc phân công bổ sung, thay đổi cán bộ dự sinh hoạt chi bộ"
    decisions.save_decision(amendment, by=by)
    lines = list(decision.assignments.filter(in_force=True).main().for_list()[4:6])
    amendments.remove_lines(amendment, lines, by=by)
    free = Official.objects.filter(assignments=None, is_active=True).by_rank()
    decisions.add_assignment(amendment, official=free[5], unit=lines[0].unit, by=by)


def plan_time_after(by: User) -> None:
    """The list for the time after the second decision, as the planner finds it: nobody has changed it yet."""
    last = Decision.objects.get(number="112-QĐ/TU").ends_on
    if last is None or by.unit is None:
        raise Refused("Quyết định chạy thử thiếu ngày hết hạn.")
    first = last + timedelta(days=1)
    draft = decisions.create_decision(
        issuer=by.unit,
        by=by,
        subject=f"Về việc phân công cán bộ dự sinh hoạt chi bộ từ năm {first.year}",
        signer="Người ký (số liệu giả định)",
        starts_on=first,
        ends_on=last.replace(year=last.year + 1),
    )
    proposals.run_plan(proposals.ask_for_plan(draft, by=by).pk)


def ask_for_substitutes(visited: Unit, desk: User, now: datetime) -> None:
    """Two officials cannot go to their next meeting: in one's place the visitor is asked, the other waits for the desk."""
    visitor = Official.objects.get(user__username=ATTENDEE)
    own_days = Meeting.objects.attended_by(visitor.pk).to_come(now).values("held_on")
    in_a_while = Meeting.objects.to_come(now + timedelta(days=2)).exclude(held_on__in=own_days)
    near = in_a_while.filter(commune__in=visited.ancestor_ids, unit__in=Unit.objects.branches())
    meetings = iter(near.for_list())
    asked = excuse(next_free(meetings), AbsenceReason.DUTY)
    substitutions.offer_substitution(asked, substitute=visitor, by=desk)
    excuse(next_free(meetings), AbsenceReason.ILLNESS)


def next_free(meetings: Iterator[Meeting]) -> tuple[Meeting, Attendee]:
    """The next meeting to which an assignee goes who has not asked for anything yet."""
    for meeting in meetings:
        attendee = goer(meeting)
        if attendee and not attendee.in_place_of and not attendee.assignment.substitutions.open():
            return meeting, attendee
    raise Refused("Không còn cuộc họp nào để xin người thay trong dữ liệu chạy thử.")


def excuse(found: tuple[Meeting, Attendee], reason: AbsenceReason) -> Substitution:
    meeting, attendee = found
    by = User.objects.get(official=attendee.official)
    attendance.excuse_attendance(
        meeting, attendee.official, reason=reason, note="Số liệu chạy thử, giả định", by=by
    )
    return attendee.assignment.substitutions.waiting(meeting.held_on).for_list().get()
