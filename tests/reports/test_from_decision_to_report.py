"""Both kinds of meeting at both levels, from the draft to the report that the desk receives; and the district of the past."""

from datetime import date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from assignments import papers
from assignments.actions import decisions
from assignments.documents import decision_document
from assignments.models import Decision
from assignments.states import DecisionStatus
from meetings.actions.planning import plan_month
from meetings.models import Meeting
from reports.models import MeetingReport
from reports.states import ReportStatus
from roster.models import Official, Unit, User
from roster.states import MeetingKind, Role, UnitKind
from tests import factories
from tests.assignments.setting import Setting
from tests.reports.posts import filled

pytestmark = pytest.mark.django_db

DECEMBER = date(2026, 12, 1)
BEFORE = datetime(2026, 11, 20, 9, tzinfo=factories.ZONE)
AFTER = datetime(2026, 12, 4, 9, tzinfo=factories.ZONE)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def issue_through_pages(desk: User, official: Official, unit: Unit) -> Decision:
    """Drafted, filled in the grid, proposed, issued without a number: the register gives it."""
    client = signed_in(desk)
    form = {
        "kind": "qd",
        "issuer": desk.unit_id,
        "signer": "Trần Văn Ký",
        "signed_on": "2026-11-20",
        "starts_on": "2026-12-01",
        "ends_on": "2027-12-31",
    }
    client.post(reverse("assignments:decision_new"), form)
    draft = Decision.objects.get()
    kind = "?kind=commune" if unit.kind == UnitKind.COMMUNE else ""
    grid = reverse("assignments:decision_grid", args=[draft.pk])
    assert unit.committee_name in client.get(grid + kind).content.decode()
    client.post(
        reverse("assignments:grid_assign", args=[draft.pk]) + kind,
        {"official": official.pk, "units": [unit.pk]},
    )
    client.post(reverse("assignments:decision_propose", args=[draft.pk]))
    client.post(reverse("assignments:decision_issue", args=[draft.pk]))
    draft.refresh_from_db()
    return draft


def file_report(meeting: Meeting, official: Official) -> MeetingReport:
    attendee = signed_in(User.objects.get(official=official))
    url = reverse("reports:report_edit", args=[meeting.pk])
    assert attendee.get(url).status_code == 200
    attendee.post(url, filled(MeetingReport.objects.get(meeting=meeting)))
    return MeetingReport.objects.get(meeting=meeting)


def cases(level: str, reach: str) -> tuple[Setting, User, Official, Unit]:
    """Who issues, who is sent, and where."""
    setting = Setting()
    desk = setting.desk
    official = setting.official("Vũ Văn An")
    if level == "commune":
        desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
        official = factories.OfficialFactory(full_name="Trần Thị Bình", agency=setting.commune)
    return setting, desk, official, setting.branch if reach == "branch" else setting.commune


@pytest.mark.parametrize(
    ("level", "reach", "number", "kind"),
    [
        ("commune", "branch", "01-QĐ/ĐU", MeetingKind.REGULAR),
        ("province", "branch", "01-QĐ/TU", MeetingKind.REGULAR),
        ("province", "commune", "01-QĐ/TU", MeetingKind.ENLARGED),
    ],
)
def test_a_decision_leads_to_meetings_and_these_to_reports(
    level: str, reach: str, number: str, kind: str
):
    with time_machine.travel(BEFORE, tick=False):
        setting, desk, official, unit = cases(level, reach)
        factories.MeetingRuleFactory(unit=unit, kind=kind, day=3)
        decision = issue_through_pages(desk, official, unit)
        plan_month(DECEMBER, now=BEFORE)
    meeting = Meeting.objects.get(unit=unit)

    with time_machine.travel(AFTER, tick=False):
        report = file_report(meeting, official)
        receiver = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
        signed_in(receiver).post(reverse("reports:report_accept", args=[report.pk]))

    report.refresh_from_db()
    assert (decision.status, decision.number) == (DecisionStatus.ISSUED, number)
    assert meeting.kind == kind
    assert (report.author, report.status) == (official, ReportStatus.ACCEPTED)


@pytest.mark.parametrize(
    ("level", "reach", "head", "subject", "place"),
    [
        ("commune", "branch", "ĐẢNG ỦY XÃ QUANG THIỆN", "dự sinh hoạt chi bộ", "Chi bộ xóm 3"),
        ("province", "commune", "TỈNH ỦY THỬ", "hội nghị đảng ủy mở rộng", "Hội nghị đảng ủy mở rộng"),
    ],
)  # fmt: skip
def test_its_document_names_the_issuer_and_the_kind_of_meeting(
    level: str, reach: str, head: str, subject: str, place: str
):
    with time_machine.travel(BEFORE, tick=False):
        _, desk, official, unit = cases(level, reach)
        decision = issue_through_pages(desk, official, unit)

    document = decision_document(papers.paper_of(decision, today=DECEMBER))

    assert document.letterhead.issuer == head
    assert subject in document.subject
    assert document.annexes[0].blocks[0].rows[1][3] == place


def test_a_commune_sends_nobody_outside_itself():
    setting = Setting()
    desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)
    elsewhere = factories.branch(factories.commune(setting.province, name="Xã Khác"))
    official = factories.OfficialFactory(agency=setting.commune)

    with time_machine.travel(BEFORE, tick=False):
        client = signed_in(desk)
        draft = factories.DecisionFactory(
            issuer=setting.commune, number="", status=DecisionStatus.DRAFT
        )
        url = reverse("assignments:grid_assign", args=[draft.pk])
        client.post(url, {"official": official.pk, "units": [elsewhere.pk]})
        answer = client.post(reverse("assignments:decision_new"), wrong_issuer(setting))

    assert not draft.assignments.exists()
    assert answer.status_code == 200
    assert Decision.objects.count() == 1


def wrong_issuer(setting: Setting) -> dict[str, Any]:
    return {"kind": "qd", "issuer": setting.province.pk, "starts_on": "2026-12-01"}


def test_a_district_of_the_past_is_still_read_with_its_list_and_document():
    setting = Setting()
    years = {"starts_on": date(2021, 12, 15), "ends_on": date(2025, 6, 30)}
    district = factories.UnitFactory(
        kind=UnitKind.DISTRICT, name="Huyện ủy Kim Sơn", under=setting.province, **years
    )
    past = factories.DecisionFactory(
        number="513-QĐ/HU", issuer=district, signed_on=date(2021, 12, 10), **years
    )
    line = factories.AssignmentFactory(
        decision=past,
        official=setting.official("Vũ Văn An"),
        unit=setting.branch,
        in_force=False,
        **years,
    )
    decisions.bring_into_force([line], by=None)
    client = signed_in(setting.desk)

    shown = client.get(past.get_absolute_url()).content.decode()
    listed = client.get(reverse("assignments:decision_list"), {"q": "513"}).content.decode()
    on_the_day = client.get(reverse("assignments:assignment_list"), {"day": "2022-03-01"})
    document = decision_document(papers.paper_of(past, today=date(2026, 1, 1)))

    assert "Vũ Văn An" in shown
    assert "Huyện ủy Kim Sơn" in listed
    assert on_the_day.status_code == 200
    assert document.letterhead.symbol == "QĐ/HU"
