"""The delivery log, sending again, wrong numbers, the rehearsal, the call list, and the personal link."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices import actions, links
from notices.actions import sending_again
from notices.models import Notice
from notices.states import NoticeStatus
from notices.tasks import run_sending_again
from roster.models import Event, Job, User
from roster.states import JobStatus, Role
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {"unit": "Chi bộ xóm 13", "when": "19:30 thứ Năm, 03/12/2026", "url": "/meetings/12/"}


@pytest.fixture
def officer() -> User:
    unit = factories.province()
    user: User = factories.UserFactory(role=Role.COMMISSION_OFFICER, unit=unit)
    return user


def person(officer: User, **kwargs: Any) -> User:
    user: User = factories.UserFactory(
        unit=officer.unit, role=Role.VIEWER, **{"full_name": "Đinh Thị Lụa", **kwargs}
    )
    return user


def owe(user: User, occasion: str = "a", **kwargs: Any) -> None:
    actions.owe("meetings.t1", to=user, occasion=occasion, facts=FACTS, **kwargs)


def shown(client: Client, user: User, name: str, query: str = "") -> str:
    client.force_login(user)
    return client.get(reverse(f"notices:{name}") + query).content.decode()


def test_log_shows_the_subtree_only_and_filters_by_person_channel_status(
    client: Client, officer: User
) -> None:
    owe(person(officer, email=""))
    owe(factories.UserFactory(unit=factories.province(), full_name="Người nơi khác"))
    actions.pay_all(now=timezone.now())

    page = shown(client, officer, "log")
    failed = shown(client, officer, "log", "?status=failed&channel=email&q=lua")
    none = shown(client, officer, "log", "?status=failed&q=khac")

    assert "Người nơi khác" not in page
    assert page.count("Nhắc dự họp Chi bộ xóm 13") == 1
    assert "Chưa có thư công vụ." in failed
    assert "Không có tin nào khớp." in none


@pytest.mark.parametrize("rows", [1, 3])
def test_log_asks_as_little_for_three_as_for_one(
    rows: int, client: Client, officer: User, django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        owe(person(officer), str(number))
    client.force_login(officer)

    with django_assert_num_queries(6):
        client.get(reverse("notices:log"))


def test_failed_messages_are_sent_again_in_bulk_and_the_audit_says_so(
    client: Client, officer: User, mailoutbox: list[Any]
) -> None:
    people = [person(officer, email="") for _ in range(2)]
    for user in people:
        owe(user)
    actions.pay_all(now=timezone.now())
    User.objects.filter(pk__in=[user.pk for user in people]).update(email="moi@thu.example")
    client.force_login(officer)

    client.post(reverse("notices:log_send_again") + "?status=failed")
    actions.pay_all(now=timezone.now())

    assert [letter.to for letter in mailoutbox] == [["moi@thu.example"]] * 2
    assert Event.objects.get(verb="notices_sent_again").detail == {"count": 2}


def test_wrong_numbers_are_listed_until_a_later_message_arrives(
    client: Client, officer: User
) -> None:
    user = person(officer, email="")
    owe(user)
    actions.pay_all(now=timezone.now())
    before = shown(client, officer, "wrong_numbers")
    User.objects.filter(pk=user.pk).update(email="moi@thu.example")
    owe(user, "b")
    actions.pay_all(now=timezone.now())

    assert "Chưa có thư công vụ." in before
    assert "Không có số hay địa chỉ nào sai." in shown(client, officer, "wrong_numbers")


def test_rehearsal_says_who_hears_what_and_writes_nothing(client: Client, officer: User) -> None:
    owe(person(officer), due_at=timezone.now() + timedelta(days=1))
    before = list(Notice.objects.order_by("pk").values())

    page = shown(client, officer, "rehearsal")

    assert "Đinh Thị Lụa" in page
    assert "Nhắc dự họp Chi bộ xóm 13" in page
    assert "Trong ứng dụng, Thư điện tử" in page
    assert list(Notice.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("page", ["log", "rehearsal", "wrong_numbers"])
@pytest.mark.parametrize(
    ("role", "may"), [(Role.COMMISSION_OFFICER, True), (Role.COMMISSION_LEADER, False)]
)
def test_the_call_list_is_offered_to_those_only_who_may_open_it(
    client: Client, page: str, role: Role, may: bool
) -> None:
    client.force_login(factories.UserFactory(role=role, unit=factories.province()))

    text = client.get(reverse(f"notices:{page}")).content.decode()

    assert (reverse("notices:call_list") in text) is may


def test_call_list_holds_those_whom_no_message_reaches_with_a_text_to_paste(
    client: Client, officer: User
) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    owe(person(officer, email="", phone="+84912345678"), due_at=tomorrow)
    owe(person(officer, full_name="Người có thư"), due_at=tomorrow)

    page = shown(client, officer, "call_list")

    assert "0912 345 678" in page
    assert "Kính gửi đồng chí Đinh Thị Lụa. Nhắc dự họp Chi bộ xóm 13" in page
    assert "Người có thư" not in page
    assert "Người có thư" in shown(client, officer, "call_list", "?who=all")
    assert Event.objects.filter(verb="call_list_opened").count() == 2


def its_link(user: User, **kwargs: Any) -> str:
    owe(user, **kwargs)
    return reverse(
        "notices:link", args=[links.token_of(Notice.objects.get(user=user, channel="email"))]
    )


def test_personal_link_leads_over_the_sign_in_page_with_the_name_filled_in(
    client: Client, officer: User
) -> None:
    user = person(officer)

    answer = client.get(its_link(user), follow=True)

    assert answer.redirect_chain[-1][0] == (
        f"{reverse('account_login')}?next=%2Fmeetings%2F12%2F&login={user.username}"
    )
    assert f'value="{user.username}"' in answer.content.decode()
    assert not answer.wsgi_request.user.is_authenticated


def test_personal_link_takes_its_person_to_the_page(client: Client, officer: User) -> None:
    user = person(officer)
    client.force_login(user)

    assert client.get(its_link(user))["Location"] == "/meetings/12/"


def test_personal_link_is_dead_after_its_days(client: Client, officer: User, settings: Any) -> None:
    settings.NOTICE_LINK_DAYS = 30
    old = timezone.now() - timedelta(days=31)

    answer = client.get(its_link(person(officer), due_at=old))

    assert answer.status_code == 410
    assert "Đường dẫn này đã hết hạn" in answer.content.decode()


def test_preferences_keep_a_floor_where_it_matters(client: Client, officer: User) -> None:
    client.force_login(officer)
    url = reverse("notices:preferences")

    refused = client.post(url, {"before": ["email"]})
    taken = client.post(url, {"changes": ["email"], "deadlines": ["email"]})

    assert "Giữ ít nhất một kênh" in refused.content.decode()
    assert taken.status_code == 302
    off = set(officer.switched_off.values_list("topic", "channel"))
    assert off == {("before", "email"), ("recommendations", "email"), ("other", "email")}


def test_status_of_a_failed_message_is_a_state_that_may_be_sent_again() -> None:
    assert NoticeStatus.WAITING in NoticeStatus.steps()[NoticeStatus.FAILED]


def test_many_are_sent_again_by_the_worker_in_portions(client: Client, monkeypatch: Any) -> None:
    monkeypatch.setattr(sending_again, "MANY", 2)
    place = factories.province()
    keeper = factories.UserFactory(role=Role.SYSTEM_ADMIN, unit=place)
    people = factories.UserFactory.create_batch(5, unit=place)
    actions.owe(
        "meetings.t1", to=people, occasion="a", facts={"unit": "Chi bộ"}, channels=["email"]
    )
    Notice.objects.update(status=NoticeStatus.FAILED, attempts=12)
    client.force_login(keeper)

    page = client.post(reverse("notices:log_send_again") + "?status=failed", follow=True)
    run_sending_again(Job.objects.get().pk)

    job = Job.objects.get()
    assert "Gửi lại 5 tin" in page.content.decode()
    assert (job.status, job.done, job.total) == (JobStatus.DONE, 5, 5)
    assert set(Notice.objects.values_list("status", "attempts")) == {(NoticeStatus.WAITING, 0)}
