"""What holds for every test: no network beyond this machine, no skipping in CI, N+1 raises."""

import os
import sys
import uuid
from collections.abc import Generator
from typing import Any

import pytest
from celery.app.task import Task
from django.conf import settings
from django.core.cache import caches
from django.test import TransactionTestCase
from zeal import zeal_context
from zeal.constants import initialize_app_registry
from zeal.patch import patch

from config.celery import app
from tests.database import empty_and_seed, keep_seeds

HERE = {"127.0.0.1", "::1", "localhost"}


class NetworkIsOffError(RuntimeError):
    """A test wanted to talk to another machine."""


def refuse_the_network(event: str, args: tuple[Any, ...]) -> None:
    """An audit hook: Python asks it before every connection and every look-up of a name."""
    if event in {"socket.connect", "socket.sendto"}:
        address = args[1]
        if isinstance(address, tuple) and address[0] not in HERE:
            raise NetworkIsOffError(f"{event}: {address}")
    elif event == "socket.getaddrinfo" and args[0] not in {None, "", *HERE}:
        host = args[0].decode() if isinstance(args[0], bytes) else args[0]
        if host not in HERE:
            raise NetworkIsOffError(f"{event}: {host}")


sys.addaudithook(refuse_the_network)


def pytest_configure() -> None:
    # What a test sends goes out at whatever hour the test runs; quiet hours have their own tests.
    settings.NOTICE_QUIET_HOURS, settings.NOTICE_QUIET_DAYS = "", []
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # WhiteNoise looks through all static files at every start of a client.
    settings.MIDDLEWARE.remove("whitenoise.middleware.WhiteNoiseMiddleware")
    settings.MIDDLEWARE.insert(0, "zeal.middleware.zeal_middleware")
    initialize_app_registry()
    patch()
    # No worker outside the tests takes their tasks.
    app.conf.task_default_queue = f"test-{uuid.uuid4().hex}"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests that commit leave the database as the migrations made it."""
    with django_db_blocker.unblock():
        keep_seeds()
    TransactionTestCase._fixture_teardown = empty_and_seed  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_cache() -> None:
    """Each test sees an empty cache, and nobody else's is emptied for that; frames are gone with the test that made them."""
    from reports.frames import frame_in_use  # noqa: PLC0415 - when the apps are there

    frame_in_use.cache_clear()
    prefix = f"test-{uuid.uuid4().hex}"
    settings.CACHES["default"]["KEY_PREFIX"] = prefix
    caches["default"].key_prefix = prefix


@pytest.fixture(autouse=True)
def _own_files(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture(autouse=True, scope="session")
def _tasks_ask_no_question_twice() -> Generator[None]:
    """A request is watched for N+1 by middleware; a task called in a test is watched here."""
    plain = Task.__call__

    def watched(self: Task, *args: Any, **kwargs: Any) -> Any:
        with zeal_context():
            return plain(self, *args, **kwargs)

    Task.__call__ = watched
    yield
    Task.__call__ = plain


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped test is a failed one: what is not run is not known."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if os.environ.get("CI") and report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped in CI: {report.longrepr}"
    return report
