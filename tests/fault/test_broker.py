"""The broker loses everything it holds: what is owed lies in the database, and beat asks again."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from redis import Redis

from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.tasks import deliver_waiting
from tests.fault.test_notices import all_sent, deliver_again_until_sent, letters, owe_everybody
from tests.processes import eventually, mail_server, worker

pytestmark = pytest.mark.django_db(transaction=True)


def flush_the_broker() -> None:
    with Redis.from_url(settings.REDIS_URL) as broker:
        broker.flushdb()


def test_a_flushed_broker_delays_messages_and_loses_none(tmp_path: Path) -> None:
    people = owe_everybody(10)
    deliver_waiting.delay()  # lies in the broker, no worker runs yet

    flush_the_broker()

    with (
        mail_server(tmp_path / "mail") as sink,
        worker(tmp_path / "worker.log", pool="solo", EMAIL_PORT=str(sink.port)),
    ):
        assert not Notice.objects.filter(status=NoticeStatus.SENT).exists()
        eventually(deliver_again_until_sent, what="beat's next round sends them")
    assert letters(sink) == Counter(person.email for person in people)


def test_a_broker_flushed_while_letters_go_out_repeats_none(tmp_path: Path) -> None:
    flush_the_broker()  # what other tests left in the queue would send everything at once
    people = owe_everybody(40)
    sent = Notice.objects.filter(channel=ChannelName.EMAIL, status=NoticeStatus.SENT)

    with (
        mail_server(tmp_path / "mail", pause=0.05) as sink,
        worker(tmp_path / "worker.log", pool="solo", EMAIL_PORT=str(sink.port)),
    ):
        deliver_waiting.delay()
        eventually(lambda: sent.count() >= 3, what="the first letters are sent")
        flush_the_broker()
        assert not all_sent()
        eventually(deliver_again_until_sent, what="the rest is sent")
    assert letters(sink) == Counter(person.email for person in people)
