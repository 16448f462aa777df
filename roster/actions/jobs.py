"""Background work that a page follows."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.utils import timezone

from config.lib.errors import Refused
from config.lib.status import change_status
from roster.models import Job, User
from roster.states import JobStatus


def open_job(kind: str, *, by: User | None, **facts: Any) -> Job:
    """A job that waits for its worker; give its pk to the task."""
    return Job.objects.create(kind=kind, by=by, facts=facts)


def advance_job(job: Job, *, done: int, total: int, sentence: str = "") -> None:
    """Tell the page how far the work is: `done` of `total`."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total, sentence=sentence)


@contextmanager
def running(pk: int) -> Iterator[Job]:
    """Run a job's work: marks it running, then done, or failed with a sentence. Errors are raised on."""
    job = Job.objects.get(pk=pk)
    change_status(job, JobStatus.RUNNING)
    try:
        with pghistory.context(user=job.by_id):
            yield job
    except Exception as error:
        sentence = (
            str(error)
            if isinstance(error, Refused)
            else "Có lỗi khi chạy. Quản trị đã có nhật ký; thử lại sau."
        )
        change_status(job, JobStatus.FAILED, sentence=sentence, ended_at=timezone.now())
        raise
    change_status(job, JobStatus.DONE, ended_at=timezone.now(), result_url=job.result_url)
