"""Each condition a meeting can be in, and what it counts as."""

from datetime import date, datetime

import pytest

from meetings.models import Attendance, Meeting
from meetings.states import AttendanceStatus, MeetingStatus
from reports.facts import COUNTS
from reports.rollups.counting import count, total
from tests import factories
from tests.reports.recommending import filed_report, recommendation

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=factories.ZONE)
NOVEMBER = date(2026, 11, 1)
EARLY, RECENT, LATER = date(2026, 11, 3), date(2026, 11, 20), date(2026, 11, 28)


class Place:
    """A commune with two branches; somebody is assigned to the first."""

    def __init__(self) -> None:
        self.province = factories.province()
        self.commune = factories.commune(self.province)
        self.branch = factories.branch(self.commune)
        self.lonely = factories.branch(self.commune, name="Chi bộ xóm 2")
        self.agency = factories.agency(self.province)
        self.official = factories.OfficialFactory(agency=self.agency)
        factories.AssignmentFactory(
            decision=factories.DecisionFactory(issuer=self.province),
            official=self.official,
            unit=self.branch,
        )

    def counts(self) -> dict[str, int]:
        rows = count(NOVEMBER, NOVEMBER, now=NOW, within=self.province.pk)
        return {name: number for name, number in total(rows).items() if number}

    def filed(self, on: date = EARLY, **kwargs: object) -> Meeting:
        meeting = factories.meeting(self.branch, on=on, status=MeetingStatus.HELD)
        filed_report(meeting, self.official, **kwargs)
        Attendance.objects.create(
            meeting=meeting, official=self.official, status=AttendanceStatus.ATTENDED
        )
        return meeting


def not_yet(place: Place) -> None:
    factories.meeting(place.branch, on=LATER)


def cancelled(place: Place) -> None:
    factories.meeting(place.branch, on=EARLY, status=MeetingStatus.CANCELLED, reason="Mưa bão")


def begun_and_not_due(place: Place) -> None:
    factories.meeting(place.branch, on=RECENT)


def missing(place: Place) -> None:
    factories.meeting(place.branch, on=EARLY)


def held_without_report(place: Place) -> None:
    factories.meeting(place.branch, on=RECENT, status=MeetingStatus.HELD)


def on_time(place: Place) -> None:
    place.filed()


def late(place: Place) -> None:
    place.filed(is_on_time=False)


def returned(place: Place) -> None:
    place.filed(status="returned")


def draft(place: Place) -> None:
    meeting = factories.meeting(place.branch, on=EARLY)
    filed_report(
        meeting,
        place.official,
        status="draft",
        number="",
        submitted_at=None,
        first_submitted_at=None,
        is_on_time=None,
    )


def nobody_assigned(place: Place) -> None:
    factories.meeting(place.lonely, on=EARLY)


def nobody_assigned_and_cancelled(place: Place) -> None:
    factories.meeting(place.lonely, on=EARLY, status=MeetingStatus.CANCELLED, reason="Mưa bão")


def with_recommendations(place: Place) -> None:
    report = place.filed().report
    recommendation(report)
    recommendation(report)


EXPECTED = {"planned": 1, "expected": 1}
FILED = {**EXPECTED, "held": 1, "attended": 1, "report_due": 1, "reported": 1}


@pytest.mark.parametrize(
    ("happened", "counts"),
    [
        (not_yet, {"planned": 1, "not_yet": 1}),
        (cancelled, {"planned": 1, "cancelled": 1}),
        (begun_and_not_due, EXPECTED),
        (missing, {**EXPECTED, "report_due": 1, "missing": 1}),
        (held_without_report, {**EXPECTED, "held": 1}),
        (on_time, {**FILED, "on_time": 1}),
        (late, {**FILED, "late": 1}),
        (returned, {**FILED, "on_time": 1}),
        (draft, {**EXPECTED, "report_due": 1, "missing": 1}),
        (nobody_assigned, {"unassigned": 1}),
        (nobody_assigned_and_cancelled, {}),
        (with_recommendations, {**FILED, "on_time": 1, "recommendations": 2}),
    ],
)
def test_what_a_meeting_counts_as(happened, counts):
    place = Place()

    happened(place)

    assert place.counts() == counts


def test_a_report_filed_before_its_deadline_is_due_the_moment_it_is_filed():
    place = Place()

    place.filed(on=RECENT)

    assert place.counts() == {**FILED, "on_time": 1}


def test_an_assignment_counts_on_its_days_only():
    place = Place()
    place.official.assignments.update(ends_on=date(2026, 11, 2))

    missing(place)

    assert place.counts() == {"unassigned": 1}


def test_other_months_and_other_provinces_do_not_count():
    place, other = Place(), Place()
    factories.meeting(place.branch, on=date(2026, 10, 3))
    missing(other)

    assert place.counts() == {}


def test_places_are_communes_or_branches():
    place = Place()
    missing(place)
    nobody_assigned(place)

    by_commune = count(NOVEMBER, NOVEMBER, now=NOW, within=place.province.pk)
    by_branch = count(NOVEMBER, NOVEMBER, now=NOW, within=place.commune.pk, by_unit=True)

    assert [row.place for row in by_commune] == [place.commune.pk]
    assert {row.place for row in by_branch} == {place.branch.pk, place.lonely.pk}
    assert total(by_commune) == total(by_branch)


def test_what_has_no_commune_counts_at_the_province():
    place = Place()
    factories.meeting(place.branch, on=EARLY, commune=None)

    assert [row.place for row in count(NOVEMBER, NOVEMBER, now=NOW)] == [place.province.pk]


def test_the_names_of_the_counts_are_the_columns_of_the_statement():
    place = Place()
    missing(place)

    (row,) = count(NOVEMBER, NOVEMBER, now=NOW)

    assert tuple(row.counts) == COUNTS
