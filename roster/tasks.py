from celery import shared_task

from config.lib import heartbeat


@shared_task
def note_beat() -> None:
    """Each minute: the beat sends and a worker works."""
    heartbeat.note_beat()
