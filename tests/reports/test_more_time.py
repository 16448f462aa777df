"""Extending a report's deadline and opening its lock: who may, what moves, who hears, what is noted."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from config.lib.errors import Refused
from meetings.models import Meeting
from notices.models import Notice
from reports import reminders
from reports.actions import deadlines
from reports.actions import reports as actions
from reports.models import DirtyMark
from roster.models import Event, User
from roster.states import Role
from tests import factories
from tests.reports.scenes import IN_TIME, Scene, cleaned

pytestmark = pytest.mark.django_db
DUE, LOCK = date(2026, 11, 8), date(2026, 12, 4)
AFTER_LOCK = datetime(2026, 12, 10, 8, tzinfo=factories.ZONE)


@pytest.fixture(autouse=True)
def _the_day_after() -> Iterator[None]:
    with time_machine.travel(IN_TIME, tick=False):
        yield


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def leader(scene: Scene) -> User:
    found: User = factories.UserFactory(role=Role.COMMISSION_LEADER, unit=scene.province)
    return found


def extend(scene: Scene, due_on: date = date(2026, 11, 15), by: Any = None) -> Meeting:
    deadlines.extend_deadline(scene.meeting, due_on=due_on, reason="Bão", by=by or scene.desk)
    return Meeting.objects.get(pk=scene.meeting.pk)


def unlock(scene: Scene, by: User, until: date = date(2026, 12, 20)) -> Meeting:
    deadlines.unlock_report(scene.meeting, until=until, reason="Ốm dài", by=by)
    return Meeting.objects.get(pk=scene.meeting.pk)


def test_extension_moves_due_and_late_and_keeps_the_first_due_day(scene: Scene) -> None:
    report = scene.opened()

    kept = extend(scene)
    extend(scene, date(2026, 11, 20))

    assert (kept.report_due_on, kept.late_after, kept.locked_on) == (date(2026, 11, 15), date(2026, 11, 15), LOCK)  # fmt: skip
    report.refresh_from_db()
    assert report.due_on == date(2026, 11, 20)
    assert Meeting.objects.get().extended_from == DUE


def test_extension_beyond_the_lock_takes_the_lock_along(scene: Scene) -> None:
    assert extend(scene, date(2026, 12, 20)).locked_on == date(2026, 12, 21)


def test_filed_within_the_extension_is_on_time(scene: Scene) -> None:
    extend(scene)
    report = scene.opened()

    with time_machine.travel(IN_TIME + timedelta(days=10)):
        now = IN_TIME + timedelta(days=10)
        actions.submit_report(report, cleaned(), "k", by=scene.attendee, now=now)

    assert report.is_on_time


def test_extension_is_told_noted_and_counted_anew(scene: Scene) -> None:
    DirtyMark.objects.all().delete()

    extend(scene)

    facts = Notice.objects.get(kind="reports.extended", channel="email", user=scene.attendee).facts
    assert facts["due_on"] == "15/11/2026"
    event = Event.objects.get(verb="extended")
    assert (event.by, event.detail["reason"]) == (scene.desk, "Bão")
    assert event.detail["before"] == DUE.isoformat()
    assert DirtyMark.objects.filter(unit=scene.commune).exists()


def test_people_are_reminded_anew_of_the_new_day_and_not_of_the_old_one(scene: Scene) -> None:
    with time_machine.travel(datetime(2026, 11, 8, 7, tzinfo=factories.ZONE)) as clock:
        reminders.owe_deadlines(datetime(2026, 11, 8, 7, tzinfo=factories.ZONE))
        extend(scene)
        before = set(due_days("waiting"))
        clock.move_to(datetime(2026, 11, 15, 10, tzinfo=factories.ZONE))
        reminders.owe_deadlines(datetime(2026, 11, 15, 10, tzinfo=factories.ZONE))

    assert before == set()
    assert set(due_days("withdrawn")) == {"08/11/2026"}
    assert set(due_days("waiting")) == {"15/11/2026"}


def due_days(status: str) -> list[str]:
    owed = Notice.objects.filter(kind="reports.due", status=status)
    return [facts["due_on"] for facts in owed.values_list("facts", flat=True)]


@pytest.mark.parametrize(
    ("prepare", "sentence"),
    [
        ("submitted", "Báo cáo này đã nộp. Báo cáo trả lại có hạn riêng, ghi khi trả lại."),
        ("returned", "Báo cáo này đã nộp. Báo cáo trả lại có hạn riêng, ghi khi trả lại."),
    ],
)
def test_filed_report_needs_no_time(scene: Scene, prepare: str, sentence: str) -> None:
    getattr(scene, prepare)()

    with pytest.raises(Refused) as refusal:
        extend(scene)

    assert str(refusal.value) == sentence


@pytest.mark.parametrize(
    ("due_on", "sentence"),
    [
        (date(2026, 11, 8), "Hạn đang là 08/11/2026. Chọn ngày sau ngày đó."),
        (date(2026, 11, 3), "Chọn ngày từ 04/11/2026 trở đi."),
        (date(2062, 11, 15), "Gia hạn nhiều nhất 60 ngày, đến 03/01/2027."),
    ],
)
def test_day_that_gives_no_time_is_refused_at_its_field(
    client: Client, scene: Scene, due_on: date, sentence: str
) -> None:
    client.force_login(scene.desk)
    typed = {"until": f"{due_on:%d/%m/%Y}", "reason": "Bão"}

    page = client.post(reverse("reports:report_extend", args=[scene.meeting.pk]), typed)

    assert page.context["form"].errors == {"until": [sentence]}
    assert Meeting.objects.get().report_due_on == DUE


def test_locked_report_is_opened_by_a_leader_only_and_filed_late(
    scene: Scene, leader: User
) -> None:
    report = scene.opened()

    with time_machine.travel(AFTER_LOCK, tick=False):
        with pytest.raises(Refused):
            extend(scene)
        with pytest.raises(Refused):
            unlock(scene, scene.commission)
        kept = unlock(scene, leader)
        scene.meeting.refresh_from_db()
        report.refresh_from_db()
        actions.submit_report(report, cleaned(), "k", by=scene.attendee, now=AFTER_LOCK)

    assert (kept.locked_on, kept.report_due_on) == (date(2026, 12, 21), DUE)
    assert report.is_on_time is False
    assert Event.objects.get(verb="unlocked").by == leader
    assert Notice.objects.filter(kind="reports.unlocked", user=scene.attendee).exists()


def test_meetings_page_offers_what_may_be_done(client: Client, scene: Scene, leader: User) -> None:
    found = {}
    for name, user, now in (("desk", scene.desk, IN_TIME), ("late", scene.desk, AFTER_LOCK), ("leader", leader, AFTER_LOCK)):  # fmt: skip
        client.force_login(user)
        with time_machine.travel(now):
            page = client.get(scene.meeting.get_absolute_url()).content.decode()
        found[name] = {word for word in ("Gia hạn báo cáo", "Mở khóa báo cáo") if word in page}

    assert found == {"desk": {"Gia hạn báo cáo"}, "late": set(), "leader": {"Mở khóa báo cáo"}}
