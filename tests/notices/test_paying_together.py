"""Several workers at once: each message goes out once."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from notices import actions
from notices.actions import braking
from notices.models import Minute, Notice
from notices.states import NoticeStatus
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


def pay_all() -> int:
    try:
        return actions.pay_all(now=timezone.now())
    finally:
        connection.close()


def take(count: int) -> int:
    try:
        return braking.take(count, timezone.now())
    finally:
        connection.close()


def test_four_workers_never_take_more_than_the_minute_has(settings: Any, time_machine: Any) -> None:
    settings.NOTICE_MOST_A_MINUTE = 100
    time_machine.move_to(timezone.now(), tick=False)

    with ThreadPoolExecutor(4) as pool:
        taken = [one.result() for one in [pool.submit(take, 7) for _ in range(40)]]

    assert (sum(taken), Minute.objects.get().taken) == (100, 100)


def test_four_workers_send_each_message_once(mailoutbox: list[Any]) -> None:
    people = factories.UserFactory.create_batch(120, unit=factories.province())
    actions.owe("meetings.t1", to=people, occasion="meeting:1:0:t1", facts={"unit": "Chi bộ"})

    with ThreadPoolExecutor(4) as pool:
        dealt = [worker.result() for worker in [pool.submit(pay_all) for _ in range(4)]]

    assert sum(dealt) == 240
    assert Counter(letter.to[0] for letter in mailoutbox) == Counter(p.email for p in people)
    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.SENT}
