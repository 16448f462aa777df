"""What the planner is told of a branch: how weak it was, and which agency its open requests wait for."""

from datetime import date

import pytest

from assignments.models import BranchNeed
from reports.branch_needs import write_needs
from reports.models import Criterion, Score
from reports.states import ReportStatus, ScoredBy
from tests.reports.recommending import Village, answer, forward, village

pytestmark = pytest.mark.django_db

NEXT_QUARTER = date(2027, 1, 1)


def need(place: Village) -> BranchNeed:
    write_needs(date(2027, 2, 14))
    return BranchNeed.objects.get(unit=place.branch, quarter_starts_on=NEXT_QUARTER)


@pytest.mark.parametrize(("tenths", "priority"), [(4, 3), (6, 2), (7, 1), (9, 0)])
def test_the_fewer_points_the_more_senior_people_a_branch_needs(tenths, priority):
    place = village()
    place.report.status = ReportStatus.ACCEPTED
    place.report.save()
    criterion = Criterion.objects.filter(frame=place.report.frame, max_points=10).first()
    Score.objects.create(
        report=place.report,
        criterion=criterion,
        scored_by=ScoredBy.ATTENDEE,
        points=tenths,
        max_points=10,
    )

    assert need(place).priority == priority


def test_an_open_request_names_its_field_and_who_answers_until_it_is_answered():
    place = village()
    forward(place)

    asked = need(place)
    assert (asked.fields, asked.agencies) == (["thuy-loi"], [place.agency.pk])

    answer(place)
    again = need(place)
    assert (again.pk, again.fields, again.agencies, again.priority) == (asked.pk, [], [], 0)
