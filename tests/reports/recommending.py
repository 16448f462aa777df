"""A recommendation and the people around it, for tests of its way to the authority and back."""

from dataclasses import dataclass
from datetime import date, datetime
from itertools import count

import time_machine

from meetings.models import Meeting
from reports.actions import recommendations as actions
from reports.models import Field, MeetingReport, Recommendation, ReportForm, ScoringFrame
from reports.states import Outcome, ReportStatus
from roster.models import Official, Unit, User
from roster.states import Role
from tests import factories

RAISED_ON = date(2026, 11, 3)
FORWARDED = "2026-11-06 09:00+07:00"
ANSWERED = "2026-12-01 09:00+07:00"
READ_OUT = "2026-12-03 21:00+07:00"
NUMBERS = count(1)


def filed_report(meeting: Meeting, author: Official, **kwargs: object) -> MeetingReport:
    """A report as it lies with the desk, on the day of its meeting."""
    filed_at = datetime.combine(meeting.held_on, datetime.min.time(), factories.ZONE).replace(
        hour=21
    )
    values = {
        "form": ReportForm.objects.on(meeting.held_on).get(),
        "frame": ScoringFrame.objects.on(meeting.held_on).get(),
        "status": ReportStatus.SUBMITTED,
        "number": f"BN-2026-{next(NUMBERS):06d}",
        "submitted_at": filed_at,
        "first_submitted_at": filed_at,
        "due_on": meeting.report_due_on,
        "is_on_time": True,
    }
    return MeetingReport.objects.create(meeting=meeting, author=author, **{**values, **kwargs})


def recommendation(report: MeetingReport, **kwargs: object) -> Recommendation:
    """One that nobody has dealt with yet."""
    values = {
        "number": f"KN-2026-{next(NUMBERS):06d}",
        "text": "Nạo vét mương tiêu qua xóm. Vụ mùa vừa qua ngập 11 mẫu lúa.",
        "field": Field.objects.get(code="thuy-loi"),
        "raised_on": report.meeting.held_on,
    }
    return Recommendation.objects.create(
        report=report, unit=report.meeting.unit, **{**values, **kwargs}
    )


@dataclass
class Village:
    """A branch, who goes there, its desk, its secretary and two authorities."""

    province: Unit
    commune: Unit
    branch: Unit
    agency: Unit
    other_agency: Unit
    official: Official
    attendee: User
    secretary: User
    desk: User
    commission: User
    officer: User
    other_officer: User
    meeting: Meeting
    next_meeting: Meeting
    report: MeetingReport
    recommendation: Recommendation


def village() -> Village:
    province = factories.province()
    commune = factories.commune(province, name="Xã Quang Thiện")
    branch = factories.branch(commune, name="Chi bộ xóm 13")
    agency = factories.agency(province, name="Sở Nông nghiệp và Môi trường")
    other = factories.agency(province, name="Sở Xây dựng")
    official = factories.OfficialFactory(full_name="Hoàng Thị Ảnh", agency=agency)
    decision = factories.DecisionFactory(issuer=province)
    factories.AssignmentFactory(decision=decision, official=official, unit=branch)
    meeting = factories.meeting(branch, on=RAISED_ON)
    report = filed_report(meeting, official)
    people = {
        "attendee": factories.attendee(official),
        "secretary": factories.UserFactory(role=Role.BRANCH_SECRETARY, unit=branch),
        "desk": factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=commune),
        "commission": factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=province),
        "officer": factories.UserFactory(role=Role.AUTHORITY_OFFICER, unit=agency),
        "other_officer": factories.UserFactory(role=Role.AUTHORITY_OFFICER, unit=other),
    }
    return Village(
        province=province,
        commune=commune,
        branch=branch,
        agency=agency,
        other_agency=other,
        official=official,
        meeting=meeting,
        next_meeting=factories.meeting(branch, on=date(2026, 12, 3)),
        report=report,
        recommendation=recommendation(report),
        **people,
    )


def forward(place: Village, **kwargs: object) -> Recommendation:
    with time_machine.travel(FORWARDED, tick=False):
        actions.forward_recommendation(
            place.recommendation, **{"authority": place.agency, "by": place.desk, **kwargs}
        )
    return place.recommendation


def answer(place: Village, at: str = ANSWERED, **kwargs: object) -> Recommendation:
    values = {"outcome": Outcome.EXPLAINED, "text": "Đã bố trí kinh phí.", "by": place.officer}
    with time_machine.travel(at, tick=False):
        actions.answer_recommendation(place.recommendation, **{**values, **kwargs})
    return place.recommendation


def read_out(place: Village, at: str = READ_OUT, **kwargs: object) -> Recommendation:
    values = {"meeting": place.next_meeting, "is_satisfied": True, "by": place.attendee}
    with time_machine.travel(at, tick=False):
        actions.read_out_recommendation(place.recommendation, **{**values, **kwargs})
    return place.recommendation
