"""Paying: what is due and wanted goes out once, over one connection; what fails is tried again, or said why not."""

import smtplib
import socket
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.core.management import call_command
from django.utils import timezone

from notices import actions, links
from notices.actions import paying, settling
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.tasks import deliver_waiting
from roster.models import User
from tests import factories

pytestmark = pytest.mark.django_db
FACTS = {
    "unit": "Chi bộ xóm 13",
    "kind": "Sinh hoạt thường kỳ",
    "when": "19:30 thứ Năm, 03/12/2026",
    "place": "Nhà văn hóa",
    "url": "/meetings/12/",
}


def a_user(**kwargs: Any) -> User:
    user: User = factories.UserFactory(unit=factories.province(), **kwargs)
    return user


def owe(to: Any, occasion: str = "meeting:1:0:t1", **kwargs: Any) -> None:
    actions.owe("meetings.t1", to=to, occasion=occasion, facts=FACTS, **kwargs)


def email() -> Notice:
    return Notice.objects.get(channel=ChannelName.EMAIL)


def test_twice_run_task_sends_each_message_once(mailoutbox: list[Any]) -> None:
    people = [a_user(), a_user()]

    for _ in range(2):
        owe(people)
        deliver_waiting()

    assert sorted(message.to for message in mailoutbox) == sorted([user.email] for user in people)
    assert set(Notice.objects.values_list("status", flat=True)) == {NoticeStatus.SENT}


def test_letter_says_date_place_and_link(mailoutbox: list[Any], settings: Any) -> None:
    settings.SITE_URL = "https://sinhhoat.example"
    user = a_user(full_name="Đinh Thị Lụa")

    owe(user)
    deliver_waiting()

    (letter,) = mailoutbox
    assert letter.subject == "Nhắc dự họp Chi bộ xóm 13, 19:30 thứ Năm, 03/12/2026"
    assert letter.body == (
        "Kính gửi đồng chí Đinh Thị Lụa,\n\n"
        "Cuộc họp đồng chí dự sắp diễn ra:\n"
        "Sinh hoạt thường kỳ của Chi bộ xóm 13\n"
        "Lúc: 19:30 thứ Năm, 03/12/2026\n"
        "Tại: Nhà văn hóa\n\n"
        "Tài liệu và các việc cần mang tới:\n"
        f"https://sinhhoat.example/n/{links.token_of(email())}/\n"
    )
    assert letter.extra_headers["Message-ID"] == f"<{email().key}@ninhbinh.example>"


def test_sent_text_is_kept_as_it_was_sent() -> None:
    owe(a_user())

    deliver_waiting()

    kept = Notice.objects.get(channel=ChannelName.IN_APP)
    assert kept.subject == "Nhắc dự họp Chi bộ xóm 13, 19:30 thứ Năm, 03/12/2026"
    assert "/meetings/12/" in kept.text
    assert kept.sent_at is not None


def test_address_is_the_officials_of_now(mailoutbox: list[Any]) -> None:
    official = factories.OfficialFactory(
        agency=factories.agency(factories.province()), email="moi@thu.example"
    )
    owe(a_user(official=official, email="cu@thu.example"))

    deliver_waiting()

    assert [letter.to for letter in mailoutbox] == [["moi@thu.example"]]


def test_who_has_no_address_is_not_written_to_and_the_log_says_so(mailoutbox: list[Any]) -> None:
    owe(a_user(email=""))

    deliver_waiting()

    assert (email().status, email().reason) == (NoticeStatus.FAILED, "Chưa có thư công vụ.")
    assert mailoutbox == []


def test_closed_account_hears_nothing(mailoutbox: list[Any]) -> None:
    owe(a_user(is_active=False))

    deliver_waiting()

    reasons = set(Notice.objects.values_list("status", "reason"))
    assert reasons == {(NoticeStatus.FAILED, "Tài khoản đã khóa.")}
    assert mailoutbox == []


def test_message_is_not_sent_before_it_is_due(mailoutbox: list[Any]) -> None:
    owe(a_user(), due_at=timezone.now() + timedelta(hours=1))

    deliver_waiting()

    assert (email().status, mailoutbox) == (NoticeStatus.WAITING, [])


def test_message_that_comes_too_late_is_dropped(mailoutbox: list[Any]) -> None:
    now = timezone.now()
    owe(a_user(), due_at=now - timedelta(hours=3), expires_at=now - timedelta(minutes=1))

    deliver_waiting()

    assert email().status == NoticeStatus.WITHDRAWN
    assert email().reason == "Đã quá giờ, không còn cần nhắc."
    assert mailoutbox == []


def test_message_withdrawn_after_it_was_claimed_is_not_sent(mailoutbox: list[Any]) -> None:
    owe(a_user())
    held = paying.claim(timezone.now(), 10)
    actions.withdraw("meeting:1:0:t1")

    paying.deliver(ChannelName.EMAIL, [[one] for one in held if one.channel == ChannelName.EMAIL])

    assert (email().status, mailoutbox) == (NoticeStatus.WITHDRAWN, [])


def test_rows_of_a_dead_worker_are_free_when_its_lease_has_run_out(
    mailoutbox: list[Any], settings: Any
) -> None:
    owe(a_user())
    paying.claim(timezone.now(), 10)  # and the worker dies

    deliver_waiting()
    while_leased = len(mailoutbox)
    actions.pay_all(now=timezone.now() + timedelta(seconds=settings.NOTICE_LEASE_SECONDS + 1))

    assert (while_leased, len(mailoutbox)) == (0, 1)


def test_worker_whose_lease_ran_out_leaves_the_row_to_the_next(
    mailoutbox: list[Any], time_machine: Any
) -> None:
    owe(a_user())
    held = [one for one in paying.claim(timezone.now(), 10) if one.channel == ChannelName.EMAIL]
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)

    paying.deliver(ChannelName.EMAIL, [[one] for one in held])

    assert mailoutbox == []


def test_message_whose_text_cannot_be_made_holds_up_nobody(
    mailoutbox: list[Any], caplog: pytest.LogCaptureFixture
) -> None:
    actions.owe("meetings.no_such_text", to=a_user(), occasion="a", facts={})
    owe(a_user(), "b")

    deliver_waiting()

    bad = Notice.objects.get(occasion="a", channel=ChannelName.EMAIL)
    assert (bad.status, bad.attempts, bad.reason) == (NoticeStatus.WAITING, 1, settling.OUR_FAULT)
    assert len(mailoutbox) == 1
    assert "no_such_text" in caplog.text


def test_command_pays_too(mailoutbox: list[Any], capsys: pytest.CaptureFixture[str]) -> None:
    owe(a_user())

    call_command("deliver_notices")

    assert (len(mailoutbox), capsys.readouterr().out) == (1, "Đã xử lý 2 tin.\n")


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (3, 4), (7, 64), (8, 120), (11, 120)]
)
def test_pauses_grow_up_to_two_hours(attempts: int, minutes: int) -> None:
    pauses = [settling.pause_after(attempts) / timedelta(minutes=minutes) for _ in range(200)]

    assert 0.75 <= min(pauses) < max(pauses) <= 1.25


class Moody:
    """A mail server that answers as it is told, and counts connections."""

    def __init__(self) -> None:
        self.answers: dict[str, str] = {}
        self.letters: list[str] = []
        self.connections = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd calls it so
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address not in self.answers:
            envelope.rcpt_tos.append(address)
        return self.answers.get(address, "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.letters.append(envelope.rcpt_tos[0])
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Moody]:
    """Real SMTP on a free port."""
    moody = Moody()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(moody, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield moody
    controller.stop()


def test_batch_goes_over_one_connection(post: Moody) -> None:
    people = factories.UserFactory.create_batch(5, unit=factories.province())
    owe(people)

    deliver_waiting()

    assert (sorted(post.letters), post.connections) == (sorted(u.email for u in people), 1)


def test_address_the_server_refuses_is_given_up_with_its_words(post: Moody) -> None:
    user, other = a_user(), a_user()
    post.answers[user.email] = "550 no such mailbox"
    owe([user, other])

    deliver_waiting()

    refused = Notice.objects.get(user=user, channel=ChannelName.EMAIL)
    assert refused.status == NoticeStatus.FAILED
    assert refused.reason == f"Máy chủ thư từ chối {user.email}: 550 no such mailbox"
    assert post.letters == [other.email]


def test_letter_put_off_by_the_server_is_tried_again(post: Moody) -> None:
    user = a_user()
    post.answers[user.email] = "451 try later"
    owe(user)

    deliver_waiting()
    put_off = email()
    post.answers.clear()
    actions.pay_all(now=put_off.due_at + timedelta(seconds=1))

    assert (put_off.status, put_off.attempts) == (NoticeStatus.WAITING, 1)
    assert put_off.reason == "Máy chủ thư chưa nhận: 451 try later"
    assert timedelta(seconds=40) < put_off.due_at - timezone.now() < timedelta(seconds=80)
    assert (email().status, post.letters) == (NoticeStatus.SENT, [user.email])


def test_server_that_stays_down_is_given_up_after_twelve_attempts(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1  # nobody listens there
    owe(a_user())
    Notice.objects.update(attempts=settling.MOST_ATTEMPTS - 1)

    deliver_waiting()

    assert email().status == NoticeStatus.FAILED
    assert email().reason.startswith("Đã thử 12 lần. Không nối được máy chủ thư: ")


def test_server_that_is_down_is_asked_once_a_batch(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 1
    asked: list[datetime] = []
    connect = smtplib.SMTP.connect
    monkeypatch.setattr(
        smtplib.SMTP,
        "connect",
        lambda *args, **kwargs: asked.append(timezone.now()) or connect(*args, **kwargs),
    )
    owe(factories.UserFactory.create_batch(5, unit=factories.province()))

    deliver_waiting()

    assert len(asked) == 1
    assert set(
        Notice.objects.filter(channel=ChannelName.EMAIL).values_list("status", "attempts")
    ) == {(NoticeStatus.WAITING, 1)}
