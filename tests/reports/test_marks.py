"""A change of assignments marks the months of their meetings, whoever makes it and however many rows."""

from datetime import date, timedelta

import pytest

from assignments.models import Assignment
from reports.models import DirtyMark, RollUp
from reports.rollups import refresh
from reports.rollups.marks import mark_dirty
from tests import factories
from tests.reports.test_counting import EARLY, NOVEMBER, NOW, Place

pytestmark = pytest.mark.django_db


@pytest.fixture
def place():
    place = Place()
    place.meeting = factories.meeting(place.branch, on=EARLY)
    factories.meeting(place.lonely, on=EARLY)
    DirtyMark.objects.all().delete()
    return place


def assigned(place, starts_on=date(2026, 11, 1)):
    factories.AssignmentFactory(
        decision=factories.DecisionFactory(issuer=place.province),
        official=place.official,
        unit=place.lonely,
        starts_on=starts_on,
    )


def ended_before(place):
    Assignment.objects.update(ends_on=EARLY - timedelta(days=1))


def taken_back(place):
    Assignment.objects.update(in_force=False)


def deleted(place):
    Assignment.objects.all().delete()


@pytest.mark.parametrize("change", [assigned, ended_before, taken_back, deleted])
def test_a_change_of_assignments_marks_commune_and_month(place, change):
    change(place)

    assert set(DirtyMark.objects.values_list("unit", "month")) == {(place.commune.pk, NOVEMBER)}


def test_an_assignment_of_other_days_marks_nothing(place):
    assigned(place, starts_on=date(2026, 12, 1))

    assert not DirtyMark.objects.exists()


def test_an_ended_assignment_leaves_the_roll_up_within_one_refresh(place):
    mark_dirty(place.meeting)
    refresh.refresh_all(NOW)
    before = RollUp.objects.get().missing

    ended_before(place)
    refresh.refresh_all(NOW)

    row = RollUp.objects.get()
    assert (before, row.missing, row.unassigned) == (1, 0, 2)
