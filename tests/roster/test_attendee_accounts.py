"""Accounts of attendees: made in bulk, once, under free usernames."""

import re

import pytest
from django.core import mail

from roster.actions.accounts import ensure_account, ensure_accounts
from roster.models import Event, User
from roster.states import Role
from tests import factories

pytestmark = pytest.mark.django_db


def officials(*people: tuple[str, str]) -> list[object]:
    place = factories.agency(factories.province())
    return [
        factories.OfficialFactory(full_name=name, email=email, agency=place)
        for name, email in people
    ]


def test_usernames_come_from_the_address_or_the_name_and_are_free():
    factories.UserFactory(username="AN.VU", unit=factories.province())
    rows = officials(
        ("Vũ Văn An", "an.vu@so.example"),
        ("Vũ Văn An", "an.vu@huyen.example"),
        ("Đỗ Thị Ánh", ""),
        ("Đỗ Thị Ánh", ""),
    )

    made = ensure_accounts(rows, by=None)

    assert [user.username for user in made] == ["an.vu2", "an.vu3", "do.thi.anh", "do.thi.anh2"]
    assert not any(user.has_usable_password() for user in made)
    assert Event.objects.filter(verb="account_made").count() == 4


def test_an_account_is_found_by_name_without_diacritics():
    ensure_accounts(officials(("Vũ Văn An", "an.vu@so.example")), by=None)

    assert User.objects.get(search__contains="vu van an").username == "an.vu"


def test_making_them_again_makes_nothing():
    rows = officials(("Vũ Văn An", "an.vu@so.example"))
    ensure_accounts(rows, by=None)

    assert ensure_accounts(rows * 2, by=None) == []
    assert User.objects.count() == 1


def test_an_officer_who_is_an_official_keeps_the_own_account():
    (an,) = officials(("Vũ Văn An", "an.vu@so.example"))
    officer = factories.UserFactory(
        username="chuyen-vien",
        full_name="Vũ Văn An",
        email="an.vu@so.example",
        unit=factories.province(),
    )

    assert ensure_account(an, by=None) == officer

    officer.refresh_from_db()
    assert (officer.official, officer.role) == (an, Role.COMMISSION_OFFICER)


def test_the_same_address_under_another_name_is_not_the_same_person():
    (an,) = officials(("Vũ Văn An", "van.phong@so.example"))
    clerk = factories.UserFactory(
        full_name="Trần Thị Bình", email="van.phong@so.example", unit=factories.province()
    )

    assert ensure_account(an, by=None) != clerk


def test_many_accounts_cost_a_few_queries(django_assert_num_queries):
    rows = officials(*((f"Nguyễn Văn {number}", "") for number in range(3)))

    with django_assert_num_queries(5 + len(rows)):  # an audit event each
        ensure_accounts(rows, by=None)


def test_the_owner_sets_the_first_password_through_the_address(client):
    (an,) = officials(("Vũ Văn An", "an.vu@so.example"))
    ensure_account(an, by=None)
    new = "bến đò sông Ân 7"

    client.post("/accounts/password/reset/", {"email": "an.vu@so.example"})
    [path] = re.findall(r"(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    form = client.get(path, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    signed_in = client.post("/accounts/login/", {"login": "an.vu", "password": new})

    assert signed_in["Location"] == "/"
    assert client.get("/account/").status_code == 200
