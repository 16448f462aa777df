"""The other processes are there, are others, and take what is sent to them."""

import os
import subprocess

import pytest
from django.core.mail import send_mail

from config.celery import app
from notices.actions import owe
from tests import factories
from tests.processes import Sink, eventually

pytestmark = pytest.mark.django_db(transaction=True)


def test_the_worker_is_another_process_on_our_queue(
    celery_worker_process: subprocess.Popen[bytes],
) -> None:
    [state] = app.control.inspect(timeout=5).stats().values()

    assert state["pid"] == celery_worker_process.pid
    assert state["pid"] != os.getpid()


def test_mail_goes_over_the_wire(smtp_sink: Sink) -> None:
    send_mail("Nhắc việc", "Đồng chí xem lịch.", "nhac-viec@thu.example", ["can-bo@thu.example"])

    message = eventually(smtp_sink.messages, what="the message arrives")[0]
    assert message["To"] == "can-bo@thu.example"
    assert message.get_content().strip() == "Đồng chí xem lịch."


def test_beat_has_the_worker_pay_what_is_owed(
    celery_beat_process: subprocess.Popen[bytes], smtp_sink: Sink
) -> None:
    user = factories.UserFactory(unit=factories.province(), email="lua@thu.example")
    facts = {"username": user.username, "url": "/accounts/password/reset/"}

    owe("assignments.account_made", to=user, occasion=f"account:{user.pk}", facts=facts)

    message = eventually(smtp_sink.messages, what="beat has the message sent", seconds=90)[0]
    assert celery_beat_process.poll() is None
    assert message["To"].addresses[0].addr_spec == "lua@thu.example"
