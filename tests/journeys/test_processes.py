"""The other processes are there, are others, and take what is sent to them."""

import os
import subprocess

import pytest
from django.core.mail import send_mail

from config.celery import app
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
