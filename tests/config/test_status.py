"""One way to change a status."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from config.lib.errors import Conflict, Refused
from config.lib.status import change_status, lock_status
from roster.actions.jobs import open_job
from roster.models import Job
from roster.states import JobStatus

pytestmark = pytest.mark.django_db


def test_a_step_that_is_not_in_the_table_is_refused():
    job = open_job("thử", by=None)

    with pytest.raises(Refused, match="Đang chờ → Xong: không được phép"):
        change_status(job, JobStatus.DONE)

    assert Job.objects.get().status == JobStatus.WAITING


def test_of_two_who_race_one_wins_and_the_other_gets_a_conflict():
    mine = open_job("thử", by=None)
    theirs = Job.objects.get(pk=mine.pk)

    change_status(mine, JobStatus.RUNNING)

    with pytest.raises(Conflict):
        change_status(theirs, JobStatus.FAILED)
    assert Job.objects.get().status == JobStatus.RUNNING


def test_what_has_changed_since_it_was_loaded_is_not_locked():
    mine = open_job("thử", by=None)
    theirs = Job.objects.get(pk=mine.pk)
    change_status(mine, JobStatus.RUNNING)

    with CaptureQueriesContext(connection) as asked:
        lock_status(mine)
    with pytest.raises(Conflict):
        lock_status(theirs)

    assert asked[0]["sql"].endswith("FOR UPDATE")


def test_fields_are_set_with_the_status():
    job = open_job("thử", by=None)

    change_status(job, JobStatus.FAILED, sentence="Hỏng")

    assert (job.sentence, Job.objects.get().sentence) == ("Hỏng", "Hỏng")
