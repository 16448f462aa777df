"""Enlarged meetings of a commune's and of a grassroots committee: from the rule to the filed report."""

from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assignments.rules import why_not_reach
from meetings.models import Meeting
from meetings.tasks import owe_reminders
from notices import actions as notices
from reports.actions import reports as filing
from reports.models import MeetingReport
from roster.models import Unit
from roster.states import MeetingKind, Role, UnitKind
from tests import factories
from tests.meetings.scenes import Scene, moment, scene, user
from tests.reports.posts import filled

pytestmark = pytest.mark.django_db


def committee(place: Scene, kind: UnitKind) -> Unit:
    if kind == UnitKind.COMMUNE:
        return place.commune
    made: Unit = factories.UnitFactory(
        kind=UnitKind.GRASSROOTS, under=place.commune, name="Đảng ủy Trường Cao đẳng"
    )
    return made


@pytest.mark.parametrize("kind", [UnitKind.COMMUNE, UnitKind.GRASSROOTS])
def test_committee_with_a_rule_is_planned_attended_reminded_and_reported(
    kind: UnitKind, client: Client, time_machine: Any
) -> None:
    time_machine.move_to(moment(20, month=11), tick=False)
    place = scene()
    unit = committee(place, kind)
    factories.AssignmentFactory(
        decision=place.assignment.decision, official=place.official, unit=unit
    )

    set_rule(client, place, unit)
    meeting = Meeting.objects.get(unit=unit)
    letter = reminded(meeting, time_machine)
    sheet = brief(client, place, meeting)
    report = reported(client, place, meeting, time_machine)

    assert (meeting.kind, meeting.held_on) == (MeetingKind.ENLARGED, date(2026, 12, 22))
    assert meeting.commune == place.commune
    assert unit.committee_name in letter
    assert f"<h1>{unit.committee_name}</h1>" in sheet
    assert "Bản tin tháng 12" in sheet
    assert report.number == "BN-2026-000001"


def set_rule(client: Client, place: Scene, unit: Unit) -> None:
    """The commission notes the fixed day, plans the month and publishes its material."""
    client.force_login(place.commission)
    rule = {"day": "22", "time": "08:00", "place": "Hội trường", "starts_on": "01/11/2026"}
    client.post(reverse("roster:unit_meeting_rule", args=[unit.pk]), rule)
    client.post(reverse("meetings:month_plan"), {"month": "2026-12"})
    client.post(
        reverse("meetings:briefing_publish"),
        {"month": "2026-12", "title": "Bản tin tháng 12", "text": "Một"},
    )


def reminded(meeting: Meeting, time_machine: Any) -> str:
    """What T-3 says by e-mail."""
    time_machine.move_to(moment(19, 10), tick=False)
    owe_reminders()
    notices.pay_all(now=timezone.now())
    return next(one.body for one in mail.outbox if "22/12/2026" in one.body)


def brief(client: Client, place: Scene, meeting: Meeting) -> str:
    client.force_login(place.attendee)
    return client.get(meeting.get_absolute_url()).content.decode()


def reported(client: Client, place: Scene, meeting: Meeting, time_machine: Any) -> MeetingReport:
    time_machine.move_to(moment(22, 14), tick=False)
    address = reverse("reports:report_edit", args=[meeting.pk])
    client.get(address)
    draft = filing.open_report(meeting, by=place.attendee)
    client.post(address, filled(draft))
    return MeetingReport.objects.get(meeting=meeting)


def test_two_rules_of_one_committee_follow_each_other(client: Client, time_machine: Any) -> None:
    time_machine.move_to(moment(20, month=11), tick=False)
    place = scene()
    factories.MeetingRuleFactory(unit=place.commune, kind=MeetingKind.ENLARGED, day=25)
    client.force_login(place.commission)
    client.post(reverse("meetings:month_plan"), {"month": "2026-12"})

    change = {"day": "28", "time": "08:00", "place": "Hội trường", "starts_on": "01/12/2026"}
    client.post(reverse("roster:unit_meeting_rule", args=[place.commune.pk]), change)

    assert Meeting.objects.get(unit=place.commune).held_on == date(2026, 12, 28)


def test_somebody_may_be_sent_to_a_grassroots_committee_and_to_no_agency() -> None:
    place = scene()
    decision = place.assignment.decision

    assert why_not_reach(decision, committee(place, UnitKind.GRASSROOTS)) is None
    assert why_not_reach(decision, factories.agency(place.province)) is not None


def test_officer_of_the_commune_offers_the_committee_when_assigning(client: Client) -> None:
    place = scene()
    unit = committee(place, UnitKind.GRASSROOTS)
    decision = factories.DecisionFactory(issuer=place.province)
    client.force_login(user(Role.COMMISSION_OFFICER, place.province))

    shown = client.get(
        reverse("assignments:line_add", args=[decision.pk]), {"kind": "commune"}
    ).content.decode()

    assert unit.name in shown
