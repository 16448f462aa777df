"""The roster's background work."""

from celery import shared_task
from django.utils import timezone

from config.lib import heartbeat
from roster.actions import accounts


@shared_task
def note_worker() -> None:
    """Each minute: a worker takes work and does it."""
    heartbeat.note(heartbeat.WORKER)


@shared_task
def suspend_ended_accounts() -> None:
    """Daily. Safe to run twice."""
    accounts.suspend_ended(timezone.localdate())
