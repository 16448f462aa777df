"""The shipped units and their history."""

from datetime import date

import pytest

from roster.actions.shipped_units import load_shipped_units
from roster.models import Event, Reorganisation, Succession, Unit, UnitParent
from roster.states import SuccessionKind, UnitKind

pytestmark = pytest.mark.django_db

IN_2021, IN_2025, TODAY = date(2021, 12, 1), date(2025, 3, 1), date(2026, 11, 23)


def communes_under(code: str, on: date) -> set[str]:
    parents = UnitParent.objects.on(on).filter(parent__code=code, unit__kind=UnitKind.COMMUNE)
    return set(parents.values_list("unit__name", flat=True))


def test_loading_twice_changes_nothing():
    first = load_shipped_units()
    before = list(Unit.objects.order_by("pk").values())

    again = load_shipped_units()

    assert (first, again) == (554, 0)
    assert list(Unit.objects.order_by("pk").values()) == before
    assert (UnitParent.objects.count(), Succession.objects.count()) == (551, 408)
    assert Event.objects.filter(verb="units_loaded").count() == 1


def test_each_day_has_the_units_of_its_time():
    load_shipped_units()

    assert len(communes_under("376", IN_2021)) == 25
    assert len(communes_under("376", IN_2025)) == 23
    assert Unit.objects.communes().on(IN_2025).count() == 398
    assert Unit.objects.communes().on(TODAY).count() == len(communes_under("37", TODAY)) == 129
    assert [unit.name for unit in Unit.objects.on(TODAY).filter(kind=UnitKind.PROVINCIAL)] == [
        "Tỉnh ủy Ninh Bình"
    ]


def test_a_code_means_one_unit_a_day():
    load_shipped_units()

    then = Unit.objects.on(IN_2025).get(code="14647")
    now = Unit.objects.on(TODAY).get(code="14647")

    assert (then.name, now.name) == ("Xã Quang Thiện", "Xã Quang Thiện")
    assert then.pk != now.pk
    assert (then.ends_on, now.starts_on) == (date(2025, 6, 30), date(2025, 7, 1))


def test_succession_tells_what_became_of_a_commune():
    load_shipped_units()

    dong_huong = Succession.objects.get(old__name="Xã Đồng Hướng")
    first = Succession.objects.get(old__name="Xã Lưu Phương")
    split = Succession.objects.filter(old__code="13285", old__ends_on=date(2025, 6, 30)).order_by(
        "kind"
    )

    assert (dong_huong.new.name, dong_huong.new.starts_on) == ("Xã Quang Thiện", date(2025, 7, 1))
    assert (first.new.name, first.reorganisation.effective_on) == (
        "Thị trấn Phát Diệm",
        date(2025, 1, 1),
    )
    assert [row.kind for row in split] == [SuccessionKind.SPLIT, SuccessionKind.SPLIT_MAIN]
    assert Reorganisation.objects.count() == 3


def test_ended_units_are_seen_by_the_province_that_lives_on():
    load_shipped_units()
    ninh_binh = Unit.objects.get(kind=UnitKind.PROVINCIAL, ends_on=None)

    assert Unit.objects.under(ninh_binh).count() == Unit.objects.count()
