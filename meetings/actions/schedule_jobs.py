"""Taking in and undoing a long schedule in the background, with a page that follows it."""

from typing import Final

from django.urls import reverse

from config.lib.errors import Conflict, Refused
from meetings.actions.schedule_undo import undo_schedule
from meetings.actions.schedules import CHANGED_MEANWHILE, commit_schedule
from meetings.models import ScheduleImport
from roster.actions.jobs import advance_job, open_job, running
from roster.models import Job, User

LONG: Final = 60  # meetings; about two seconds
TITLES: Final = {"commit": "Nhập lịch", "undo": "Hoàn tác lần nhập lịch"}


def is_long(found: ScheduleImport) -> bool:
    return int(found.facts["rows"]) > LONG


def open_act(act: str, found: ScheduleImport, *, by: User) -> Job:
    title = f"{TITLES[act]} “{found.file.name}”"
    return open_job("schedule", by=by, act=act, schedule=found.pk, title=title)


def run_job(pk: int) -> None:
    with running(pk) as job:
        found = ScheduleImport.objects.select_related("file", "unit").get(pk=job.facts["schedule"])
        total = found.facts["rows"]
        advance_job(job, done=0, total=total, sentence=f"{TITLES[job.facts['act']]}")
        try:
            carry_out(job, found)
        except Conflict as conflict:
            raise Refused(str(conflict)) from conflict
        advance_job(job, done=total, total=total)


def carry_out(job: Job, found: ScheduleImport) -> None:
    assert job.by is not None  # noqa: S101 - pages open it for a person
    job.result_url = found.get_absolute_url()
    if job.facts["act"] == "undo":
        undo_schedule(found, by=job.by)
    elif commit_schedule(found, by=job.by):
        job.result_url = reverse("meetings:meeting_list")
    else:
        raise Refused(CHANGED_MEANWHILE)
