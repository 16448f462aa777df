"""The real case: 398 communes of three provinces become the 129 of today, with three years of meetings behind."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from meetings.models import Meeting
from roster.actions import reorganisations
from roster.actions.shipped_units import DATA
from roster.models import Rehoming, Reorganisation, Unit, UnitParent
from roster.states import UnitKind
from tests.journeys.communes_of_2025 import CHANGES, DAY, FIRST, mapping_of_splits, three_years

pytestmark = pytest.mark.django_db


def reorganise(name, day, *options):
    call_command(
        "reorganise",
        str(DATA / name),
        f"--effective={day}",
        f"--decision=Nghị quyết sắp xếp {day:%d/%m/%Y}",
        *options,
        stdout=(out := io.StringIO()),
    )
    return out.getvalue()


@pytest.fixture
def then():
    three_years()
    reorganise("commune_changes_2025_01.csv", FIRST, "--commit")


def xom_13():
    return Unit.objects.get(kind=UnitKind.BRANCH, parents__parent__name="Xã Đồng Hướng")


def places():
    return set(Meeting.objects.values_list("pk", "commune", "district", "province"))


def test_a_split_without_a_mapping_is_refused_with_its_branches_and_nothing_is_written(then):
    with pytest.raises(CommandError, match="Chưa ghi gì: 6 mục") as refusal:
        reorganise(CHANGES.name, DAY, "--commit")

    assert (
        str(refusal.value).count("Chi bộ xóm 13 (Xã")
        + str(refusal.value).count("(Phường")
        + str(refusal.value).count("(Thị trấn")
        == 6
    )
    assert not Rehoming.objects.filter(reorganisation__effective_on=DAY).exists()


def test_398_communes_become_129_and_every_earlier_meeting_keeps_its_place(then, tmp_path):
    before = places()
    mapping = tmp_path / "branches.csv"
    mapping_of_splits(mapping)

    reorganise(CHANGES.name, DAY, "--branches", str(mapping), "--commit")

    branch = xom_13()
    today = Unit.objects.get(pk=branch.ancestor_ids[-1])
    living = Unit.objects.on(DAY)
    placed = UnitParent.objects.on(DAY).filter(unit__kind=UnitKind.BRANCH)
    assert (today.name, branch.name) == ("Xã Quang Thiện", "Chi bộ xóm 13 (xã Đồng Hướng cũ)")
    assert places() == before
    assert (living.communes().count(), living.filter(kind=UnitKind.DISTRICT).count()) == (129, 0)
    assert placed.filter(parent__in=living.communes()).count() == living.branches().count()
    assert not living.branches().exclude(path__startswith="/" + today.path.split("/")[1]).exists()
    assert Reorganisation.objects.exclude(done_at=None).count() == 2


def tree():
    rows = Unit.objects.values_list("pk", "name", "path", "code", "ends_on")
    return set(rows), set(UnitParent.objects.values_list("unit", "parent", "starts_on", "ends_on"))


def test_undone_everything_is_as_it_was(then, tmp_path):
    before = tree(), places()
    mapping = tmp_path / "branches.csv"
    mapping_of_splits(mapping)
    reorganise(CHANGES.name, DAY, "--branches", str(mapping), "--commit")

    reorganisation = Reorganisation.objects.get(effective_on=DAY, done_at__isnull=False)
    reorganisations.undo_reorganisation(reorganisation, by=None, now=timezone.now())

    assert (tree(), places()) == before
