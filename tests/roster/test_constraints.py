"""What the database of the roster refuses."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from roster import audit
from roster.models import Event, Official, Policy, Succession, Unit, UnitParent
from roster.models.units import Reorganisation
from roster.states import PolicyKey, SuccessionKind, UnitKind
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_code_means_one_unit_a_day_and_may_be_used_again_later():
    factories.UnitFactory(code="14647", starts_on=date(2020, 1, 1), ends_on=date(2025, 6, 30))

    factories.UnitFactory(code="14647", starts_on=date(2025, 7, 1))

    with (
        pytest.raises(IntegrityError, match="unit_code_means_one_unit_a_day"),
        transaction.atomic(),
    ):
        factories.UnitFactory(code="14647", starts_on=date(2025, 6, 30), ends_on=date(2025, 6, 30))
    assert Unit.objects.on(date(2025, 6, 30)).get(code="14647") != Unit.objects.on(
        date(2025, 7, 1)
    ).get(code="14647")


def test_a_unit_has_one_parent_a_day():
    top = factories.province()
    unit = factories.commune(top)

    with pytest.raises(IntegrityError, match="unit_has_one_parent_a_day"), transaction.atomic():
        UnitParent.objects.create(unit=unit, parent=top, starts_on=date(2026, 1, 1))


def test_a_period_ends_after_it_starts():
    with pytest.raises(IntegrityError, match="unit_ends_after_it_starts"), transaction.atomic():
        factories.UnitFactory(ends_on=date(2020, 1, 1))


def test_an_official_has_a_birth_date_or_a_year_not_both():
    place = factories.agency(factories.province())

    with (
        pytest.raises(IntegrityError, match="official_has_birth_date_or_year"),
        transaction.atomic(),
    ):
        factories.OfficialFactory(agency=place, birth_date=date(1970, 5, 1), birth_year=1970)
    assert not Official.objects.exists()


@pytest.mark.parametrize(
    "rule", [{"day": 32}, {"day": None}, {"day": 3, "weekday": 5, "week": 1}, {"day": 0}]
)
def test_a_meeting_rule_names_a_day_or_a_weekday(rule: dict[str, int | None]):
    unit = factories.branch(factories.commune(factories.province()))

    with (
        pytest.raises(IntegrityError, match="meeting_rule_names_a_day_or_a_weekday"),
        transaction.atomic(),
    ):
        factories.MeetingRuleFactory(unit=unit, **rule)


def test_a_policy_has_one_value_a_day():
    with pytest.raises(IntegrityError, match="policy_has_one_value_a_day"), transaction.atomic():
        Policy.objects.create(key=PolicyKey.REPORT_DUE_DAYS, value=7, starts_on=date(2026, 1, 1))
    assert Policy.value_on(PolicyKey.REPORT_DUE_DAYS, date(2026, 11, 3)) == 5


def test_a_succession_is_entered_once():
    old, new = factories.UnitFactory(), factories.UnitFactory(kind=UnitKind.COMMUNE)
    order = Reorganisation.objects.create(decision="Nghị quyết thử", effective_on=date(2025, 7, 1))
    Succession.objects.create(reorganisation=order, old=old, new=new, kind=SuccessionKind.MERGED)

    with pytest.raises(IntegrityError, match="succession_is_entered_once"), transaction.atomic():
        Succession.objects.create(reorganisation=order, old=old, new=new, kind=SuccessionKind.SPLIT)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE roster_event SET verb = 'x'", "DELETE FROM roster_event", "TRUNCATE roster_event"],
)
def test_the_audit_is_append_only(statement: str):
    unit = factories.UnitFactory()
    audit.record("created", unit, by=None, name=unit.name)

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # TRUNCATE asks for no pending checks

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement)

    assert [(event.verb, event.target_label) for event in Event.objects.about(unit)] == [
        ("created", unit.name)
    ]
