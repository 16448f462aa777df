from datetime import date, timedelta

import pytest
from django.utils import timezone

from roster.actions import tree
from roster.models import Home, Reorganisation, Succession, Unit, UnitParent
from roster.states import SuccessionKind, UnitKind
from roster.tasks import keep_homes
from tests import factories

pytestmark = pytest.mark.django_db
DAY = date(2025, 10, 1)
EVE = date(2025, 9, 30)


def home(unit):
    return Home.objects.get(unit=unit).place


def become(old, *new, kind=SuccessionKind.MERGED, main=None):
    reorganisation, _ = Reorganisation.objects.get_or_create(decision="QĐ 1", effective_on=DAY)
    Unit.objects.filter(pk=old.pk).update(ends_on=EVE)
    for one in new:
        Succession.objects.create(
            reorganisation=reorganisation,
            old=old,
            new=one,
            kind=SuccessionKind.SPLIT_MAIN if one == main else kind,
        )


@pytest.fixture
def top():
    return factories.province()


def test_a_living_unit_counts_in_the_nearest_place_above_it(top):
    commune = factories.commune(top)
    committee = factories.UnitFactory(kind=UnitKind.GRASSROOTS, under=commune)
    branch, office = factories.branch(committee), factories.agency(top)

    assert [home(one) for one in (branch, committee, commune, office, top)] == [
        commune, commune, commune, top, top,
    ]  # fmt: skip


def test_a_unit_that_ended_counts_where_its_main_successor_does(top):
    old, small, main = (factories.commune(top, name=f"Xã {n}") for n in "ABC")
    left_behind = factories.branch(old)

    become(old, small, main, kind=SuccessionKind.SPLIT, main=main)

    assert (home(old), home(left_behind)) == (main, main)


def test_a_chain_of_mergers_is_followed_to_its_end(top):
    first, second, third = (factories.commune(top, name=f"Xã {n}") for n in "ABC")
    branch = factories.branch(first)

    become(first, second)
    become(second, third)

    assert (home(branch), home(first), home(second)) == (third, third, third)


def test_a_branch_without_a_successor_counts_in_its_last_commune(top):
    old, new = factories.commune(top), factories.commune(top)
    branch = factories.branch(old)
    Unit.objects.filter(pk=branch.pk).update(ends_on=EVE)

    become(old, new)

    assert home(branch) == new


def test_a_dissolved_commune_counts_in_the_body_above(top):
    district = factories.UnitFactory(kind=UnitKind.DISTRICT, under=top)
    commune = factories.commune(district)

    become(commune)
    become(district)

    assert home(commune) == top


def test_a_reorganisation_taken_back_takes_the_homes_back(top):
    old, new = factories.commune(top), factories.commune(top)
    branch = factories.branch(old)
    become(old, new)

    Unit.objects.filter(pk=old.pk).update(ends_on=None)
    Succession.objects.all().delete()

    assert (home(branch), home(old)) == (old, old)


def test_a_branch_moved_by_hand_counts_in_its_new_commune_at_once(top):
    old, new = factories.commune(top), factories.commune(top)
    branch = factories.branch(old)
    branch.parents.update(ends_on=EVE)
    UnitParent.objects.create(unit=branch, parent=new, starts_on=DAY)

    tree.place(branch, timezone.localdate())

    assert home(branch) == new


def test_what_a_last_day_changes_is_followed_at_night_and_once(top, django_db_blocker):
    commune = factories.commune(top, ends_on=timezone.localdate() + timedelta(days=1))
    Home.objects.filter(unit=commune).update(place=top)

    assert (keep_homes(), keep_homes()) == (1, 0)
    assert home(commune) == commune
