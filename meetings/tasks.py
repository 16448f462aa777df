"""The calendar's work in the background. Each task may run twice, or late."""

from celery import shared_task
from django.utils import timezone

from meetings import reminders
from meetings.actions import planning, schedule_jobs


@shared_task
def plan_months() -> int:
    """Nightly: this month and the next ones (policy "plan_months_ahead")."""
    return planning.plan_ahead(timezone.localdate(), now=timezone.now())


@shared_task
def run_schedule(job: int) -> None:
    """For the page that follows the job."""
    schedule_jobs.run_job(job)


@shared_task
def owe_reminders() -> None:
    """Every quarter of an hour by day."""
    reminders.owe_before_meetings(timezone.now())
