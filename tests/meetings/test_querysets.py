"""Which meetings are whose."""

from datetime import date
from typing import Any

import pytest

from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from meetings.models import Meeting
from roster.models import User
from roster.states import AbsenceReason, Role
from tests import factories
from tests.meetings.scenes import HELD_ON, scene, user

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({}, True),
        ({"ends_on": HELD_ON}, True),
        ({"ends_on": date(2026, 12, 2)}, False),
        ({"starts_on": HELD_ON}, True),
        ({"starts_on": date(2026, 12, 4)}, False),
        ({"in_force": False}, False),
    ],
)
def test_assignee_sees_the_meetings_of_the_own_term(changes: dict[str, Any], seen: bool) -> None:
    place = scene()
    scene()  # another branch with another attendee
    Assignment.objects.filter(pk=place.assignment.pk).update(**changes)

    found = Meeting.objects.visible_to(place.attendee)

    assert list(found) == ([place.meeting] if seen else [])


@pytest.mark.parametrize(
    ("status", "first", "last", "seen"),
    [
        (SubstitutionStatus.ACCEPTED, HELD_ON, HELD_ON, True),
        (SubstitutionStatus.ACCEPTED, HELD_ON, None, True),
        (SubstitutionStatus.ACCEPTED, date(2026, 12, 4), None, False),
        (SubstitutionStatus.ACCEPTED, date(2026, 11, 1), date(2026, 12, 2), False),
        (SubstitutionStatus.DECLINED, HELD_ON, HELD_ON, False),
    ],
)
def test_substitute_sees_the_meetings_of_those_days(
    status: SubstitutionStatus, first: date, last: date | None, seen: bool
) -> None:
    place = scene()
    stand_in = factories.OfficialFactory(agency=place.official.agency)
    Substitution.objects.create(
        assignment=place.assignment,
        substitute=stand_in,
        starts_on=first,
        ends_on=last,
        reason=AbsenceReason.DUTY,
        status=status,
    )

    found = Meeting.objects.visible_to(factories.attendee(stand_in))

    assert list(found) == ([place.meeting] if seen else [])


@pytest.mark.parametrize("changes", [{"ends_on": date(2026, 12, 2)}, {"in_force": False}])
def test_substitute_goes_no_longer_than_who_is_replaced(changes: dict[str, Any]) -> None:
    place = scene()
    stand_in = factories.OfficialFactory(agency=place.official.agency)
    Substitution.objects.create(
        assignment=place.assignment,
        substitute=stand_in,
        starts_on=date(2026, 11, 1),
        ends_on=None,
        reason=AbsenceReason.DUTY,
        status=SubstitutionStatus.ACCEPTED,
    )
    Assignment.objects.filter(pk=place.assignment.pk).update(**changes)

    assert not Meeting.objects.visible_to(factories.attendee(stand_in)).exists()


@pytest.mark.parametrize(
    ("role", "unit", "sees"),
    [
        (Role.COMMISSION_OFFICER, "province", ["own"]),
        (Role.VIEWER, "province", ["own"]),
        (Role.COMMUNE_OFFICER, "commune", ["own"]),
        (Role.BRANCH_SECRETARY, "branch", ["own"]),
        (Role.AUTHORITY_OFFICER, "province", []),
    ],
)
def test_staff_see_their_subtree_and_a_secretary_the_own_branch(
    role: Role, unit: str, sees: list[str]
) -> None:
    place, _other = scene(), scene()
    person = user(role, getattr(place, unit))

    found = Meeting.objects.visible_to(person)

    assert list(found) == [place.meeting] * len(sees)


def test_officer_who_is_sent_elsewhere_sees_both_and_owns_the_one() -> None:
    place, other = scene(), scene()
    other.attendee.delete()
    officer: User = user(Role.COMMUNE_OFFICER, place.commune, official=other.official)

    assert set(Meeting.objects.visible_to(officer)) == {place.meeting, other.meeting}
    assert list(Meeting.objects.own(officer)) == [other.meeting]


@pytest.mark.parametrize("words", ["xom 13", "Xóm 13", "quang thien", "QUANG THIỆN"])
def test_search_finds_branch_and_commune_without_marks(words: str) -> None:
    place = scene()
    factories.meeting(factories.branch(factories.commune(place.province), name="Chi bộ phố 1"))

    assert list(Meeting.objects.matching(words)) == [place.meeting]
