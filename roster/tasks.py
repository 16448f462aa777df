"""The roster's background work."""

from celery import shared_task
from django.utils import timezone

from config.lib import heartbeat
from roster.actions import accounts, activation_letters, homes, reorganisation_jobs
from roster.models import User


@shared_task
def note_worker() -> None:
    """Each minute: a worker takes work and does it."""
    heartbeat.note(heartbeat.WORKER)


@shared_task
def suspend_ended_accounts() -> None:
    """Daily. Safe to run twice."""
    accounts.suspend_ended(timezone.localdate())


@shared_task
def send_activation_letters(users: list[int], by: int) -> int:
    """Asked for on the page of accounts; only accounts that nobody has opened get one."""
    rows = User.objects.filter(pk__in=users, last_login=None, is_active=True).order_by("pk")
    return activation_letters.send_letters(
        rows.select_related("official"), by=User.objects.get(pk=by)
    )


@shared_task
def run_reorganisation(job: int) -> None:
    """For the page that follows the job."""
    reorganisation_jobs.run_job(job)


@shared_task
def run_due_reorganisations() -> int:
    """Daily, just after midnight. Safe to run twice: it goes on where it stopped."""
    return reorganisation_jobs.run_due()


@shared_task
def keep_homes() -> int:
    """Daily, after the reorganisations: where units count whose last day has passed. Again is the same."""
    return homes.keep_homes()
