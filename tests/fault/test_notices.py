"""Parts of the running program are killed or cut off; nobody is left out and nobody is pestered."""

import signal
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone
from redis import Redis

from notices.actions import owe
from notices.actions.paying import RECORD_AFTER
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.tasks import deliver_waiting
from roster.models import User
from tests import factories
from tests.processes import Sink, beat, eventually, mail_server, worker

pytestmark = pytest.mark.django_db(transaction=True)
LEASE = "2"
FACTS = {"unit": "Chi bộ xóm 13", "ended_on": "31/12/2026", "reason": "Nghỉ hưu"}


def owe_everybody(count: int) -> list[User]:
    unit = factories.province()
    people: list[User] = factories.UserFactory.create_batch(count, unit=unit)
    owe("assignments.ended", to=people, occasion="assignment:1:ended", facts=FACTS)
    return people


def all_sent() -> bool:
    return not Notice.objects.exclude(status=NoticeStatus.SENT).exists()


def letters(sink: Sink) -> Counter[str]:
    """How many letters each person got."""
    return Counter(str(message["To"]) for message in sink.messages())


def test_a_worker_killed_while_sending_leaves_nobody_out(tmp_path: Path) -> None:
    people = owe_everybody(100)

    with mail_server(tmp_path / "mail", pause=0.05) as sink:
        mail = {"EMAIL_PORT": str(sink.port), "NOTICE_LEASE_SECONDS": LEASE}
        with worker(tmp_path / "first.log", pool="solo", **mail) as first:
            deliver_waiting.delay()
            eventually(lambda: len(sink.messages()) >= 5, what="the first letters arrive")
            first.send_signal(signal.SIGKILL)
            first.wait()
        before = len(sink.messages())
        with worker(tmp_path / "second.log", pool="solo", **mail):
            eventually(deliver_again_until_sent, what="the second worker sends the rest")

    got = letters(sink)
    assert before < 100
    assert set(got) == {person.email for person in people}
    assert sum(got.values()) <= 100 + RECORD_AFTER  # only those between "sent" and "recorded"
    assert len({message["Message-ID"] for message in sink.messages()}) == 100


def deliver_again_until_sent() -> bool:
    """Beat's part: pay again and again; the dead worker's rows are free when its lease has run out."""
    deliver_waiting.apply_async(expires=5)
    return all_sent()


def test_letters_wait_for_a_mail_server_that_is_down(tmp_path: Path) -> None:
    people = owe_everybody(3)
    with mail_server(tmp_path / "probe") as probe:
        port = probe.port
    emails = Notice.objects.filter(channel=ChannelName.EMAIL)

    with worker(tmp_path / "worker.log", pool="solo", EMAIL_PORT=str(port)):
        deliver_waiting.delay()
        eventually(lambda: emails.filter(attempts=1).count() == 3, what="the letters are put off")
        emails.update(due_at=timezone.now())  # the pause is over
        with mail_server(tmp_path / "mail", port=port) as sink:
            deliver_waiting.delay()
            eventually(all_sent, what="the letters are sent")

    assert letters(sink) == Counter(person.email for person in people)


def test_a_worker_outlives_its_lost_database_connection(tmp_path: Path) -> None:
    with (
        mail_server(tmp_path / "mail") as sink,
        worker(tmp_path / "worker.log", pool="solo", EMAIL_PORT=str(sink.port)) as process,
    ):
        owe_everybody(1)
        deliver_waiting.delay()
        eventually(all_sent, what="the first letter is sent")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        people = owe_everybody(2)
        eventually(deliver_again_until_sent, what="the next letters are sent")
        assert process.poll() is None

    assert {person.email for person in people} <= set(letters(sink))


def test_kills_a_lost_broker_a_refusing_server_and_two_beats_lose_and_double_nothing(
    tmp_path: Path,
) -> None:
    """Everything at once: only what was in flight at a kill may come twice, at most RECORD_AFTER a kill."""
    people, kills, chance = owe_everybody(150), 3, Random(20261127)
    emails = Notice.objects.filter(channel=ChannelName.EMAIL)

    with mail_server(tmp_path / "mail", pause=0.02) as sink:
        mail = {"EMAIL_PORT": str(sink.port), "NOTICE_LEASE_SECONDS": LEASE}
        with beat(tmp_path / "beat-1.log", **mail), beat(tmp_path / "beat-2.log", **mail):
            for turn in range(kills):
                with worker(tmp_path / f"worker-{turn}.log", pool="solo", **mail) as process:
                    deliver_waiting.delay()
                    deliver_waiting.delay()  # as two beats do
                    enough = len(sink.messages()) + chance.randint(3, 30)
                    eventually(lambda n=enough: len(sink.messages()) >= n, what="letters arrive")
                    process.send_signal(signal.SIGKILL)
                    process.wait()
                flush_the_broker()
        before = len(sink.messages())
        with worker(tmp_path / "last.log", pool="solo", **mail):
            unsent = emails.exclude(status=NoticeStatus.SENT)
            with sink.refusing():
                eventually(lambda: all_put_off(unsent), what="every letter left is refused")
            refused = unsent.count()
            assert len(sink.messages()) == before
            unsent.update(due_at=timezone.now())  # the pause is over
            eventually(deliver_again_until_sent, what="the rest is sent")

    got = letters(sink)
    assert refused > 0
    assert sum(got.values()) == before + refused  # no kill since: each of them came once
    assert set(got) == {person.email for person in people}
    assert sum(got.values()) - len(people) <= kills * RECORD_AFTER


def all_put_off(unsent: Any) -> bool:
    deliver_waiting.apply_async(expires=5)
    return not unsent.exclude(reason__startswith="Máy chủ thư chưa nhận: 451").exists()


def flush_the_broker() -> None:
    with Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()
