"""Tests that commit leave the seeds and nothing else; how we connect."""

import pytest
from django.db import connection

from config import settings  # noqa: TID251 - the function that makes a setting, not its value
from roster import audit
from roster.models import Event, Policy, Unit
from roster.states import PolicyKey
from tests import factories

SEEDED = len(PolicyKey)  # each rule has its default from the beginning of the records


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_committing_test_finds_the_seeds_and_nothing_of_the_one_before(turn: int):
    assert (Policy.objects.count(), Unit.objects.count(), Event.objects.count()) == (SEEDED, 0, 0)

    audit.record(f"turn {turn}", factories.province(), by=None)


@pytest.mark.django_db
def test_and_so_does_a_test_that_rolls_back():
    assert (Policy.objects.count(), Unit.objects.count()) == (SEEDED, 0)


@pytest.mark.django_db
def test_plans_are_not_compiled():
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")

        assert cursor.fetchone() == ("off",)


def test_options_of_the_address_are_kept_and_have_the_last_word(monkeypatch):
    address = "postgres://u@h:5432/d?sslmode=require&options=-c%20jit%3Don"
    monkeypatch.setenv("DATABASE_URL", address)

    assert settings.database()["OPTIONS"] == {
        "sslmode": "require",
        "options": "-c jit=off -c jit=on",
    }
