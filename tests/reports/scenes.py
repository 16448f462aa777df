"""A branch, its attendee and its desk, ready for a report."""

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from assignments.models import Substitution
from assignments.states import SubstitutionStatus
from meetings.models import Meeting
from reports.actions import reports as actions
from reports.models import Field, MeetingReport
from roster.models import User
from roster.states import AbsenceReason, Role
from tests import factories

HELD_ON = date(2026, 11, 3)
IN_TIME = datetime(2026, 11, 4, 8, 0, tzinfo=factories.ZONE)
TEXT = "Mương tiêu đầu xóm 13 bồi lắng 420 m, vụ mùa ngập 11,5 mẫu lúa."


class Scene:
    """One meeting of one branch on 3/11/2026, its main attendee, the commune's and the commission's desk."""

    def __init__(
        self, number: int = 1, province: Any = None, on: date = HELD_ON, commune: Any = None
    ) -> None:
        self.province = province or factories.province()
        self.commune = commune or factories.commune(self.province, name=f"Xã Quang {number}")
        self.branch = factories.branch(self.commune, name=f"Chi bộ xóm {number}")
        self.agency = factories.agency(self.province, name=f"Sở Thử {number}")
        self.official = factories.OfficialFactory(agency=self.agency, phone="+84912345678")
        self.attendee: User = factories.attendee(self.official)
        self.desk: User = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=self.commune)
        self.commission: User = factories.UserFactory(
            role=Role.COMMISSION_OFFICER, unit=self.province
        )
        self.decision = factories.DecisionFactory(issuer=self.province)
        self.send(self.official)
        self.meeting: Meeting = factories.meeting(self.branch, on=on)

    def send(self, official: Any, **kwargs: Any) -> Any:
        return factories.AssignmentFactory(
            decision=self.decision, official=official, unit=self.branch, **kwargs
        )

    def stands_in(self, official: Any) -> Substitution:
        return Substitution.objects.create(
            assignment=self.official.assignments.get(),
            substitute=official,
            reason=AbsenceReason.DUTY,
            status=SubstitutionStatus.ACCEPTED,
            starts_on=self.meeting.held_on,
            ends_on=self.meeting.held_on,
        )

    def opened(self) -> MeetingReport:
        return actions.open_report(self.meeting, by=self.attendee)

    def submitted(self, **changes: Any) -> MeetingReport:
        return actions.submit_report(
            self.opened(), cleaned(**changes), "key-1", by=self.attendee, now=IN_TIME
        )

    def returned(self, **remarks: str) -> MeetingReport:
        report = self.submitted()
        actions.return_report(
            report, remarks or {"results": "Ghi rõ số liệu."}, due_on=date(2030, 1, 5), by=self.desk
        )
        return report

    def accepted(self) -> MeetingReport:
        report = self.submitted()
        actions.accept_report(report, by=self.desk)
        return report


def cleaned(**changes: Any) -> dict[str, Any]:
    """What a valid form gives to submit_report."""
    field = Field.objects.get(code="thuy-loi")
    full = {
        "began_at": time(19, 30),
        "ended_at": time(21, 15),
        "chaired_by": "Bí thư Trần Văn Thử",
        "member_count": 41,
        "obliged_count": 40,
        "present_count": 38,
        "excused_count": 1,
        "unexcused_count": 1,
        "opinion_count": 7,
        "pressing_problem": TEXT,
        "pressing_field": field,
        "pressing_resolution": "Huy động 60 công nạo vét trước 15/12/2026.",
        "conveyed": "Thông báo kết quả kỳ họp của Hội đồng nhân dân tỉnh.",
        "results": "Thu quỹ đạt 96 %, còn 3 hộ chưa nộp.",
        "agenda": ["news", "results"],
        "openness": "open",
        "scores": {
            "attendee": dict(enumerate(map(Decimal, (5, 5, 9, 36, 5, 26, 5)), 1)),
            "branch": dict(enumerate(map(Decimal, (5, 5, 9, 38, 5, 27, 5)), 1)),
        },
        "moods": [{"field": field, "tone": "concerned", "text": "Lo úng vụ đông."}],
        "recommendations": [
            {
                "text": "Nạo vét 420 m mương tiêu đầu xóm 13.",
                "proposal": "Bố trí kinh phí năm 2027.",
                "field": field,
                "urgency": "soon",
                "suggested_authority": None,
            }
        ],
    }
    return {**full, **changes}
