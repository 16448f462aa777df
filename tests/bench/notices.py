"""30,000 messages through the real worker to a local SMTP sink, beside a bare smtplib loop on one connection.

Five rounds of 6,000, worker and loop in turns against one sink process; every gate of the
sending (preferences, quiet hours, both brakes) is on, the brakes with room for the round.
The figure is the time of all 30,000.
"""

import smtplib
import tempfile
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

from django.utils import timezone

from notices.actions import owe
from notices.models import Notice
from notices.states import ChannelName, NoticeStatus
from notices.tasks import deliver_waiting
from roster.models import Unit, User
from roster.states import Role, UnitKind
from tests.bench.measure import Figure, seconds
from tests.processes import Sink, mail_server, worker

ROUNDS, A_ROUND = 5, 6_000
LOOK_EVERY = 0.2  # seconds; looking must not take the worker's processor
FACTS = {
    "unit": "Chi bộ xóm 13",
    "kind": "Sinh hoạt thường kỳ",
    "when": "19:30 thứ Năm, 03/12/2026",
    "place": "Nhà văn hóa",
    "url": "/meetings/12/",
}


def figures() -> Iterator[Figure]:
    """`notices_30000`."""
    people = plant()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        with (
            mail_server(place / "mail") as sink,
            worker(
                place / "log",
                pool="solo",
                EMAIL_PORT=str(sink.port),
                NOTICE_MOST_A_MINUTE="1000000",
                NOTICE_QUIET_HOURS="03:00-03:01",
            ),
        ):
            yield measure(people, sink)


def measure(people: list[User], sink: Sink) -> Figure:
    took = {"worker": 0.0, "loop": 0.0}
    work(people[:100], "warm")
    for turn in range(ROUNDS):
        letters = work(people, str(turn), took)
        took["loop"] += seconds(lambda letters=letters: bare_loop(letters, sink.port))
    return Figure("notices_30000", took["worker"], took["loop"])


def plant() -> list[User]:
    unit = Unit.objects.create(kind=UnitKind.PROVINCIAL, name="Tỉnh", starts_on="2025-07-01")
    names = [f"nguoi-{number}" for number in range(A_ROUND)]
    people = [
        User(
            username=n,
            full_name="Nguyễn Văn Thử",
            email=f"{n}@thu.example",
            role=Role.VIEWER,
            unit=unit,
        )
        for n in names
    ]
    for user in people:
        user.fill_keys()
    return User.objects.bulk_create(people)


def work(
    people: list[User], name: str, took: dict[str, float] | None = None
) -> list[tuple[str, str, str]]:
    """Owe, let the worker send, and give what it sent."""
    owe("meetings.t1", to=people, occasion=name, facts=FACTS, channels=[ChannelName.EMAIL])
    began = time.perf_counter()
    deliver_waiting.delay()
    rows = Notice.objects.filter(occasion=name)
    while rows.exclude(status=NoticeStatus.SENT).exists():
        time.sleep(LOOK_EVERY)
    if took is not None:
        took["worker"] += time.perf_counter() - began
    sent = rows.values_list("user__email", "subject", "text")
    return list(sent)


def bare_loop(letters: list[tuple[str, str, str]], port: int) -> None:
    with smtplib.SMTP("127.0.0.1", port) as connection:
        for address, subject, text in letters:
            letter = EmailMessage()
            letter["From"] = "nhac-viec@ninhbinh.example"
            letter["To"] = address
            letter["Subject"] = subject
            letter["Date"] = timezone.localtime()
            letter.set_content(text)
            connection.send_message(letter)
