import pytest
import time_machine
from celery import Celery
from django.test import Client

from config.beat import NotedScheduler
from roster.tasks import note_worker

pytestmark = pytest.mark.django_db


def ask() -> tuple[int, dict[str, str]]:
    response = Client().get("/readyz")
    return response.status_code, response.json()


@pytest.fixture
def beat(tmp_path):
    """A beat with nothing to send."""
    idle = Celery("idle", broker="memory://", set_as_current=False)
    scheduler = NotedScheduler(app=idle, schedule_filename=str(tmp_path / "beat"))
    yield scheduler
    scheduler.close()


def test_alive_is_answered_to_strangers():
    assert Client().get("/healthz").text == "ok"


def test_ready_only_when_worker_and_beat_were_seen(beat):
    assert ask() == (
        503,
        {
            "database": "ok",
            "broker": "ok",
            "worker": "chưa thấy nhịp nào",
            "beat": "chưa thấy nhịp nào",
            "disk": "ok",
        },
    )

    note_worker()
    beat.tick()

    assert ask()[0] == 200


def test_a_beat_that_stopped_is_named_with_its_age(beat):
    with time_machine.travel("2026-11-03T08:00:00+07:00", tick=False) as now:
        beat.tick()
        note_worker()
        now.shift(200)
        note_worker()

        status, parts = ask()

    assert status == 503
    assert (parts["worker"], parts["beat"]) == ("ok", "nhịp cuối cách đây 200 giây")


def test_a_full_disk_is_not_ready(monkeypatch):
    monkeypatch.setattr("config.health.FREE_DISK_AT_LEAST", 10**18)

    assert ask()[1]["disk"].startswith("chỉ còn ")
