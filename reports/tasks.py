"""The reports' work in the background. Each task may run twice, or late."""

from datetime import date

from celery import shared_task
from django.utils import timezone

from reports import branch_needs, reminders
from reports.actions import summaries
from reports.rollups import refresh


@shared_task
def refresh_rollups() -> int:
    """Every twenty seconds: what acts have marked, and what time alone has changed."""
    return refresh.refresh_all(timezone.now())


@shared_task
def check_rollups() -> int:
    """Nightly: compare with the facts; how many differed and were repaired."""
    return len(refresh.check(timezone.now()))


@shared_task
def build_summary(job: int) -> None:
    """For the page that follows the job."""
    summaries.build_for_job(job)


@shared_task
def build_due_summaries(day: str | None = None) -> int:
    """Daily; works on the day of the month's summary. For a day that was missed: pass it as YYYY-MM-DD."""
    on = date.fromisoformat(day) if day else timezone.localdate()
    due = summaries.due_units(on)
    for unit in due:
        build_month_summary.delay(unit, on.isoformat())
    return len(due)


@shared_task
def build_month_summary(unit: int, day: str) -> None:
    """One unit's draft of the month in which `day` lies; one that fails does not stop the others."""
    summaries.build_month(unit, date.fromisoformat(day), now=timezone.now())


@shared_task
def owe_reminders() -> None:
    """Every quarter of an hour by day."""
    reminders.owe_deadlines(timezone.now())


@shared_task
def write_branch_needs() -> int:
    """Nightly: what the planner should know of each branch this quarter; again is the same."""
    return branch_needs.write_needs(timezone.localdate())
