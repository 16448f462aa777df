"""The roster's background work."""

from celery import shared_task

from config.lib import heartbeat


@shared_task
def note_worker() -> None:
    """Each minute: a worker takes work and does it."""
    heartbeat.note(heartbeat.WORKER)
