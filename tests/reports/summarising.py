"""A province with two communes and a month of meetings, for tests of summaries."""

from datetime import date, datetime
from decimal import Decimal

from config.lib.months import Period
from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, MeetingStatus
from reports.actions import summaries as actions
from reports.models import Field, Mood, Summary
from reports.states import MoodTone, RecommendationStatus
from roster.models import Official, Unit, User
from roster.states import Role
from tests import factories
from tests.reports.recommending import filed_report, recommendation

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.ZONE)
TODAY = NOW.date()
NOVEMBER = Period.parse("2026-11")
SIGNER = actions.Signer("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Nguyễn Văn Mẫu")


class Month:
    """November 2026, seen on the 23rd.

    Xã Quang Thiện: xóm 1 reported on time, xóm 2 late, xóm 3 is missing, xóm 4 meets on the 28th, xóm 5 has
    nobody. Xã Kim Sơn: one branch, cancelled. One recommendation waits for an answer since the 20th.
    """

    def __init__(self) -> None:
        self.province = factories.province(name="Tỉnh ủy Ninh Bình", code="37")
        self.commune = factories.commune(self.province, name="Xã Quang Thiện", code="14647")
        self.other = factories.commune(self.province, name="Xã Kim Sơn", code="14638")
        self.agency = factories.agency(self.province, name="Sở Xây dựng")
        self.officer = self.user(Role.COMMISSION_OFFICER, self.province)
        self.leader = self.user(Role.COMMISSION_LEADER, self.province)
        self.viewer = self.user(Role.VIEWER, self.province)
        self.clerk = self.user(Role.COMMUNE_OFFICER, self.commune)
        self.decision = factories.DecisionFactory(issuer=self.province)
        self.field = Field.objects.get(code="thuy-loi")
        self.punctual = self.filed("Chi bộ xóm 1", date(2026, 11, 3), is_on_time=True)
        self.filed("Chi bộ xóm 2", date(2026, 11, 5), is_on_time=False)
        self.late = self.planned("Chi bộ xóm 3", date(2026, 11, 10))
        self.planned("Chi bộ xóm 4", date(2026, 11, 28))
        factories.meeting(factories.branch(self.commune, name="Chi bộ xóm 5"), on=date(2026, 11, 3))
        self.planned("Chi bộ xóm 9", date(2026, 11, 4), self.other)
        Meeting.objects.filter(commune=self.other).update(
            status=MeetingStatus.CANCELLED, reason="Mưa bão"
        )
        self.recommendation = recommendation(
            self.punctual.report,
            authority=self.agency,
            status=RecommendationStatus.OPEN,
            forwarded_on=date(2026, 11, 6),
            due_on=date(2026, 11, 20),
        )

    def user(self, role: Role, unit: Unit) -> User:
        user: User = factories.UserFactory(role=role, unit=unit)
        return user

    def planned(self, name: str, on: date, commune: Unit | None = None) -> Meeting:
        branch = factories.branch(commune or self.commune, name=name)
        self.official: Official = factories.OfficialFactory(agency=self.agency)
        factories.AssignmentFactory(decision=self.decision, official=self.official, unit=branch)
        return factories.meeting(branch, on=on)

    def filed(self, name: str, on: date, *, is_on_time: bool) -> Meeting:
        meeting = self.planned(name, on)
        Meeting.objects.filter(pk=meeting.pk).update(status=MeetingStatus.HELD)
        report = filed_report(
            meeting,
            self.official,
            is_on_time=is_on_time,
            band="Tốt" if is_on_time else "Khá",
            attendee_points=Decimal("92.5") if is_on_time else Decimal("80.0"),
            obliged_count=40,
            present_count=38,
            excused_count=1,
            unexcused_count=1,
            pressing_problem=f"Mương tiêu của {name} bồi lắng.",
            pressing_field=self.field,
        )
        Mood.objects.create(report=report, field=self.field, tone=MoodTone.CONCERNED)
        Attendance.objects.create(
            meeting=meeting, official=self.official, status=AttendanceStatus.ATTENDED
        )
        return meeting

    def built(self, unit: Unit | None = None, period: Period = NOVEMBER) -> Summary:
        return actions.build_summary(unit or self.province, period, by=self.officer, now=NOW)

    def approved(self, period: Period = NOVEMBER) -> Summary:
        summary = self.built(period=period)
        actions.approve_summary(summary, SIGNER, seen=summary.sha256, by=self.leader)
        return summary

    def sent(self, period: Period = NOVEMBER) -> Summary:
        summary = self.approved(period)
        actions.send_summary(summary, by=self.officer, today=TODAY)
        return summary
