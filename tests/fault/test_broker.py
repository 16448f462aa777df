"""The broker loses everything it holds: what is owed lies in the database, and beat asks again."""

from collections import Counter
from pathlib import Path

import pytest

from notices.models import Notice
from notices.states import NoticeStatus
from notices.tasks import deliver_waiting
from tests.fault.test_notices import (
    deliver_again_until_sent,
    flush_the_broker,
    letters,
    owe_everybody,
)
from tests.processes import eventually, mail_server, worker

pytestmark = pytest.mark.django_db(transaction=True)


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
