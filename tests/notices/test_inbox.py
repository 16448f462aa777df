"""The inbox: one's own messages, the newest first; opening one marks it read."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from notices import actions
from notices.models import Notice
from notices.states import ChannelName
from roster.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def reader(**kwargs: Any) -> User:
    user: User = factories.UserFactory(unit=factories.province(), **kwargs)
    return user


def sent_to(user: User, count: int = 1) -> list[Notice]:
    for number in range(count):
        facts = {"unit": f"Chi bộ xóm {number}", "when": "19:30 thứ Năm, 03/12/2026", "url": "/a/"}
        actions.owe("meetings.t1", to=user, occasion=f"meeting:{number}:0:t1", facts=facts)
    actions.pay_all(now=timezone.now())
    return list(Notice.objects.filter(user=user, channel=ChannelName.IN_APP).order_by("pk"))


def page(client: Client, user: User, url: str = "notices:inbox") -> str:
    client.force_login(user)
    return client.get(reverse(url)).content.decode()


def test_inbox_shows_the_own_messages_and_nobody_elses(client: Client) -> None:
    user, other = reader(), reader()
    sent_to(user)
    actions.owe("meetings.t1", to=other, occasion="x", facts={"unit": "Chi bộ của người khác"})
    actions.pay_all(now=timezone.now())

    shown = page(client, user)

    assert "Nhắc dự họp Chi bộ xóm 0" in shown
    assert "Chi bộ của người khác" not in shown
    assert "1 thông báo chưa đọc." in shown


def test_message_that_is_not_sent_yet_is_not_shown(client: Client) -> None:
    user = reader()
    later = timezone.now() + timedelta(hours=1)
    actions.owe("meetings.t1", to=user, occasion="x", facts={"unit": "Chi bộ"}, due_at=later)

    assert "Chưa có thông báo nào." in page(client, user)


def test_opening_marks_read_and_goes_to_the_page_it_speaks_of(client: Client) -> None:
    user = reader()
    first, second = sent_to(user, 2)
    client.force_login(user)

    answer = client.post(reverse("notices:notice_open", args=[first.pk]))

    assert (answer.status_code, answer["Location"]) == (302, "/a/")
    assert list(Notice.objects.unread()) == [second]


def test_opening_again_keeps_the_first_moment(client: Client) -> None:
    user = reader()
    (notice,) = sent_to(user)
    actions.mark_read(notice, by=user)
    read_at = Notice.objects.get(pk=notice.pk).read_at

    actions.mark_read(notice, by=user)

    assert Notice.objects.get(pk=notice.pk).read_at == read_at


def test_all_are_marked_read_but_only_the_own(client: Client) -> None:
    user, other = reader(), reader()
    sent_to(user, 2)
    (theirs,) = sent_to(other)
    client.force_login(user)

    client.post(reverse("notices:inbox_read"))

    assert list(Notice.objects.unread()) == [theirs]


@pytest.mark.parametrize(
    ("count", "badge"), [(0, ""), (2, '<b>2</b><span class="visually-hidden"> chưa đọc</span>')]
)
def test_bell_says_how_many_are_unread(client: Client, count: int, badge: str) -> None:
    user = reader()
    sent_to(user, count)

    assert page(client, user, "notices:unread_count").strip() == badge


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_asks_as_little_for_three_as_for_one(
    client: Client, count: int, django_assert_num_queries: Any
) -> None:
    user = reader()
    sent_to(user, count)
    client.force_login(user)

    with django_assert_num_queries(4):  # user, unit, page, unread
        client.get(reverse("notices:inbox"))
