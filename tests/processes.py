"""Other processes of the program, for tests that go over the real broker and the real wire."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import TypeVar
from urllib.parse import quote
from urllib.request import urlopen

from django.conf import settings
from django.db import connection

from config.celery import app

ROOT = Path(__file__).resolve().parent.parent
PROGRAMS = Path(sys.executable).parent
PATIENCE = 60
T = TypeVar("T")


def eventually(look: Callable[[], T], *, what: str, seconds: float = PATIENCE) -> T:
    """The first true answer of `look`; fails with `what` when there is none in time."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := look():
            return answer
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


def environment(**more: str) -> dict[str, str]:
    """What a process of the program must know to work on the tests' database, broker and files."""
    place = connection.settings_dict
    secret = f":{quote(place['PASSWORD'])}" if place["PASSWORD"] else ""
    host = f"{place['HOST']}:{place['PORT'] or 5432}"
    return {
        **os.environ,
        "DATABASE_URL": f"postgres://{quote(place['USER'])}{secret}@{host}/{place['NAME']}",
        "REDIS_URL": settings.REDIS_URL,
        "CELERY_QUEUE": app.conf.task_default_queue,
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "NOTICE_QUIET_HOURS": "",
        "NOTICE_QUIET_DAYS": "",
        **more,
    }


@contextmanager
def running(command: list[str], log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends with the block; what it said is shown when it ended by itself."""
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=environment(**more),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that it can be killed with its workers
        )
    try:
        yield process
        ended = process.poll()
        assert ended in {None, -signal.SIGKILL}, log.read_text()  # a test may kill it
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Sink:
    """A mail server in a process of its own."""

    def __init__(self, port: int, folder: Path, busy: Path) -> None:
        self.port = port
        self.folder = folder
        self.busy = busy

    @contextmanager
    def refusing(self) -> Iterator[None]:
        """Within the block it answers, and puts everything off (451)."""
        self.busy.touch()
        yield
        self.busy.unlink()

    def messages(self) -> list[EmailMessage]:
        """What has arrived so far, in order."""
        return [
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in sorted(self.folder.glob("*.eml"))
        ]


@contextmanager
def mail_server(folder: Path, *, port: int = 0, pause: float = 0) -> Iterator[Sink]:
    """`config.smtp_sink` on a free port; `pause` makes it slow."""
    log, busy = folder.with_suffix(".log"), folder.with_suffix(".busy")
    command = [sys.executable, "-m", "config.smtp_sink", f"--port={port}", f"--into={folder}"]
    with running([*command, f"--pause={pause}", f"--busy={busy}"], log):
        said = eventually(
            lambda: re.search(r"listening on (\d+)", log.read_text()),
            what="the mail server listens",
        )
        yield Sink(int(said[1]), folder, busy)


@contextmanager
def worker(
    log: Path, *, pool: str = "prefork", at: datetime | None = None, **more: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker that answers, on the tests' own queue; `pool="solo"` is one process only.

    With `at` its clock starts at that moment.
    """
    name = f"{app.conf.task_default_queue}@here"
    program = [str(PROGRAMS / "celery")]
    if at:
        program = [sys.executable, "-m", "tests.celery_at", at.isoformat()]
    celery = [*program, "-A", "config", "worker", f"--hostname={name}"]
    command = [*celery, f"--pool={pool}", "--concurrency=1", "--loglevel=INFO"]
    with running(command, log, **more) as process:
        eventually(
            lambda: process.poll() is not None or app.control.ping(destination=[name], timeout=0.5),
            what="the worker answers",
        )
        assert process.poll() is None, log.read_text()
        yield process


@contextmanager
def beat(log: Path, **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Celery's beat with the program's own schedule; what it sends, a worker must take."""
    schedule = log.with_suffix(".schedule")
    command = [str(PROGRAMS / "celery"), "-A", "config", "beat", f"--schedule={schedule}"]
    with running([*command, "--loglevel=INFO"], log, **more) as process:
        eventually(
            lambda: process.poll() is not None or "Starting" in log.read_text(), what="beat starts"
        )
        assert process.poll() is None, log.read_text()
        yield process


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@dataclass(frozen=True)
class Web:
    """The program as production runs it: gunicorn, its bundles and its compression, on an address of this machine."""

    url: str
    process: subprocess.Popen[bytes]

    @property
    def port(self) -> int:
        return int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """SIGKILL for the server and its workers, whatever they are doing."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@contextmanager
def web_server(folder: Path, *, port: int = 0, **more: str) -> Iterator[Web]:
    """`folder` keeps its log and its static files; a second server on the same folder finds them there.

    A browser opens lines ahead of its need, and each holds one of gunicorn's workers: it wants several.
    """
    address = f"127.0.0.1:{port or free_port()}"
    told = {
        "DJANGO_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "SECRET_KEY": settings.SECRET_KEY,  # sessions of this process count there
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://{address}",
        "EMAIL_HOST": "127.0.0.1",
        "BIND": address,
        "SECURE_SSL_REDIRECT": "false",
        "COOKIES_SECURE": "false",
        "SECURE_HSTS_SECONDS": "0",
        "LOG_LEVEL": "WARNING",
        "STATIC_ROOT": str(folder / "static"),
        "WEB_WORKERS": "4",
        **more,
    }
    if not (folder / "static").exists():
        collect = [sys.executable, "manage.py", "collectstatic", "--no-input", "-v0"]
        subprocess.run(collect, cwd=ROOT, env=environment(**told), check=True)
    command = [str(PROGRAMS / "gunicorn"), "--config=deploy/gunicorn.conf.py", "config.wsgi"]
    with running(command, folder / "web.log", **told) as process:
        eventually(
            lambda: process.poll() is not None or answers(address), what="the server answers"
        )
        yield Web(f"http://{address}", process)


def answers(address: str) -> bool:
    try:
        with urlopen(f"http://{address}/healthz", timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
