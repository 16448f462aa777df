from datetime import date

import pytest
from django.test import Client

from roster.models import Absence, Event, OfficeTerm, Official, Unit
from tests import factories

pytestmark = pytest.mark.django_db
IN_ORDER = [
    "Đỗ Văn An", "Nguyễn Văn An", "Hoàng Thị Ảnh", "Trần Thị Ánh", "Vũ Văn Ăn", "Lê Văn Ân", "Bùi Văn Dũng",
    "Phạm Đức Đạt", "Nguyễn Minh Điệp", "Trần Quang Hải", "Đinh Thị Lụa",
]  # fmt: skip


@pytest.fixture
def agency() -> Unit:
    return factories.agency(factories.province())


@pytest.fixture
def client(agency) -> Client:
    client = Client()
    client.force_login(factories.UserFactory(unit=Unit.objects.get(pk=agency.ancestor_ids[0])))
    return client


def names(response) -> list[str]:
    return [official.full_name for official in response.context["page"].rows]


def test_names_are_in_vietnamese_order(client, agency):
    for name in sorted(IN_ORDER):
        factories.OfficialFactory(full_name=name, agency=agency)

    assert names(client.get("/roster/officials/")) == IN_ORDER


def test_by_rank_first_and_those_without_rank_last(client, agency):
    for name, rank in [("Lê Văn An", None), ("Lê Văn Bình", 2), ("Lê Văn Yên", 1)]:
        factories.OfficialFactory(full_name=name, rank=rank, agency=agency)

    assert names(client.get("/roster/officials/?order=rank")) == [
        "Lê Văn Yên",
        "Lê Văn Bình",
        "Lê Văn An",
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_often_for_one_as_for_three(
    client, agency, count, django_assert_num_queries
):
    factories.OfficialFactory.create_batch(count, agency=agency, group="I. Tỉnh ủy viên")

    with django_assert_num_queries(6):
        response = client.get("/roster/officials/")

    assert len(names(response)) == count


def test_filters_by_agency_group_and_name_without_diacritics(client, agency):
    other = factories.agency(Unit.objects.get(pk=agency.ancestor_ids[0]), name="Sở Khác")
    factories.OfficialFactory(full_name="Đinh Thị Lụa", agency=agency, group="I")
    factories.OfficialFactory(full_name="Đinh Văn Hải", agency=other, group="II")

    assert names(client.get("/roster/officials/?q=dinh+thi")) == ["Đinh Thị Lụa"]
    assert names(client.get(f"/roster/officials/?agency={other.pk}")) == ["Đinh Văn Hải"]
    assert names(client.get("/roster/officials/?group=I")) == ["Đinh Thị Lụa"]


def test_people_of_another_province_and_people_who_left_are_not_listed(client, agency):
    elsewhere = factories.agency(factories.province(name="Tỉnh ủy Khác"))
    factories.OfficialFactory(full_name="Lê Của Tỉnh khác", agency=elsewhere)
    factories.OfficialFactory(full_name="Lê Đã Nghỉ", agency=agency, is_active=False)
    factories.OfficialFactory(full_name="Lê Còn Đây", agency=agency)

    assert names(client.get("/roster/officials/")) == ["Lê Còn Đây"]


def test_pages_follow_one_another(client, agency):
    factories.OfficialFactory.create_batch(55, agency=agency)

    first = client.get("/roster/officials/")
    second = client.get(f"/roster/officials/?after={first.context['page'].after}")

    assert len(names(first)) == 50
    assert len(names(second)) == 5
    assert set(names(first)) & set(names(second)) == set()
    assert "Trang sau" in first.text
    assert "Trang trước" in second.text


def test_a_page_tells_offices_absences_and_contact(client, agency):
    official = factories.OfficialFactory(agency=agency, phone="+84912000002")
    OfficeTerm.objects.create(
        official=official,
        office="Trưởng phòng",
        unit=agency,
        starts_on=date(2020, 1, 1),
        decision="12-QĐ/TU",
    )
    Absence.objects.create(official=official, reason="duty", starts_on=date(2026, 12, 1))

    text = client.get(f"/roster/officials/{official.pk}/").text

    assert "từ 01/01/2020" in text
    assert "12-QĐ/TU" in text
    assert "Công tác" in text
    assert "0912 ••• 002" in text
    assert "0912 000 002" not in text


def test_one_sees_the_own_phone_and_notes_the_own_absence(agency):
    official = factories.OfficialFactory(agency=agency, phone="+84912000002")
    client = Client()
    client.force_login(factories.attendee(official))

    page = client.get(f"/roster/officials/{official.pk}/").text
    response = client.post(
        f"/roster/officials/{official.pk}/absences/add/",
        {"reason": "illness", "starts_on": "1/12/2026", "ends_on": "3/12/2026"},
        follow=True,
    )

    assert "0912 000 002" in page
    assert "Đã ghi thời gian vắng." in response.text
    assert Absence.objects.get().ends_on == date(2026, 12, 3)


def test_an_absence_that_ends_before_it_begins_comes_back(client, agency):
    official = factories.OfficialFactory(agency=agency)

    response = client.post(
        f"/roster/officials/{official.pk}/absences/add/",
        {"reason": "duty", "starts_on": "3/12/2026", "ends_on": "1/12/2026"},
    )

    assert "Ngày kết thúc phải từ ngày bắt đầu trở đi." in response.text
    assert not Absence.objects.exists()


def test_an_official_is_added_by_page(client, agency):
    response = client.post(
        "/roster/officials/add/",
        {
            "full_name": "Lê Văn Mới",
            "agency": agency.pk,
            "capacity": "2",
            "phone": "912000003",
            "is_active": "on",
        },
    )

    added = Official.objects.get(full_name="Lê Văn Mới")
    assert response["Location"] == f"/roster/officials/{added.pk}/"
    assert added.phone == "+84912000003"
    assert Event.objects.about(added).get().verb == "created"


def test_a_wrong_phone_comes_back_at_its_field(client, agency):
    response = client.post(
        "/roster/officials/add/",
        {"full_name": "Lê Văn Mới", "agency": agency.pk, "capacity": "2", "phone": "91200013"},
    )

    assert 'id="id_phone_error"' in response.text
    assert "thiếu chữ số" in response.text
    assert not Official.objects.exists()


def test_the_own_branch_is_searched_without_diacritics_and_chosen(client, agency, settings):
    settings.ZEAL_ALLOWLIST = [{"model": "roster.Unit", "field": "get()"}]  # agency and own branch
    province = Unit.objects.get(pk=agency.ancestor_ids[0])
    branch = factories.branch(
        factories.commune(province, name="Xã Quang Thiện"), name="Chi bộ xóm Đông"
    )
    factories.branch(factories.commune(factories.province()), name="Chi bộ xóm Đông khác tỉnh")
    official = factories.OfficialFactory(agency=agency)

    hits = client.get("/roster/branches/pick/?q=xom+dong").text
    client.post(
        f"/roster/officials/{official.pk}/edit/",
        {
            "full_name": official.full_name,
            "agency": agency.pk,
            "capacity": "2",
            "own_branch": branch.pk,
        },
    )

    assert "Chi bộ xóm Đông, Xã Quang Thiện" in hits
    assert "khác tỉnh" not in hits
    assert Official.objects.get(pk=official.pk).own_branch == branch
    assert "Chi bộ xóm Đông" in client.get(f"/roster/officials/{official.pk}/edit/").text


def test_a_search_that_hits_nothing_says_so(client, agency):
    assert (
        "Không có chi bộ nào khớp “xóm 99”." in client.get("/roster/branches/pick/?q=xóm+99").text
    )
    assert client.get("/roster/branches/pick/?q=").text.strip() == ""
