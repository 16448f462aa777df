import pytest
from django.test import Client

from roster.models import Event, Unit
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Unit:
    return factories.province()


@pytest.fixture
def commune(province) -> Unit:
    return factories.commune(province, name="Xã Quang Thiện")


@pytest.fixture
def client(province) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(unit=province))
    return client


def names(response) -> list[str]:
    return [unit.name for unit in response.context["page"].rows]


def a_full_branch(commune: Unit, number: int) -> Unit:
    branch = factories.branch(commune, name=f"Chi bộ xóm {number}")
    factories.MeetingRuleFactory(unit=branch, day=number)
    factories.ContactFactory(unit=branch)
    return branch


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_branches_asks_as_often_for_one_as_for_three(
    client, commune, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        a_full_branch(commune, number)

    with django_assert_num_queries(7):
        response = client.get("/roster/?kind=branch")

    assert len(names(response)) == count


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_communes_asks_as_often_for_one_as_for_three(
    client, province, count, django_assert_num_queries
):
    for number in range(count):
        a_full_branch(factories.commune(province, name=f"Xã {number}"), 1)

    with django_assert_num_queries(6):
        response = client.get("/roster/")

    assert len(names(response)) == count
    assert [line["branches"]["count"] for line in response.context["lines"]] == [1] * count


def test_numbers_in_names_sort_as_numbers(client, commune):
    for number in (13, 2, 1):
        factories.branch(commune, name=f"Chi bộ xóm {number}")

    assert names(client.get("/roster/?kind=branch")) == [
        "Chi bộ xóm 1",
        "Chi bộ xóm 2",
        "Chi bộ xóm 13",
    ]


def test_search_ignores_diacritics(client, province):
    for name in ("Xã Đồng Hướng", "Xã Quang Thiện"):
        factories.commune(province, name=name)

    assert names(client.get("/roster/?q=dong+huong")) == ["Xã Đồng Hướng"]


def test_filters_by_the_day_that_holds_today(client, commune):
    now, before = factories.branch(commune, name="Nay"), factories.branch(commune, name="Trước")
    factories.MeetingRuleFactory(unit=now, day=7)
    factories.MeetingRuleFactory(unit=before, day=7, ends_on="2026-01-31")

    assert names(client.get("/roster/?kind=branch&day=7")) == ["Nay"]


def test_an_empty_search_says_what_was_searched_and_offers_the_way_out(client, commune):
    response = client.get("/roster/?kind=branch&q=xóm+31")

    assert "Không có chi bộ nào khớp “xóm 31”." in response.text
    assert "Bỏ bộ lọc" in response.text


def test_units_that_ended_and_units_of_others_are_not_listed(client, province):
    factories.commune(province, name="Xã Đã hết", ends_on="2025-12-31")
    factories.commune(factories.province(name="Tỉnh ủy Khác"), name="Xã Của tỉnh khác")
    factories.commune(province, name="Xã Còn")

    assert names(client.get("/roster/")) == ["Xã Còn"]


@pytest.mark.parametrize("query", ["kind=x", "day=99", "kind=branch&branch_type=x", "after=x"])
def test_an_address_that_somebody_made_up_is_a_bad_request(client, commune, query):
    assert client.get(f"/roster/?{query}").status_code == 400


def test_a_commune_officer_begins_with_the_own_branches(commune):
    factories.branch(commune, name="Chi bộ Của xã")
    client = Client()
    client.force_login(factories.UserFactory(role=Role.COMMUNE_OFFICER, unit=commune))

    assert names(client.get("/roster/")) == ["Chi bộ Của xã"]


def test_phones_are_masked_in_the_list_and_on_the_page(client, commune):
    branch = a_full_branch(commune, 1)

    for page in ("/roster/?kind=branch", f"/roster/units/{branch.pk}/"):
        text = client.get(page).text
        assert "0912 ••• 001" in text
        assert "0912 000 001" not in text
        assert "+84912000001" not in text


def test_a_phone_is_uncovered_in_its_place(client, commune):
    contact = a_full_branch(commune, 1).contacts.get()

    response = client.post(f"/roster/contacts/{contact.pk}/phone/", headers={"HX-Request": "true"})

    assert response.text.strip() == '<a class="nowrap" href="tel:+84912000001">0912 000 001</a>'
    assert Event.objects.about(contact).get().verb == "phone_shown"


def test_without_a_script_the_phone_is_a_message_on_the_page(client, commune):
    contact = a_full_branch(commune, 1).contacts.get()

    response = client.post(f"/roster/contacts/{contact.pk}/phone/", follow=True)

    assert "Trần Văn Thử: 0912 000 001" in response.text


def test_the_page_of_a_branch_tells_its_day_its_secretary_and_its_place(client, commune):
    branch = a_full_branch(commune, 3)

    text = client.get(f"/roster/units/{branch.pk}/").text

    assert "ngày 3, 19:30" in text
    assert "Trần Văn Thử" in text
    assert "Xã Quang Thiện" in text


def test_the_page_asks_little(client, commune, django_assert_num_queries):
    branch = a_full_branch(commune, 3)

    with django_assert_num_queries(13):
        client.get(f"/roster/units/{branch.pk}/")


def test_a_fixed_day_is_changed_by_page(client, commune):
    branch = a_full_branch(commune, 3)

    response = client.post(
        f"/roster/units/{branch.pk}/meeting-rule/",
        {"day": "5", "time": "19h30", "place": "Nhà văn hóa", "starts_on": "01/12/2026"},
    )

    assert response.status_code == 302
    assert [rule.day for rule in branch.meeting_rules.order_by("starts_on")] == [3, 5]


def test_a_fixed_day_that_is_none_comes_back_with_its_reason(client, commune):
    branch = a_full_branch(commune, 3)

    response = client.post(
        f"/roster/units/{branch.pk}/meeting-rule/", {"day": "", "starts_on": "01/12/2026"}
    )

    assert "Chọn ngày trong tháng (1–31), hoặc một thứ của tuần nào trong tháng." in response.text
    assert branch.meeting_rules.count() == 1


def test_a_stale_tab_is_told_so_by_page(client, commune):
    branch = a_full_branch(commune, 3)
    old_tab = client.get(f"/roster/units/{branch.pk}/edit/").context["seen"]
    url = f"/roster/units/{branch.pk}/edit/"
    client.post(url, {"name": "Chi bộ Mới", "seen": old_tab})

    response = client.post(url, {"name": "Chi bộ Khác", "seen": old_tab})

    assert response.status_code == 409
    assert "vừa sửa “Chi bộ Mới”" in response.text


@pytest.mark.parametrize("under", ["²", "abc", "9" * 5000])
def test_a_made_up_unit_narrows_nothing(client, commune, under):
    a_full_branch(commune, 3)

    assert names(client.get("/roster/", {"kind": "branch", "under": under})) == ["Chi bộ xóm 3"]


def test_a_made_up_tab_is_no_stale_tab(client, commune):
    branch = a_full_branch(commune, 3)

    response = client.post(f"/roster/units/{branch.pk}/edit/", {"name": "Chi bộ A", "seen": "²"})

    assert response.status_code == 302


def test_the_picker_names_no_branch_of_others(client, province):
    theirs = factories.branch(factories.commune(factories.province()), name="Chi bộ nơi khác")

    response = client.post("/roster/officials/add/", {"own_branch": theirs.pk})

    assert "Chi bộ nơi khác" not in response.text
    assert client.post("/roster/officials/add/", {"own_branch": "²"}).status_code == 200


def test_a_nul_is_no_word_to_look_for(client, commune):
    a_full_branch(commune, 3)

    assert client.get("/roster/branches/pick/", {"q": "xóm\0 3"}).status_code == 200
