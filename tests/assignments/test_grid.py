"""The list of a draft, many rows at once: all or none, taken back, and the address, the pick and the reasons kept."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments.actions import decisions, lines
from assignments.models import Assignment, Decision
from config.lib.errors import Conflict, Refused
from roster.models import Official, Unit
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db


def who(decision: Decision) -> dict[str, str]:
    rows = decision.assignments.main().values_list("unit__name", "official__full_name")
    return dict(rows)


def two_branches(setting: Setting) -> tuple[Decision, Unit, Unit, Official, Official]:
    other = setting.another_branch("Chi bộ xóm 4")
    an, binh = setting.official("Vũ Văn An"), setting.official("Trần Thị Bình")
    return setting.draft(), setting.branch, other, an, binh


def test_many_places_are_given_to_one_official_and_taken_back():
    setting = Setting()
    draft, one, other, an, binh = two_branches(setting)
    lines.assign_units(draft, binh, [one], by=setting.desk)

    lines.assign_units(draft, an, [one, other], by=setting.desk)

    assert who(draft) == {"Chi bộ xóm 3": "Vũ Văn An", "Chi bộ xóm 4": "Vũ Văn An"}
    assert lines.undo_change(draft, by=setting.desk) == "giao 2 nơi cho đồng chí Vũ Văn An"
    assert who(draft) == {"Chi bộ xóm 3": "Trần Thị Bình"}
    lines.undo_change(draft, by=setting.desk)
    assert who(draft) == {}
    with pytest.raises(Refused, match="Không còn việc nào để hoàn tác"):
        lines.undo_change(draft, by=setting.desk)


def test_a_swap_exchanges_and_with_an_empty_place_it_moves():
    setting = Setting()
    draft, one, other, an, binh = two_branches(setting)
    lines.assign_units(draft, an, [one], by=setting.desk)

    lines.swap_units(draft, one, other, by=setting.desk)
    assert who(draft) == {"Chi bộ xóm 4": "Vũ Văn An"}

    lines.assign_units(draft, binh, [one], by=setting.desk)
    lines.swap_units(draft, one, other, by=setting.desk)
    assert who(draft) == {"Chi bộ xóm 3": "Vũ Văn An", "Chi bộ xóm 4": "Trần Thị Bình"}


def test_all_or_none_and_the_reason_stands_at_the_place(client: Client):
    setting = Setting()
    draft, one, other, an, _ = two_branches(setting)
    Official.objects.filter(pk=an.pk).update(own_branch=other)
    client.force_login(setting.desk)

    page = client.post(
        reverse("assignments:grid_assign", args=[draft.pk]) + "?q=xom",
        {"units": [one.pk, other.pk], "official": an.pk},
    )

    text = page.content.decode()
    assert who(draft) == {}
    assert "Chi bộ xóm 4 là chi bộ của chính đồng chí Vũ Văn An" in text
    assert text.count(" checked>") == 3  # both places, and the official
    assert 'value="xom"' in text


def test_after_an_act_the_grid_has_its_filter_and_its_pick(client: Client):
    setting = Setting()
    draft, one, other, an, _ = two_branches(setting)
    client.force_login(setting.desk)

    page = client.post(
        reverse("assignments:grid_assign", args=[draft.pk]) + "?q=xom+3",
        {"units": [one.pk, other.pk], "official": an.pk},
        HTTP_HX_REQUEST="true",
    )

    text = page.content.decode()
    assert "Đã giao 2 nơi cho đồng chí Vũ Văn An." in text
    assert f'type="hidden" name="units" value="{other.pk}"' in text  # picked, outside the filter
    assert "Chi bộ xóm 4</a>" not in text


def test_what_changed_since_is_not_taken_back():
    setting = Setting()
    draft, one, _, an, binh = two_branches(setting)
    lines.assign_units(draft, an, [one], by=setting.desk)
    draft.assignments.update(official=binh)

    with pytest.raises(Conflict, match="Danh sách đã đổi từ lúc ấy"):
        lines.undo_change(draft, by=setting.desk)

    assert who(draft) == {"Chi bộ xóm 3": "Trần Thị Bình"}


def test_the_grid_names_a_clash_at_its_line_and_says_what_changes(client: Client):
    setting = Setting()
    draft, one, _, an, binh = two_branches(setting)
    running = setting.draft("80-QĐ/TU", starts_on=date(2025, 8, 1), ends_on=None)
    lines.assign_units(running, an, [one], by=setting.desk)
    decisions.issue_decision(running, by=setting.desk)
    lines.assign_units(draft, binh, [one], by=setting.desk)
    client.force_login(setting.desk)

    text = client.get(reverse("assignments:decision_grid", args=[draft.pk])).content.decode()

    assert "Chi bộ xóm 3 đã có đồng chí Vũ Văn An dự chính theo Quyết định số 80-QĐ/TU" in text
    assert "Đổi người" in text
    assert "nay: Vũ Văn An" in text


@pytest.mark.parametrize("count", [1, 3])
def test_the_grid_asks_the_same_however_long(client: Client, count: int, django_assert_num_queries):
    setting = Setting()
    draft = setting.draft()
    for number in range(count):
        unit = setting.another_branch(f"Chi bộ thôn {number}")
        factories.AssignmentFactory(
            decision=draft, official=setting.official(f"Lê {number}"), unit=unit, in_force=False
        )
    client.force_login(setting.desk)

    with django_assert_num_queries(16):
        client.get(reverse("assignments:decision_grid", args=[draft.pk]))

    assert Assignment.objects.count() == count


def test_the_grid_tells_how_far_the_seat_is_where_both_are_on_record(client: Client):
    setting = Setting()
    draft, one, _, an, binh = two_branches(setting)
    Unit.objects.filter(pk=setting.commune.pk).update(lat=20.0, lon=106.0)
    near = factories.commune(setting.province, name="Xã Gần", lat=20.1, lon=106.0)
    Official.objects.filter(pk=an.pk).update(agency=near)
    client.force_login(setting.desk)
    url = reverse("assignments:decision_grid", args=[draft.pk])
    lines.assign_units(draft, binh, [one], by=setting.desk)
    assert "Km từ nơi công tác" not in client.get(url).content.decode()

    lines.assign_units(draft, Official.objects.get(pk=an.pk), [one], by=setting.desk)

    text = " ".join(client.get(url).content.decode().split())
    assert '<td data-label="Km từ nơi công tác" class="num nowrap">11</td>' in text


@pytest.mark.parametrize("words", ["Đạt", "dat", "pham duc dat", "XOM 3", "xóm 3"])
def test_the_grid_is_searched_without_diacritics(client: Client, words: str):
    setting = Setting()
    draft, one, _, _, _ = two_branches(setting)
    lines.assign_units(draft, setting.official("Phạm Đức Đạt"), [one], by=setting.desk)
    client.force_login(setting.desk)

    text = client.get(reverse("assignments:decision_grid", args=[draft.pk]), {"q": words}).content

    assert "Chi bộ xóm 3</a>" in text.decode()
    assert "Chi bộ xóm 4</a>" not in text.decode()
