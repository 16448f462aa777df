"""The pages of assignments: what they show, and that more rows do not cost more queries."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from assignments.actions import decisions as actions
from assignments.actions import substitutions
from assignments.models import Assignment, Decision
from assignments.states import DecisionStatus
from roster.actions import tree
from roster.models import UnitParent
from roster.states import AbsenceReason, Role, UnitKind
from tests import factories
from tests.assignments.setting import Setting

pytestmark = pytest.mark.django_db

DAY = "2026-11-03"


def page_of(setting: Setting) -> Client:
    client = Client()
    client.force_login(setting.desk)
    return client


def filled(number: int) -> Setting:
    """So many branches with their fixed day, each with its attendee."""
    setting = Setting()
    draft = setting.draft()
    for index in range(number):
        unit = setting.another_branch(f"Chi bộ xóm {index + 10}")
        factories.MeetingRuleFactory(unit=unit, day=index + 3)
        official = setting.official(f"Nguyễn Văn {index}", title="Phó Giám đốc")
        actions.add_assignment(draft, official=official, unit=unit, by=setting.desk)
    actions.issue_decision(draft, by=setting.desk)
    for assignment in draft.assignments.select_related("official", "unit", "decision"):
        substitutions.ask_for_substitute(
            assignment,
            starts_on=date(2026, 11, 3),
            ends_on=date(2026, 11, 3),
            reason=AbsenceReason.DUTY,
            by=setting.desk,
        )
    return setting


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(
    ("url", "query", "queries"),
    [
        ("assignment_list", f"?day={DAY}", 14),
        ("assignment_list", f"?day={DAY}&by=people", 10),
        ("decision_list", "", 4),
        ("substitution_list", "", 4),
    ],
)
def test_a_list_costs_the_same_for_1_and_3_rows(
    number: int, url: str, query: str, queries: int, django_assert_num_queries
):
    client = page_of(filled(number))
    client.get(reverse(f"assignments:{url}") + query)  # the session is kept

    with django_assert_num_queries(queries):
        client.get(reverse(f"assignments:{url}") + query)


def test_the_list_says_how_many_branches_have_nobody_and_shows_them():
    setting = filled(1)

    page = page_of(setting).get(reverse("assignments:assignment_list"), {"day": DAY})
    vacant = page_of(setting).get(
        reverse("assignments:assignment_list"), {"day": DAY, "only": "vacant"}
    )

    assert page.context["figures"] == {
        "branches": 2,
        "attended": 1,
        "vacant": 1,
        "sent": 1,
        "idle": 0,
        "overloaded": 0,
    }
    assert [row.unit.name for row in vacant.context["rows"]] == ["Chi bộ xóm 3"]


def test_the_list_is_that_of_the_day():
    setting = filled(1)

    page = page_of(setting).get(reverse("assignments:assignment_list"), {"day": "2025-11-03"})

    assert page.context["figures"]["attended"] == 0


@pytest.mark.parametrize("words", ["xom 10", "nguyen van 0", "XÓM 10"])
def test_search_finds_branch_and_official_without_diacritics(words: str):
    setting = filled(2)

    page = page_of(setting).get(reverse("assignments:assignment_list"), {"day": DAY, "q": words})

    assert [row.unit.name for row in page.context["rows"]] == ["Chi bộ xóm 10"]


def test_a_commune_sees_its_own_branches_and_those_sent_there_only():
    setting = filled(1)
    other = factories.commune(setting.province, name="Xã Khác")
    other_branch = factories.branch(other, name="Chi bộ xóm Khác")
    elsewhere = setting.draft("95-QĐ/TU")
    actions.add_assignment(
        elsewhere, official=setting.official("Lê Khác"), unit=other_branch, by=setting.desk
    )
    actions.issue_decision(elsewhere, by=setting.desk)
    setting.desk = factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=setting.commune)

    places = page_of(setting).get(reverse("assignments:assignment_list"), {"day": DAY})
    people = page_of(setting).get(
        reverse("assignments:assignment_list"), {"day": DAY, "by": "people"}
    )

    assert [row.unit.name for row in places.context["rows"]] == ["Chi bộ xóm 3", "Chi bộ xóm 10"]
    assert [row.official.full_name for row in people.context["rows"]] == ["Nguyễn Văn 0"]
    assert [row.count for row in people.context["rows"]] == [1]


def test_who_has_more_places_than_usual_is_listed():
    setting = Setting()
    draft = setting.draft()
    laden = setting.official("Nguyễn Văn Nhiều")
    for index in range(3):
        unit = setting.another_branch(f"Chi bộ xóm {index + 10}")
        actions.add_assignment(draft, official=laden, unit=unit, by=setting.desk)
    setting.official("Lê Thị Rảnh")
    actions.issue_decision(draft, by=setting.desk)

    page = page_of(setting).get(
        reverse("assignments:assignment_list"), {"day": DAY, "by": "people", "only": "overloaded"}
    )

    assert page.context["figures"]["overloaded"] == 1
    assert [(row.official, row.count) for row in page.context["rows"]] == [(laden, 3)]


def test_a_draft_shows_each_clash_at_its_line():
    setting = filled(1)
    taken = Assignment.objects.get().unit
    draft = setting.draft("95-QĐ/TU")
    actions.add_assignment(
        draft, official=setting.official("Lê Thị Rảnh"), unit=taken, by=setting.desk
    )

    page = page_of(setting).get(draft.get_absolute_url())

    (group,) = page.context["groups"]
    assert group.commune == setting.commune
    assert group.lines[0].problems == [
        "Chi bộ xóm 10 đã có đồng chí Nguyễn Văn 0 dự chính đến 31/12/2027 theo Quyết định số 87-QĐ/TU."
    ]


def test_a_decision_is_drafted_filled_and_issued_through_the_pages():
    setting = Setting()
    client = page_of(setting)
    an = setting.official("Vũ Văn An")
    form = {
        "kind": "qd",
        "issuer": setting.province.pk,
        "number": "87-QĐ/TU",
        "signed_on": "2025-12-20",
        "signer": "Trần Văn Ký",
        "starts_on": "2026-01-01",
        "ends_on": "2027-12-31",
    }
    client.post(reverse("assignments:decision_new"), form)
    draft = Decision.objects.get()
    line = {"official": an.pk, "units": [setting.branch.pk], "role": "main"}
    client.post(reverse("assignments:line_add", args=[draft.pk]), line)

    answer = client.post(reverse("assignments:decision_issue", args=[draft.pk]), follow=True)

    draft.refresh_from_db()
    assert draft.status == DecisionStatus.ISSUED
    assert [(row.official, row.unit) for row in Assignment.objects.in_force(date(2026, 2, 1))] == [
        (an, setting.branch)
    ]
    assert str(list(answer.context["messages"])[-1]) == (
        "Đã ghi ban hành Quyết định số 87-QĐ/TU: 1 phân công có hiệu lực."
    )


def test_a_wrong_pair_comes_back_with_the_reason_and_nothing_is_added():
    setting = Setting()
    draft = setting.draft()
    own = setting.official("Vũ Văn An", own_branch=setting.branch)
    line = {"official": own.pk, "units": [setting.branch.pk], "role": "main"}

    page = page_of(setting).post(reverse("assignments:line_add", args=[draft.pk]), line)

    assert page.context["form"].errors["units"] == [
        "Chi bộ xóm 3 là chi bộ của chính đồng chí Vũ Văn An; chọn chi bộ khác."
    ]
    assert not draft.assignments.exists()


def test_the_same_decision_twice_is_said_at_the_form():
    setting = Setting()
    setting.draft("87-QĐ/TU")
    form = {
        "kind": "qd",
        "issuer": setting.province.pk,
        "number": "87-QĐ/TU",
        "signed_on": "2025-12-20",
        "starts_on": "2026-01-01",
    }

    page = page_of(setting).post(reverse("assignments:decision_new"), form)

    assert page.context["form"].non_field_errors() == ["Quyết định số này, ngày ký này đã có."]
    assert Decision.objects.count() == 1


def test_a_day_before_there_were_rules_is_told():
    response = page_of(filled(1)).get("/assignments/?day=01/01/0001")

    assert response.status_code == 422
    assert "Chưa có mức phân công" in response.text


@pytest.mark.parametrize("query", ["units=²", "official=²", "units=" + "9" * 30, "unit_q=%00"])
def test_made_up_keys_pick_nothing(query: str):
    setting = filled(1)
    draft = setting.draft("95-QĐ/TU")

    response = page_of(setting).get(reverse("assignments:line_add", args=[draft.pk]) + f"?{query}")

    assert response.status_code == 200


def test_a_past_day_shows_the_communes_of_that_day_or_of_today():
    """A branch that has moved since, and one under a grassroots committee that has moved with it."""
    scene = Setting()
    new = factories.commune(scene.province, name="Xã Mới")
    grassroots = factories.UnitFactory(
        kind=UnitKind.GRASSROOTS, under=scene.commune, name="Đảng bộ Trường"
    )
    below = factories.branch(grassroots, name="Chi bộ trường")
    for unit in (scene.branch, grassroots):
        unit.parents.update(ends_on=date(2026, 6, 30))
        UnitParent.objects.create(unit=unit, parent=new, starts_on=date(2026, 7, 1))
        tree.place(unit, date(2026, 7, 1))
    client = page_of(scene)

    def shown(**asked):
        rows = client.get("/assignments/", {"day": "01/06/2026", **asked}).context["rows"]
        return {row.unit.name: row.commune and row.commune.name for row in rows}

    then = {scene.branch.name: "Xã Quang Thiện", below.name: "Xã Quang Thiện"}
    now = dict.fromkeys(then, "Xã Mới")
    assert (shown(), shown(units="now")) == (then, now)
    assert shown(commune=scene.commune.pk) == then
    assert shown(commune=new.pk) == {}
    assert shown(commune=new.pk, units="now") == now
