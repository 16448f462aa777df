from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from meetings.models import Meeting
from meetings.states import MeetingStatus
from reports.models import DirtyMark, RollUp
from reports.rollups import refresh
from reports.rollups.marks import mark_dirty
from reports.tasks import check_rollups, refresh_rollups
from tests import factories
from tests.reports.test_counting import EARLY, NOVEMBER, NOW, RECENT, Place

pytestmark = pytest.mark.django_db


def stored(place: Place) -> RollUp:
    return RollUp.objects.get(unit=place.commune, month=NOVEMBER)


def test_a_marked_month_is_counted_and_its_marks_are_gone():
    place = Place()
    meeting = place.filed(band="Tốt")
    mark_dirty(meeting)
    mark_dirty(meeting)

    assert refresh.refresh(NOW) == 1

    row = stored(place)
    assert (row.planned, row.held, row.on_time, row.missing) == (1, 1, 1, 0)
    assert row.bands == {"Tốt": 1}
    assert row.as_of == NOW
    assert not DirtyMark.objects.exists()


def test_counting_again_replaces_the_old_figures():
    place = Place()
    meeting = factories.meeting(place.branch, on=EARLY)
    mark_dirty(meeting)
    refresh.refresh(NOW)
    Meeting.objects.update(status=MeetingStatus.CANCELLED, reason="Mưa bão")
    mark_dirty(meeting)

    refresh.refresh(NOW)

    assert (stored(place).expected, stored(place).missing, stored(place).cancelled) == (0, 0, 1)


def test_only_marked_months_are_counted():
    place = Place()
    mark_dirty(factories.meeting(place.branch, on=EARLY))
    factories.meeting(place.branch, on=date(2026, 10, 3))

    refresh.refresh(NOW)

    assert list(RollUp.objects.values_list("month", flat=True)) == [NOVEMBER]


def test_a_meeting_without_any_body_above_marks_nothing():
    place = Place()
    mark_dirty(factories.meeting(place.branch, commune=None, province=None))

    assert not DirtyMark.objects.exists()


@pytest.mark.parametrize(
    ("counted_at", "then", "name"),
    [
        ("2026-11-20T19:00+07:00", "2026-11-20T20:00+07:00", "expected"),
        ("2026-11-25T20:00+07:00", "2026-11-26T00:05+07:00", "missing"),
    ],
)
def test_time_alone_changes_the_figures(counted_at, then, name):
    place = Place()
    mark_dirty(factories.meeting(place.branch, on=RECENT))
    refresh.refresh(datetime.fromisoformat(counted_at))
    before = getattr(stored(place), name)

    refresh.refresh_all(datetime.fromisoformat(then))

    assert (before, getattr(stored(place), name)) == (0, 1)


def test_a_month_at_rest_is_not_counted_again():
    place = Place()
    mark_dirty(factories.meeting(place.branch, on=EARLY))
    refresh.refresh(NOW)

    assert refresh.refresh_all(NOW + timedelta(hours=1)) == 0
    assert stored(place).as_of == NOW


def test_the_nightly_check_finds_and_repairs_what_differs(time_machine, caplog):
    time_machine.move_to(NOW, tick=False)
    place = Place()
    mark_dirty(factories.meeting(place.branch, on=EARLY))
    refresh.refresh(NOW)
    RollUp.objects.update(report_due=0, missing=0)

    assert check_rollups() == 1
    assert check_rollups() == 0
    assert stored(place).missing == 1
    assert "roll-up differs from the facts" in caplog.text


def test_the_task_twice_has_one_effect(time_machine):
    time_machine.move_to(NOW, tick=False)
    place = Place()
    mark_dirty(factories.meeting(place.branch, on=EARLY))

    assert (refresh_rollups(), refresh_rollups()) == (1, 0)
    assert stored(place).missing == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"held": 2},
        {"attended": 1},
        {"reported": 1},
        {"report_due": 1},
        {"planned": 3},
        {"missing": 2, "report_due": 2},
    ],
)
def test_the_database_refuses_more_than_all(wrong):
    place = Place()
    figures = {"planned": 1, "expected": 1, **wrong}

    with (
        pytest.raises(IntegrityError, match="rollup_ratios_never_exceed_one"),
        transaction.atomic(),
    ):
        RollUp.objects.create(
            unit=place.commune, home=place.commune, month=NOVEMBER, as_of=NOW, **figures
        )
