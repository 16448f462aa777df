"""Many officials file at once over a bad line, and the server dies with a report in its hands: nothing lost, nothing twice."""

import http.client
import os
import socket
import struct
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest

from reports.models import MeetingReport, Recommendation, ReportVersion
from reports.states import ReportStatus
from tests.database import no_other_transaction_runs
from tests.processes import Web, eventually, web_server
from tests.reports.crowd import Writer, crowd
from tests.reports.numbers import numbers_held, waits_for_a_number
from tests.reports.posts import filled

pytestmark = pytest.mark.django_db(transaction=True)
OFFICIALS = int(os.environ.get("OFFICIALS", "200"))
DROPPED, AT_ONCE, MOST_TRIES = 0.1, 32, 40


class Phone:
    """What the form's script does: the same report with the same key again and again, until there is a receipt."""

    def __init__(self, web: str, writer: Writer) -> None:
        self.place, self.writer = urlsplit(web).netloc, writer
        self.results = f"Thu quỹ đạt 96 %, báo cáo số {writer.report.pk}."
        self.dropped = 0
        self.request = self.made_up()  # here, as each thread would open a database of its own

    def made_up(self) -> bytes:
        key = f"{self.writer.report.pk:032}"
        changes = {"idempotency_key": key, "page": key, "results": self.results}
        body = urlencode(filled(self.writer.report, **changes), doseq=True).encode()
        told = {
            "Host": self.place,
            "Content-Type": "application/x-www-form-urlencoded",
            "Content-Length": str(len(body)),
            **self.writer.headers,
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
        return f"POST {self.writer.path} HTTP/1.1\r\n{head}\r\n".encode() + body

    def file(self, chance: Random) -> int:
        """The status of the first answer that came through."""
        for _ in range(MOST_TRIES):
            try:
                return self.ask(
                    cut=chance.choice(("sending", "answering")) if chance.random() < DROPPED else ""
                )
            except OSError:
                self.dropped += 1
                time.sleep(chance.uniform(0.05, 0.3))
        raise AssertionError("no answer came through")

    def ask(self, cut: str = "") -> int:
        host, port = self.place.split(":")
        with socket.create_connection((host, int(port)), timeout=60) as line:
            if cut == "sending":
                line.sendall(self.request[: len(self.request) // 2])
                reset(line)
            line.sendall(self.request)
            if cut == "answering":
                line.shutdown(socket.SHUT_WR)
                reset(line)
            answer = http.client.HTTPResponse(line, method="POST")
            answer.begin()
            answer.read()
            return answer.status


def reset(line: socket.socket) -> None:
    """The line breaks: the other side hears a reset, not an orderly end."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.close()
    raise ConnectionResetError


def filed_once(phones: list[Phone]) -> None:
    """Each phone's report is there, once, in its own words."""
    filed = MeetingReport.objects.filter(status=ReportStatus.SUBMITTED)
    assert dict(filed.values_list("pk", "answers__results")) == {
        phone.writer.report.pk: phone.results for phone in phones
    }
    assert filed.values("number").distinct().count() == len(phones)
    assert ReportVersion.objects.count() == len(phones)
    assert Recommendation.objects.count() == len(phones)


def test_officials_filing_in_the_same_minutes_over_a_bad_line_lose_and_double_nothing(
    tmp_path: Path,
) -> None:
    writers = crowd(OFFICIALS)
    with web_server(tmp_path) as web:
        phones = [Phone(web.url, writer) for writer in writers]
        with ThreadPoolExecutor(AT_ONCE) as pool:
            chances = [Random(number) for number in range(len(phones))]
            answers = list(pool.map(Phone.file, phones, chances))

    assert set(answers) == {200}
    assert sum(phone.dropped for phone in phones) >= OFFICIALS * DROPPED / 2
    filed_once(phones)


@pytest.fixture
def phone_at(tmp_path: Path) -> Writer:
    return crowd(1)[0]


def test_a_server_killed_between_receiving_and_answering_files_the_report_once(
    tmp_path: Path, phone_at: Writer
) -> None:
    """Killed twice: before its transaction could end, and after it had ended but before a word of answer went out."""
    with web_server(tmp_path, WEB_WORKERS="1") as web:
        phone = Phone(web.url, phone_at)
        killed_while_it_writes(web, phone)
    assert not MeetingReport.objects.filter(status=ReportStatus.SUBMITTED).exists()

    with web_server(tmp_path, port=web.port, WEB_WORKERS="1") as web:
        killed_after_it_wrote(web, phone)
    assert MeetingReport.objects.filter(status=ReportStatus.SUBMITTED).exists()

    with web_server(tmp_path, port=web.port, WEB_WORKERS="1"):
        assert phone.ask() == 200
    filed_once([phone])


def send(phone: Phone) -> socket.socket:
    host, port = phone.place.split(":")
    line = socket.create_connection((host, int(port)), timeout=60)
    line.sendall(phone.request)
    return line


def killed_while_it_writes(web: Web, phone: Phone) -> None:
    """Everything is written but the number; the transaction has not ended."""
    with numbers_held(), send(phone) as line:
        eventually(waits_for_a_number, what="the server waits for the number")
        web.kill()
        assert answer_of(line) == b""
    eventually(
        no_other_transaction_runs, what="the database has let the dead server's transaction go"
    )


def killed_after_it_wrote(web: Web, phone: Phone) -> None:
    """The report is committed; the phone has read nothing yet when the server dies."""
    with send(phone) as line:
        rows = MeetingReport.objects.filter(status=ReportStatus.SUBMITTED)
        eventually(rows.exists, what="the report is committed")
        web.kill()
        line.close()


def answer_of(line: socket.socket) -> bytes:
    try:
        return line.recv(1)
    except ConnectionResetError:
        return b""
