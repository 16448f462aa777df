"""Accounts from the roster in bulk: made once, opened by a slip once, closed with the last term."""

import re
from datetime import date
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.core.mail.backends import locmem
from django.test import Client
from django.urls import reverse

from roster import activation
from roster.actions import accounts
from roster.models import Event, Official, User
from roster.states import Role
from roster.tasks import send_activation_letters
from tests import factories

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(
        factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=factories.province())
    )
    return client


@pytest.fixture
def officials(desk: Client) -> list[Official]:
    province = User.objects.get().unit
    assert province is not None
    agency = factories.agency(province)
    return [factories.OfficialFactory(agency=agency) for _ in range(3)]


def make_all(desk: Client) -> list[User]:
    desk.post(reverse("roster:attendee_accounts_make"), {"all": "1"})
    return list(User.objects.filter(role=Role.ATTENDEE).order_by("pk"))


def test_all_missing_accounts_are_made_once(desk: Client, officials: list[Official]) -> None:
    first, second = make_all(desk), make_all(desk)

    assert [user.official for user in first] == officials
    assert second == first
    assert not any(user.has_usable_password() for user in first)


def test_only_the_picked_get_one(desk: Client, officials: list[Official]) -> None:
    desk.post(reverse("roster:attendee_accounts_make"), {"official": [officials[1].pk, "x"]})

    assert User.objects.get(role=Role.ATTENDEE).official == officials[1]


def test_letters_with_the_link_go_to_those_with_an_address_and_open_the_account(
    desk: Client, officials: list[Official], mailoutbox: list[Any]
) -> None:
    Official.objects.filter(pk=officials[0].pk).update(email="an@ninhbinh.example")
    Official.objects.filter(pk__in=[one.pk for one in officials[1:]]).update(email="")
    users = make_all(desk)

    assert send_activation_letters([user.pk for user in users[:1]], User.objects.first().pk) == 1  # type: ignore[union-attr]

    letter = mailoutbox[0]
    path = re.search(r"/activate/\S+", letter.body)
    assert letter.to == ["an@ninhbinh.example"]
    assert users[0].username in letter.body
    assert path
    assert activation.user_of(path[0].split("/")[2]) == users[0]
    assert Event.objects.filter(verb="link_sent", target_id=users[0].pk).exists()


class KnowsNobodyAtElsewhere(locmem.EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to[0].endswith("@elsewhere.example"):
                raise SMTPRecipientsRefused({message.to[0]: (550, b"no such mailbox")})
        return super().send_messages(messages)


def test_refused_address_costs_nobody_else_the_letter(
    desk: Client, officials: list[Official], mailoutbox: list[Any], settings: Any
) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.KnowsNobodyAtElsewhere"
    for official, address in zip(officials, ("elsewhere", "ninhbinh", "ninhbinh"), strict=True):
        Official.objects.filter(pk=official.pk).update(email=f"a@{address}.example")
    users = make_all(desk)

    sent = send_activation_letters([user.pk for user in users], User.objects.first().pk)  # type: ignore[union-attr]

    assert (sent, len(mailoutbox)) == (2, 2)
    (refused,) = Event.objects.filter(verb="link_refused")
    assert "no such mailbox" in refused.detail["why"]


def test_page_says_who_gets_a_letter_and_who_needs_a_slip(
    desk: Client, officials: list[Official]
) -> None:
    Official.objects.exclude(pk=officials[0].pk).update(email="")
    Official.objects.filter(pk=officials[0].pk).update(email="an@ninhbinh.example")
    make_all(desk)

    page = desk.post(reverse("roster:attendee_account_letters"), {"all": "1"}, follow=True)

    assert "cho 1 đồng chí qua thư công vụ. 2 đồng chí chưa có thư công vụ" in page.text


def test_slip_opens_the_account_once(desk: Client, officials: list[Official]) -> None:
    make_all(desk)
    page = desk.post(reverse("roster:attendee_account_slips"), {"all": "1"}).content.decode()
    links = re.findall(r"http://[^<\s]+/activate/[^<\s]+/", page)
    owner, typed = Client(), {"new_password1": "Chi-bo-xom-13", "new_password2": "Chi-bo-xom-13"}
    path = links[0].removeprefix("http://127.0.0.1:8000")

    opened, used = owner.post(path, typed), owner.post(path, typed)

    user = activation_of(links[0])
    assert len(links) == 3
    assert (opened.status_code, used.status_code) == (302, 410)
    assert User.objects.get(pk=user).check_password("Chi-bo-xom-13")
    assert Event.objects.filter(verb="slip_printed").count() == 3


def test_no_slip_opens_an_account_of_another_role(desk: Client, officials: list[Official]) -> None:
    leader = factories.UserFactory(
        role=Role.COMMISSION_LEADER, unit=User.objects.get().unit, official=officials[0]
    )

    page = desk.post(reverse("roster:attendee_account_slips"), {"all": "1"}).content.decode()

    assert "/activate/" not in page
    assert activation.user_of(activation.token_for(leader)) is None


def activation_of(link: str) -> int:
    token = link.rstrip("/").rpartition("/")[2]
    pk: int = signing.loads(token, salt=activation.SALT)[0]
    return pk


@pytest.mark.parametrize("change", ["old", "closed", "signed in", "made up"])
def test_slip_that_must_not_open_does_not(change: str) -> None:
    user = factories.attendee(
        factories.OfficialFactory(agency=factories.agency(factories.province()))
    )
    token = activation.token_for(user)
    if change == "closed":
        User.objects.update(is_active=False)
    if change == "signed in":
        User.objects.update(last_login="2026-11-27T08:00+07:00")
    if change == "made up":
        token = token[:-1] + ("A" if token[-1] != "A" else "B")

    with time_machine.travel("2099-01-01" if change == "old" else TODAY, tick=False):
        token = activation.token_for(user) if change not in {"old", "made up"} else token
        assert activation.user_of(token) is None


def in_office(ends_on: date | None, **kwargs: Any) -> User:
    official = factories.OfficialFactory(agency=factories.agency(factories.province()))
    official.terms.create(
        office="Chuyên viên", unit=official.agency, starts_on=date(2025, 1, 1), ends_on=ends_on
    )
    return factories.attendee(official, **kwargs)


def test_account_closes_with_the_last_term_and_opens_with_a_new_one() -> None:
    gone, stays = in_office(date(2026, 11, 26)), in_office(date(2026, 11, 27))
    never = factories.attendee(
        factories.OfficialFactory(agency=factories.agency(factories.province()))
    )
    by_hand = in_office(None, is_active=False)

    counts = [accounts.suspend_ended(TODAY) for _ in range(2)]
    active = {user.pk: user.is_active for user in User.objects.all()}
    assert gone.official is not None
    gone.official.terms.create(office="Phó phòng", unit=gone.official.agency, starts_on=TODAY)
    counts.append(accounts.suspend_ended(TODAY))

    assert counts == [(1, 0), (0, 0), (0, 1)]
    assert active == {gone.pk: False, stays.pk: True, never.pk: True, by_hand.pk: False}
    assert User.objects.get(pk=gone.pk).is_active
    assert not User.objects.get(pk=by_hand.pk).is_active


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_many_questions_for_three_as_for_one(
    desk: Client, django_assert_num_queries: Any, count: int
) -> None:
    province = User.objects.get().unit
    assert province is not None
    agency = factories.agency(province)
    for _ in range(count):
        factories.OfficialFactory(agency=agency)

    with django_assert_num_queries(8):
        page = desk.get(reverse("roster:attendee_accounts"))

    assert len(page.context["page"].rows) == count
