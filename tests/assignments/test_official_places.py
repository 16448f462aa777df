"""Where one official goes: his or her page at the desk, and as a part of the roster's page."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assignments.actions import decisions as actions
from roster.models import Official
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db


def page_of(official: Official, setting: Setting, **headers: str) -> str:
    client = Client()
    client.force_login(setting.desk)
    url = reverse("assignments:official_assignments", args=[official.pk])
    return client.get(url, headers=headers).content.decode()


def sent(setting: Setting, official: Official, *names: str, number: str = "87-QĐ/TU") -> None:
    draft = setting.draft(number)
    for name in names:
        unit = setting.another_branch(name)
        factories.MeetingRuleFactory(unit=unit, day=3)
        actions.add_assignment(draft, official=official, unit=unit, by=setting.desk)
    actions.issue_decision(draft, by=setting.desk)


def test_names_branch_fixed_day_and_decision():
    setting = Setting()
    official = setting.official("Đinh Thị Lụa")
    sent(setting, official, "Chi bộ xóm 13")

    page = page_of(official, setting)

    assert "Chi bộ xóm 13" in page
    assert "ngày 3" in page.lower()
    assert "Theo " in page


def test_a_draft_is_not_shown_and_an_empty_page_says_how_many_could_be_taken():
    setting = Setting()
    official = setting.official("Đinh Thị Lụa", capacity=2)
    unit = setting.another_branch("Chi bộ xóm 13")
    actions.add_assignment(setting.draft(), official=official, unit=unit, by=setting.desk)

    page = page_of(official, setting)

    assert "Chi bộ xóm 13" not in page
    assert "nhận được 2 chi bộ" in page


def test_what_ended_stands_with_its_reason():
    setting = Setting()
    official = setting.official("Đinh Thị Lụa")
    sent(setting, official, "Chi bộ xóm 13")
    row = official.assignments.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    actions.end_assignment(
        row, ended_on=max(yesterday, row.starts_on), reason="Chuyển công tác", by=setting.desk
    )

    assert "kết thúc: Chuyển công tác" in page_of(official, setting)


def test_htmx_gets_the_list_alone():
    setting = Setting()

    assert "<html" not in page_of(
        setting.official("Đinh Thị Lụa"), setting, **{"HX-Request": "true"}
    )


def test_asks_as_often_for_two_places_as_for_one():
    setting = Setting()
    one, two = setting.official("Đinh Thị Lụa"), setting.official("Đinh Thị Hoa")
    sent(setting, one, "Chi bộ xóm 1")
    sent(setting, two, "Chi bộ xóm 2", "Chi bộ xóm 3", number="88-QĐ/TU")
    client = Client()
    client.force_login(setting.desk)
    client.get(reverse("assignments:official_assignments", args=[one.pk]))
    asked = []
    for official in (one, two):
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("assignments:official_assignments", args=[official.pk]))
        asked.append(len(queries))

    assert asked[0] == asked[1]


def test_the_rosters_page_asks_for_it():
    setting = Setting()
    official = setting.official("Đinh Thị Lụa")
    client = Client()
    client.force_login(setting.desk)

    page = client.get(official.get_absolute_url()).content.decode()

    assert reverse("assignments:official_assignments", args=[official.pk]) in page
