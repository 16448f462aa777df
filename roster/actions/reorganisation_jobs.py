"""A reorganisation in the background, with a page that follows it."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from config.lib.errors import Refused
from config.lib.status import change_status
from roster import audit
from roster.actions import reorganisations
from roster.actions.jobs import advance_job, open_job, running
from roster.actions.reorganisations import run_reorganisation, undo_reorganisation
from roster.models import Job, Reorganisation, User
from roster.states import ReorganisationStatus


def open_reorganisation_job(reorganisation: Reorganisation, act: str, *, by: User | None) -> Job:
    title = f"{'Hoàn tác' if act == 'undo' else 'Thực hiện'} “{reorganisation}”"
    return open_job("reorganise", by=by, act=act, reorganisation=reorganisation.pk, title=title)


def run_job(pk: int) -> None:
    with running(pk) as job:
        reorganisation = Reorganisation.objects.get(pk=job.facts["reorganisation"])

        def progress(done: int, total: int) -> None:
            advance_job(job, done=done, total=total, sentence="Đang chuyển về đơn vị mới")

        if job.facts["act"] == "undo":
            undo_reorganisation(reorganisation, by=job.by, now=timezone.now(), progress=progress)
        else:
            today = timezone.localdate()
            run_reorganisation(reorganisation, by=job.by, today=today, progress=progress)
        job.result_url = reverse("roster:reorganisation_detail", args=[reorganisation.pk])


def run_due() -> int:
    """Those whose day has come, and those that were interrupted."""
    today = timezone.localdate()
    due = Reorganisation.objects.filter(
        status__in=[ReorganisationStatus.SCHEDULED, ReorganisationStatus.RUNNING],
        effective_on__lte=today,
    ).order_by("effective_on", "pk")
    for reorganisation in due:
        try:
            run_reorganisation(reorganisation, by=None, today=today)
        except Refused as refusal:
            hold_up(reorganisation, str(refusal))
    return len(due)


@transaction.atomic
def hold_up(reorganisation: Reorganisation, reason: str) -> None:
    """What cannot run on its day is a draft again, with its reason; the others run."""
    reorganisation.refresh_from_db()
    if reorganisation.status == ReorganisationStatus.SCHEDULED:
        change_status(reorganisation, ReorganisationStatus.DRAFT)
        reorganisations.look_again(reorganisation)
    audit.record("reorganisation_held_up", reorganisation, by=None, reason=reason)
