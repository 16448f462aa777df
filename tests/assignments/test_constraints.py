"""What the database of assignments refuses."""

import re
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from assignments.models import Assignment, Decision, Substitution
from assignments.states import AttendeeRole, DecisionStatus, SubstitutionStatus
from meetings.models import Meeting
from roster.states import AbsenceReason
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db


def test_a_branch_has_one_main_attendee_a_day_in_force():
    setting = Setting()
    decision = setting.draft()
    common = {"decision": decision, "unit": setting.branch, "starts_on": date(2026, 1, 1)}
    factories.AssignmentFactory(official=setting.official("A"), ends_on=date(2026, 6, 30), **common)
    factories.AssignmentFactory(
        official=setting.official("B"), **{**common, "starts_on": date(2026, 7, 1)}
    )
    factories.AssignmentFactory(official=setting.official("C"), in_force=False, **common)
    factories.AssignmentFactory(official=setting.official("D"), role=AttendeeRole.SECOND, **common)

    with (
        pytest.raises(IntegrityError, match="unit_has_one_main_attendee_a_day"),
        transaction.atomic(),
    ):
        factories.AssignmentFactory(
            official=setting.official("E"), **{**common, "starts_on": date(2026, 6, 30)}
        )
    assert Assignment.objects.count() == 4


def test_an_official_goes_once_to_a_branch_on_a_day():
    setting = Setting()
    an = setting.official("A")
    first, second = setting.draft("1-QĐ/TU"), setting.draft("2-QĐ/TU")
    factories.AssignmentFactory(decision=first, official=an, unit=setting.branch)

    with (
        pytest.raises(IntegrityError, match="official_is_assigned_once_to_a_unit_a_day"),
        transaction.atomic(),
    ):
        factories.AssignmentFactory(
            decision=second, official=an, unit=setting.branch, role=AttendeeRole.SECOND
        )


def test_an_issued_decision_has_its_number_and_day():
    setting = Setting()
    draft = setting.draft(number="")

    with (
        pytest.raises(IntegrityError, match="issued_decision_has_number_and_day"),
        transaction.atomic(),
    ):
        Decision.objects.filter(pk=draft.pk).update(status=DecisionStatus.ISSUED)


def test_a_decision_is_recorded_once():
    setting = Setting()
    setting.draft("87-QĐ/TU")

    with pytest.raises(IntegrityError, match="decision_is_recorded_once"), transaction.atomic():
        setting.draft("87-QĐ/TU")


def test_an_accepted_substitution_has_a_substitute_and_is_the_only_one_of_its_days():
    setting = Setting()
    row = factories.AssignmentFactory(
        decision=setting.draft(), official=setting.official("A"), unit=setting.branch
    )
    days = {"starts_on": date(2026, 11, 3), "ends_on": date(2026, 11, 3)}
    common = {"assignment": row, "reason": AbsenceReason.DUTY, **days}
    accepted = {"status": SubstitutionStatus.ACCEPTED, **common}

    with (
        pytest.raises(IntegrityError, match="accepted_substitution_has_a_substitute"),
        transaction.atomic(),
    ):
        Substitution.objects.create(**accepted)
    Substitution.objects.create(substitute=setting.official("B"), **accepted)
    with (
        pytest.raises(IntegrityError, match="assignment_has_one_substitute_a_day"),
        transaction.atomic(),
    ):
        Substitution.objects.create(substitute=setting.official("C"), **accepted)


def test_who_is_sent_to_a_meeting_is_not_looked_up_in_the_index_of_the_constraint():
    """In which the unit comes second (20 times the time of a look-up); PostgreSQL would prefer it to that of units."""
    others = ("seqscan", "bitmapscan", "hashjoin", "mergejoin")

    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX assignments_assignment_unit_id_c933feec")
        for way in others:
            cursor.execute(f"SET LOCAL enable_{way} = off")
    plan = Meeting.objects.assigned().explain()

    assert not re.search(r"official_is_assigned_once.*\n *Index Cond: \(unit_id", plan), plan
