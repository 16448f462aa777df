"""Paying, in the background."""

from celery import shared_task
from django.utils import timezone

from notices import actions
from notices.actions import sending_again


@shared_task
def deliver_waiting() -> int:
    """Every half minute. Safe to run twice and side by side; ends when nothing is due."""
    return actions.pay_all(now=timezone.now())


@shared_task
def run_sending_again(job: int) -> None:
    """For the page that follows the job."""
    sending_again.run_job(job)


@shared_task
def ask_receipts() -> int:
    """Every five minutes: whether what the SMS gateway and Zalo took over has arrived."""
    return actions.ask_for_receipts(now=timezone.now())
