"""For journeys: the program's other processes, each really another process.

A journey is marked `@pytest.mark.django_db(transaction=True)`, because the worker has a connection of its
own and sees only what was committed. Nothing runs eagerly.
"""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests import processes


@pytest.fixture
def smtp_sink(tmp_path: Path, settings: Settings) -> Iterator[processes.Sink]:
    """A real mail server; this process and the worker send to it. `smtp_sink.messages()`."""
    settings.EMAIL_BACKEND = (
        "django.core.mail.backends.smtp.EmailBackend"  # pytest-django's is in memory
    )
    settings.EMAIL_HOST = "127.0.0.1"
    with processes.mail_server(tmp_path / "mail") as sink:
        settings.EMAIL_PORT = sink.port
        yield sink


@pytest.fixture
def celery_worker_process(
    transactional_db: None, smtp_sink: processes.Sink, tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """A worker over the real broker on the tests' database; `.pid` is not this process's."""
    with processes.worker(tmp_path / "worker.log", EMAIL_PORT=str(smtp_sink.port)) as process:
        yield process


@pytest.fixture
def celery_beat_process(
    celery_worker_process: subprocess.Popen[bytes], tmp_path: Path
) -> Iterator[subprocess.Popen[bytes]]:
    """Beat with the program's own schedule, beside the worker."""
    with processes.beat(tmp_path / "beat.log") as process:
        yield process
