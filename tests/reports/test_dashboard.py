"""The month's figures: right, never beyond one, and each opens the rows it counts."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from meetings.actions.calendar import cancel_meeting
from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import MeetingReport
from reports.progress import answers_of, progress_of
from reports.rollups.refresh import check
from tests import factories
from tests.reports.recommending import (
    Village,
    answer,
    filed_report,
    forward,
    recommendation,
    village,
)

TODAY = "2026-11-23 08:00+07:00"
NOVEMBER = date(2026, 11, 1)
DASHBOARD_QUERIES = 7

pytestmark = pytest.mark.django_db


def month_of_branches(place: Village) -> None:
    """On time (the village's), late, missing, not yet due, not yet, cancelled, nobody sent."""
    decision = factories.DecisionFactory(issuer=place.province)
    days = {"late": 4, "missing": 5, "due": 22, "ahead": 28, "cancelled": 27}
    meetings = {}
    for name, day in days.items():
        branch = factories.branch(place.commune, name=f"Chi bộ {name}")
        factories.AssignmentFactory(decision=decision, official=place.official, unit=branch)
        meetings[name] = factories.meeting(branch, on=date(2026, 11, day))
    factories.meeting(factories.branch(place.commune, name="Chi bộ không ai"), on=NOVEMBER)
    filed_report(meetings["late"], place.official, is_on_time=False)
    Meeting.objects.filter(report__isnull=False).update(status=MeetingStatus.HELD)
    cancel_meeting(meetings["cancelled"], reason="Tang lễ", by=place.desk)
    check(timezone.now())


@time_machine.travel(TODAY, tick=False)
def test_what_is_not_yet_due_is_not_missing() -> None:
    place = village()
    month_of_branches(place)

    total = progress_of(place.commission, NOVEMBER).total

    counted = {
        "planned": 6,
        "unassigned": 1,
        "cancelled": 1,
        "not_yet": 1,
        "expected": 4,
        "report_due": 3,
        "on_time": 1,
        "late": 1,
        "missing": 1,
        "not_due": 1,
    }
    assert {name: getattr(total, name) for name in counted} == counted


@time_machine.travel(TODAY, tick=False)
def test_every_figure_opens_the_rows_it_counts(client: Client) -> None:
    place = village()
    month_of_branches(place)
    client.force_login(place.commission)
    line = progress_of(place.commission, NOVEMBER).lines[0]

    opened = {
        name: len(client.get(url).context["page"].rows)
        for name, url in {
            "planned": line.meetings_url,
            "held": line.held_url,
            "on_time": line.on_time_url,
            "late": line.late_url,
            "missing": line.missing_url,
            "recommendations": line.recommendations_url,
        }.items()
    }

    assert line.unit == place.commune
    assert opened == {name: getattr(line, name) for name in opened}


@time_machine.travel(TODAY, tick=False)
def test_each_sees_the_own_subtree(client: Client) -> None:
    place = village()
    other = factories.commune(place.province, name="Xã Lai Thành")
    filed_report(factories.meeting(factories.branch(other)), place.official)
    check(timezone.now())

    seen = {
        name: [line.unit.name for line in progress_of(getattr(place, name), NOVEMBER).lines]
        for name in ("desk", "commission")
    }

    assert seen == {"desk": ["Xã Quang Thiện"], "commission": ["Xã Lai Thành", "Xã Quang Thiện"]}


@pytest.mark.parametrize(
    ("answered_at", "today", "shown"),
    [
        (None, date(2026, 11, 20), (0, 0, 0)),  # not yet due
        (None, date(2026, 11, 21), (1, 0, 1)),
        ("2026-11-20 23:59+07:00", date(2026, 11, 20), (1, 1, 0)),
        ("2026-11-21 00:30+07:00", date(2026, 11, 25), (1, 0, 0)),
    ],
)
def test_answers_in_time_are_counted_by_their_deadline(
    answered_at: str | None, today: date, shown: tuple[int, int, int]
) -> None:
    place = village()
    forward(place, due_on=date(2026, 11, 20))
    for at in filter(None, [answered_at]):
        answer(place, at=at)

    found = answers_of(place.commission, NOVEMBER, today)

    assert (found.due, found.on_time, found.overdue) == shown


@pytest.mark.parametrize("count", [0, 2])
@time_machine.travel(TODAY, tick=False)
def test_the_dashboard_asks_the_same_however_many_communes(
    count: int, client: Client, django_assert_num_queries: Any
) -> None:
    place = village()
    for index in range(count):
        branch = factories.branch(factories.commune(place.province, name=f"Xã Khác {index}"))
        recommendation(filed_report(factories.meeting(branch), place.official))
    MeetingReport.objects.update(band="Tốt")
    check(timezone.now())
    client.force_login(place.commission)
    client.get("/dashboard/")

    with django_assert_num_queries(DASHBOARD_QUERIES):
        response = client.get("/dashboard/")

    assert len(response.context["progress"].lines) == count + 1


@time_machine.travel(TODAY, tick=False)
def test_the_page_says_when_it_was_counted_and_a_month_without_figures_says_what_to_do(
    client: Client,
) -> None:
    place = village()
    check(timezone.now())
    client.force_login(place.commission)

    now = client.get("/dashboard/").content.decode()
    before = client.get("/dashboard/?month=2025-12").content.decode()

    assert "số liệu tính đến 08:00 ngày 23/11/2026" in now
    assert "Chưa có số liệu của tháng này." in before
