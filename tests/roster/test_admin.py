import pytest
from django.test import Client

from roster.models import Event, Official, Unit, UnitParent, User
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db
NO_ROWS = {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0}


def formset(prefix: str, **rows) -> dict:
    return {f"{prefix}-{key}": value for key, value in {**NO_ROWS, **rows}.items()}


UNIT_INLINES = formset("parents") | formset("meeting_rules") | formset("contacts")
OFFICIAL_INLINES = formset("terms") | formset("absences")


@pytest.fixture(autouse=True)
def _the_admin_reads_an_object_more_than_once(settings):
    """Its own views do, and all its reads look like one line of ours; lists are counted below."""
    settings.ZEAL_ALLOWLIST = [{"model": "roster.*", "field": "get()"}]


@pytest.fixture
def province() -> Unit:
    return factories.province()


@pytest.fixture
def client(province) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(role=Role.SYSTEM_ADMIN, unit=province))
    return client


def listed(response) -> list[str]:
    return [str(row) for row in response.context["cl"].result_list]


def test_units_are_found_without_diacritics_and_only_in_the_own_subtree(client, province):
    factories.commune(province, name="Xã Đồng Hướng")
    factories.commune(province, name="Xã Quang Thiện")
    factories.commune(factories.province(name="Tỉnh ủy Khác"), name="Xã Đồng Hướng khác")

    assert listed(client.get("/admin/roster/unit/?q=dong+huong")) == ["Xã Đồng Hướng"]


def test_officials_are_in_vietnamese_order(client, province):
    agency = factories.agency(province)
    for name in ("Vũ Văn Ăn", "Trần Thị Ánh", "Hoàng Thị Ảnh", "Đỗ Văn An"):
        factories.OfficialFactory(full_name=name, agency=agency)

    assert listed(client.get("/admin/roster/official/")) == [
        "Đỗ Văn An", "Hoàng Thị Ảnh", "Trần Thị Ánh", "Vũ Văn Ăn",
    ]  # fmt: skip


def test_lists_can_be_narrowed_to_a_commune(client, province):
    inside, outside = factories.commune(province), factories.commune(province)
    factories.branch(inside, name="Chi bộ Trong")
    factories.branch(outside, name="Chi bộ Ngoài")

    assert listed(client.get(f"/admin/roster/unit/?under={inside.pk}&kind=branch")) == [
        "Chi bộ Trong"
    ]


def test_units_that_ended_can_be_set_apart(client, province):
    factories.commune(province, name="Xã Cũ", ends_on="2025-12-31")
    factories.commune(province, name="Xã Nay")

    assert listed(client.get("/admin/roster/unit/?living=no")) == ["Xã Cũ"]
    assert "Xã Cũ" not in listed(client.get("/admin/roster/unit/?living=yes"))


def test_a_change_is_in_the_audit(client, province):
    commune = factories.commune(province, name="Xã Thử")

    client.post(
        f"/admin/roster/unit/{commune.pk}/change/",
        {"kind": "commune", "name": "Xã Thử Nghiệm", "starts_on": "01/07/2025", **UNIT_INLINES},
    )

    event = Event.objects.about(commune).get()
    assert (event.verb, event.detail["fields"]) == ("changed", ["Tên"])


def test_a_unit_made_under_another_hangs_below_it_in_the_tree(client, province):
    commune = factories.commune(province)
    rows = {"TOTAL_FORMS": 1, "0-parent": commune.pk, "0-starts_on": "01/12/2025"}

    client.post(
        "/admin/roster/unit/add/",
        {"kind": "branch", "name": "Chi bộ Mới", "starts_on": "01/12/2025"}
        | UNIT_INLINES
        | formset("parents", **rows),
    )

    made = Unit.objects.get(name="Chi bộ Mới")
    assert made.path == f"{commune.path}{made.pk}/"


def test_moving_a_commune_takes_its_branches_along(client, province):
    other = factories.UnitFactory(kind="district", under=province, name="Huyện ủy Thử")
    commune = factories.commune(province)
    branch = factories.branch(commune)
    row = UnitParent.objects.get(unit=commune)
    rows = {
        "TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": row.pk, "0-unit": commune.pk, "0-parent": other.pk,
        "0-starts_on": "01/07/2025",
    }  # fmt: skip

    client.post(
        f"/admin/roster/unit/{commune.pk}/change/",
        {"kind": "commune", "name": commune.name, "starts_on": "01/07/2025"}
        | UNIT_INLINES
        | formset("parents", **rows),
    )

    branch.refresh_from_db()
    assert branch.path == f"{other.path}{commune.pk}/{branch.pk}/"


def test_a_unit_is_put_neither_under_itself_nor_under_what_hangs_on_it(client, province):
    commune = factories.commune(province)
    below = factories.commune(commune)
    row = UnitParent.objects.get(unit=commune)
    for parent in (commune, below):
        rows = {
            "TOTAL_FORMS": 1, "INITIAL_FORMS": 1, "0-id": row.pk, "0-unit": commune.pk, "0-parent": parent.pk,
            "0-starts_on": "01/07/2025",
        }  # fmt: skip

        page = client.post(
            f"/admin/roster/unit/{commune.pk}/change/",
            {"kind": "commune", "name": commune.name, "starts_on": "01/07/2025"}
            | UNIT_INLINES
            | formset("parents", **rows),
        )

        assert "nằm dưới chính đơn vị này" in page.text
        row.refresh_from_db()
        assert row.parent == province


def test_two_superiors_of_one_day_are_told_at_their_row(client, province):
    commune, other = factories.commune(province), factories.commune(province)
    row = UnitParent.objects.get(unit=commune)
    rows = {
        "TOTAL_FORMS": 2, "INITIAL_FORMS": 1, "0-id": row.pk, "0-unit": commune.pk, "0-parent": province.pk,
        "0-starts_on": "01/07/2025", "1-unit": commune.pk, "1-parent": other.pk, "1-starts_on": "01/01/2026",
    }  # fmt: skip

    page = client.post(
        f"/admin/roster/unit/{commune.pk}/change/",
        {"kind": "commune", "name": commune.name, "starts_on": "01/07/2025"}
        | UNIT_INLINES
        | formset("parents", **rows),
    )

    assert "Trùng thời gian với một dòng khác" in page.text
    assert commune.parents.count() == 1


def test_the_panel_says_history_and_a_look_at_a_number_is_in_the_audit(client, province):
    official = factories.OfficialFactory(agency=factories.agency(province), phone="+84912345678")

    page = client.get(f"/admin/roster/official/{official.pk}/change/")

    assert ">Lịch sử</a>" in page.text
    assert Event.objects.get(verb="phone_shown").target_id == official.pk


def test_nothing_with_a_history_is_deleted(client, province):
    commune = factories.commune(province)
    official = factories.OfficialFactory(agency=commune)

    for path in (f"unit/{commune.pk}", f"official/{official.pk}"):
        assert client.post(f"/admin/roster/{path}/delete/", {"post": "yes"}).status_code == 403


def test_an_official_is_not_put_into_another_province(client, province):
    official = factories.OfficialFactory(agency=factories.agency(province))
    elsewhere = factories.agency(factories.province(name="Tỉnh ủy Khác"))

    client.post(
        f"/admin/roster/official/{official.pk}/change/",
        {
            "full_name": official.full_name,
            "agency": elsewhere.pk,
            "capacity": 2,
            **OFFICIAL_INLINES,
        },
    )

    assert Official.objects.get(pk=official.pk).agency_id == official.agency_id


def new_account(**values) -> dict:
    return {
        "username": "moi", "full_name": "Lê Thị Mới", "email": "moi@thu.example", "role": "viewer",
        "usable_password": "true", "password1": "bến đò sông Ân 7", "password2": "bến đò sông Ân 7", **values,
    }  # fmt: skip


def test_an_account_is_made_with_its_role_and_unit(client, province):
    client.post("/admin/roster/user/add/", new_account(unit=province.pk))

    made = User.objects.get(username="moi")
    assert (made.role, made.unit) == (Role.VIEWER, province)
    assert made.check_password("bến đò sông Ân 7")
    assert Event.objects.about(made).get().verb == "created"


def test_an_account_without_a_unit_is_refused_with_the_reason(client):
    response = client.post("/admin/roster/user/add/", new_account())

    assert "Chọn đơn vị cho tài khoản này." in response.text
    assert not User.objects.filter(username="moi").exists()


def test_accounts_of_superusers_and_of_others_are_out_of_reach(client, province):
    superuser = factories.UserFactory(is_superuser=True, unit=province)
    stranger = factories.UserFactory(unit=factories.province(name="Tỉnh ủy Khác"))

    for account in (superuser, stranger):
        page = client.get(f"/admin/roster/user/{account.pk}/change/")
        assert page.status_code == 302
        assert str(account) not in listed(client.get("/admin/roster/user/"))


def test_nobody_makes_himself_a_superuser(client, province):
    by = User.objects.get(role=Role.SYSTEM_ADMIN)

    client.post(
        f"/admin/roster/user/{by.pk}/change/",
        {"username": by.username, "full_name": by.full_name, "role": by.role, "unit": province.pk,
         "is_active": "on", "is_superuser": "on"},
    )  # fmt: skip

    by.refresh_from_db()
    assert not by.is_superuser


def test_the_audit_is_read_and_never_written(client, province):
    commune = factories.commune(province)
    client.post(
        f"/admin/roster/unit/{commune.pk}/change/",
        {"kind": "commune", "name": "Xã Khác", "starts_on": "01/07/2025", **UNIT_INLINES},
    )
    event = Event.objects.get()

    assert "changed" in client.get("/admin/roster/event/").text
    assert client.get(f"/admin/roster/event/{event.pk}/change/").status_code == 200
    assert client.post(f"/admin/roster/event/{event.pk}/change/", {"verb": "x"}).status_code == 403
    assert client.get("/admin/roster/event/add/").status_code == 403


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("model", "queries"), [("unit", 7), ("official", 8), ("user", 7)])
def test_lists_ask_as_often_for_one_as_for_three(
    client, province, count, model, queries, django_assert_num_queries
):
    agency = factories.agency(province)
    for _ in range(count):
        official = factories.OfficialFactory(agency=agency)
        factories.attendee(official)

    with django_assert_num_queries(queries):
        client.get(f"/admin/roster/{model}/")


@pytest.mark.parametrize("role", [Role.COMMISSION_OFFICER, Role.COMMUNE_OFFICER, Role.ATTENDEE])
def test_other_roles_are_sent_away(role, province):
    official = factories.OfficialFactory(agency=province)
    client = Client()
    client.force_login(
        factories.UserFactory(role=role, unit=province, official=official, is_staff=True)
    )

    assert client.get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("under", ["999999", "²", "9" * 5000])
def test_a_made_up_commune_narrows_no_list(client, province, under):
    factories.commune(province, name="Xã Quang Thiện")

    assert "Xã Quang Thiện" in listed(client.get("/admin/roster/unit/", {"under": under}))


def test_a_filter_with_a_nul_is_a_bad_request(client):
    assert client.get("/admin/roster/policy/?key=%00").status_code == 400
