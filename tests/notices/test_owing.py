"""Owing: once for each person, kind, occasion and channel; withdrawing what nobody needs any more."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from notices import actions
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from roster.models import User
from tests import factories

pytestmark = pytest.mark.django_db


def a_user(**kwargs: Any) -> User:
    user: User = factories.UserFactory(unit=factories.province(), **kwargs)
    return user


def owe(to: Any, occasion: str = "meeting:1:0:t3", **kwargs: Any) -> None:
    actions.owe("meetings.t3", to=to, occasion=occasion, facts={"unit": "Chi bộ xóm 13"}, **kwargs)


def test_each_person_is_owed_one_message_a_channel(settings: Any) -> None:
    settings.NOTICE_CHANNELS = ["in_app", "email"]
    people = [a_user(), a_user()]

    owe(people)

    owed = Notice.objects.values_list("user", "channel", "status", "facts")
    assert set(owed.values_list("user", "channel")) == {
        (user.pk, channel) for user in people for channel in ("in_app", "email")
    }
    assert {status for _, _, status, _ in owed} == {NoticeStatus.WAITING}
    assert owed[0][3] == {"unit": "Chi bộ xóm 13"}


def test_owing_again_changes_nothing() -> None:
    user = a_user()
    owe(user)
    before = list(Notice.objects.order_by("pk").values())

    owe(user, due_at=timezone.now() + timedelta(days=1))

    assert list(Notice.objects.order_by("pk").values()) == before


def test_another_occasion_is_owed_anew() -> None:
    user = a_user()

    owe(user, "meeting:1:0:t3")
    owe(user, "meeting:1:1:t3")

    assert Notice.objects.filter(channel=ChannelName.EMAIL).count() == 2


def test_owing_many_takes_one_statement_however_many(django_assert_num_queries: Any) -> None:
    people = factories.UserFactory.create_batch(30, unit=factories.province())

    with django_assert_num_queries(1):
        owe(people)

    assert Notice.objects.count() == 60


def test_withdrawing_takes_back_what_is_not_sent() -> None:
    user = a_user()
    owe(user, "meeting:1:0:t3")
    owe(user, "meeting:2:0:t3")
    Notice.objects.filter(channel=ChannelName.IN_APP).update(
        status=NoticeStatus.SENT, sent_at=timezone.now()
    )

    count = actions.withdraw(["meeting:1:0:t3", "meeting:1:0:t1"])

    withdrawn = Notice.objects.get(status=NoticeStatus.WITHDRAWN)
    assert (count, withdrawn.occasion, withdrawn.channel) == (1, "meeting:1:0:t3", "email")
    assert withdrawn.reason == "Việc không còn cần nhắc."


def test_withdrawing_one_kind_leaves_the_others() -> None:
    user = a_user()
    owe(user, "meeting:1:0")
    actions.owe("meetings.moved", to=user, occasion="meeting:1:0", facts={})

    actions.withdraw("meeting:1:0", kind="meetings.t3")

    kinds = Notice.objects.filter(status=NoticeStatus.WAITING).values_list("kind", flat=True)
    assert set(kinds) == {"meetings.moved"}


def test_message_is_due_now_unless_said_otherwise() -> None:
    later = datetime(2030, 1, 1, 9, tzinfo=factories.ZONE)
    owe(a_user())
    owe(a_user(), due_at=later, expires_at=later + timedelta(hours=1))

    due = Notice.objects.filter(channel=ChannelName.EMAIL).order_by("due_at")
    assert due[0].due_at <= timezone.now()
    assert (due[1].due_at, due[1].expires_at) == (later, later + timedelta(hours=1))
