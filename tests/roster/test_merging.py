"""Two records of one person become one: everything moves, whatever room it lies in, or nothing does."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments.models import Assignment
from config.lib.errors import Refused
from roster.actions.merging import merge_officials
from roster.models import Event, Official, User
from roster.states import Role
from tests import factories
from tests.reports.recommending import filed_report
from tests.reports.scenes import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    return Scene()


def double_of(scene: Scene, **kwargs: object) -> Official:
    found: Official = factories.OfficialFactory(
        full_name=scene.official.full_name, agency=scene.agency, **kwargs
    )
    return found


def test_everything_that_names_the_double_names_the_kept_one(scene: Scene) -> None:
    double = double_of(scene, note="Chuyên viên chính", phone="+84900000001")
    other = factories.branch(scene.commune, name="Chi bộ xóm 2")
    factories.AssignmentFactory(decision=scene.decision, official=double, unit=other)
    report = filed_report(factories.meeting(other, on=date(2026, 11, 4)), double)
    double.terms.create(office="Phó phòng", unit=scene.agency, starts_on=date(2025, 1, 1))

    merge_officials(scene.official, double, by=scene.commission)

    report.refresh_from_db()
    double.refresh_from_db()
    scene.official.refresh_from_db()
    assert report.author == scene.official
    assert set(Assignment.objects.values_list("official", flat=True)) == {scene.official.pk}
    assert scene.official.terms.count() == 1
    assert (double.merged_into, double.is_active) == (scene.official, False)
    assert scene.official.note == "Chuyên viên chính"
    assert scene.official.phone == "+84912345678"  # what was known stays
    assert Event.objects.get(verb="merged").detail["moved"]["assignments.assignment"] == 1


def test_account_moves_to_who_has_none_and_is_closed_otherwise(scene: Scene) -> None:
    double = double_of(scene)
    account = factories.attendee(double)

    merge_officials(scene.official, double, by=scene.commission)

    account.refresh_from_db()
    assert (account.is_active, account.official) == (False, double)
    assert User.objects.get(official=scene.official) == scene.attendee


def test_both_in_one_branch_is_refused_and_nothing_moves(scene: Scene) -> None:
    double = double_of(scene)
    scene.send(double, role="second")
    double.terms.create(office="Phó phòng", unit=scene.agency, starts_on=date(2025, 1, 1))

    with pytest.raises(Refused) as refusal:
        merge_officials(scene.official, double, by=scene.commission)

    assert "cùng đứng ở một chỗ" in str(refusal.value)
    assert (double.terms.count(), double.assignments.count()) == (1, 1)


def test_page_offers_namesakes_shows_what_moves_and_merges(client: Client, scene: Scene) -> None:
    double = double_of(scene)
    double.terms.create(office="Phó phòng", unit=scene.agency, starts_on=date(2025, 1, 1))
    client.force_login(factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=scene.province))
    url = reverse("roster:official_merge", args=[scene.official.pk])

    offered = client.get(url).content.decode()
    preview = client.get(url, {"double": double.pk}).content.decode()
    client.post(url, {"double": double.pk})

    assert f"?double={double.pk}" in offered
    assert "1 thời gian giữ chức vụ" in preview
    double.refresh_from_db()
    assert double.merged_into == scene.official


def test_page_offers_who_shares_a_phone_under_a_name_spelled_otherwise(
    client: Client, scene: Scene
) -> None:
    Official.objects.filter(pk=scene.official.pk).update(phone="+84912000111", note="")
    double = factories.OfficialFactory(
        agency=scene.agency, full_name="Người Khác Hẳn", phone="+84912000111", note="đi học"
    )
    client.force_login(factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=scene.province))
    url = reverse("roster:official_merge", args=[scene.official.pk])

    assert "cùng điện thoại" in client.get(url).text
    assert "ghi chú" in client.get(url, {"double": double.pk}).text


@pytest.mark.parametrize("other", ["itself", "merged"])
def test_merge_that_makes_no_sense_is_refused(scene: Scene, other: str) -> None:
    double = scene.official if other == "itself" else double_of(scene, merged_into=scene.official)

    with pytest.raises(Refused):
        merge_officials(scene.official, double, by=scene.commission)
