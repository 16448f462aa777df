"""Tests that commit leave the seeds and nothing else."""

import pytest

from roster import audit
from roster.models import Event, Policy, Unit
from tests import factories


@pytest.mark.parametrize("turn", [1, 2])
@pytest.mark.django_db(transaction=True)
def test_a_committing_test_finds_the_seeds_and_nothing_of_the_one_before(turn: int):
    assert (Policy.objects.count(), Unit.objects.count(), Event.objects.count()) == (8, 0, 0)

    audit.record(f"turn {turn}", factories.province(), by=None)


@pytest.mark.django_db
def test_and_so_does_a_test_that_rolls_back():
    assert (Policy.objects.count(), Unit.objects.count()) == (8, 0)
