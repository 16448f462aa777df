"""Reports by attendee: each number is right, never beyond the whole, and opens exactly its rows."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.rollups import attendees
from reports.rollups.attendees import Punctuality
from tests import factories
from tests.reports.recommending import filed_report
from tests.reports.scenes import Scene

NOVEMBER = date(2026, 11, 1)
TODAY = "2026-11-23 08:00+07:00"
pytestmark = pytest.mark.django_db


def month_of(scene: Scene) -> dict[str, Meeting]:
    """Of one official: on time, late, missing, not due, ahead, cancelled, and one where somebody stands in."""
    days = {
        "on_time": 4,
        "late": 5,
        "missing": 6,
        "due": 22,
        "ahead": 28,
        "cancelled": 7,
        "replaced": 8,
    }
    meetings = {}
    for name, day in days.items():
        branch = factories.branch(scene.commune, name=f"Chi bộ {name}")
        factories.AssignmentFactory(decision=scene.decision, official=scene.official, unit=branch)
        meetings[name] = factories.meeting(branch, on=date(2026, 11, day))
    filed_report(meetings["on_time"], scene.official, is_on_time=True)
    filed_report(meetings["late"], scene.official, is_on_time=False)
    Meeting.objects.filter(pk=meetings["cancelled"].pk).update(
        status=MeetingStatus.CANCELLED, reason="Bão"
    )
    return meetings


def counts(row: Punctuality) -> tuple[int, ...]:
    return (row.expected, row.received, row.on_time, row.late, row.missing, row.not_due)


@time_machine.travel(TODAY, tick=False)
def test_counts_and_the_rows_they_open(client: Client) -> None:
    scene = Scene()
    scene.meeting.delete()
    month_of(scene)
    stand_in = factories.OfficialFactory(agency=scene.agency)
    replace(scene, "Chi bộ replaced", stand_in)

    counted = attendees.count(scene.desk, NOVEMBER, timezone.now())
    found = {row.official: row for row in attendees.named(counted, NOVEMBER)}

    assert {official: counts(row) for official, row in found.items()} == {
        scene.official: (4, 2, 1, 1, 1, 1),
        stand_in: (1, 0, 0, 0, 1, 0),
    }
    client.force_login(scene.desk)
    for row in found.values():
        for name in ("received", "on_time", "late", "missing", "not_due"):
            page = client.get(getattr(row, f"{name}_url"))
            assert len(page.context["lines"]) == getattr(row, name), (row.official, name)


def replace(scene: Scene, branch: str, stand_in: Any) -> None:
    assignment = scene.official.assignments.get(unit__name=branch)
    assignment.substitutions.create(
        substitute=stand_in,
        reason="duty",
        status="accepted",
        starts_on=date(2026, 11, 8),
        ends_on=date(2026, 11, 8),
    )


@time_machine.travel(TODAY, tick=False)
def test_worst_first_and_nobody_of_another_commune(client: Client) -> None:
    here, there = Scene(1), Scene(2)
    punctual = factories.OfficialFactory(full_name="Bùi Văn Đúng", agency=here.agency)
    branch = factories.branch(here.commune, name="Chi bộ đúng")
    factories.AssignmentFactory(decision=here.decision, official=punctual, unit=branch)
    filed_report(factories.meeting(branch, on=date(2026, 11, 4)), punctual, is_on_time=True)
    client.force_login(here.desk)

    page = client.get("/reports/attendees/?month=2026-11")

    assert [row.official for row in page.context["page"].rows] == [here.official, punctual]
    assert there.official.full_name not in page.content.decode()
    assert "1 đồng chí còn thiếu báo cáo" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
@time_machine.travel(TODAY, tick=False)
def test_page_asks_as_many_questions_for_three_as_for_one(
    client: Client, django_assert_num_queries: Any, count: int
) -> None:
    first = Scene(1)
    for number in range(2, count + 1):
        Scene(number, first.province, commune=first.commune)
    client.force_login(first.commission)

    with django_assert_num_queries(5):
        page = client.get("/reports/attendees/?month=2026-11")

    assert len(page.context["page"].rows) == count


@pytest.mark.parametrize(("query", "status"), [("q=dinh", 200), ("month=x", 400), ("after=x", 400), ("after=99999", 200)])  # fmt: skip
def test_odd_addresses_are_answered(client: Client, query: str, status: int) -> None:
    client.force_login(Scene().desk)

    assert client.get(f"/reports/attendees/?{query}").status_code == status
