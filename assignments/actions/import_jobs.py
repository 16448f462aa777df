"""The wizard's long work in the background: whatever takes more than two seconds, with a page that follows it."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.urls import reverse
from django.utils import timezone

from assignments.actions import imports
from assignments.actions.import_choices import choose_columns, correct_import
from assignments.actions.import_undo import undo_import
from config.lib.errors import Conflict, Refused
from roster.actions.jobs import advance_job, open_job, running
from roster.models import Job, RosterImport, StoredFile, Unit, User
from roster.sheets.preview import ListOptions

LONG_FILE: Final = 300_000  # bytes; a list of 4,000 rows, which takes a second to read
LONG_LIST: Final = 2_000  # rows
STEPS: Final = 2


def is_long(roster_import: RosterImport) -> bool:
    """Asked of the database, which need not hand out the whole preview for it."""
    rows = RosterImport.objects.filter(pk=roster_import.pk).values_list("facts__rows", flat=True)
    return int(rows.get()) > LONG_LIST


def open_reading(file: StoredFile, told: str, options: ListOptions, *, by: User) -> Job:
    """Read a big file and compare it."""
    facts = {
        "kind": told,
        "unit": options.unit.pk if options.unit else None,
        "on": options.on.isoformat() if options.on else None,
        "decision": options.decision,
        "header": options.header,
    }
    return open_job(
        "import",
        by=by,
        act="read",
        upload=file.pk,
        told=facts,
        title=f"Đọc danh sách “{file.name}”",
        back=reverse("assignments:import_new"),
    )


def open_act(act: str, roster_import: RosterImport, *, by: User, **facts: Any) -> Job:
    title = f"{TITLES[act]} “{roster_import.file.name}”"
    return open_job("import", by=by, act=act, roster_import=roster_import.pk, title=title, **facts)


def run_job(pk: int) -> None:
    """Do what the job says; a conflict is told in its own words."""
    with running(pk) as job:
        advance_job(job, done=0, total=STEPS, sentence="Đang đọc tệp và so với danh bạ")
        try:
            job.result_url = ACTS[job.facts["act"]](job)
        except Conflict as conflict:
            raise Refused(str(conflict)) from conflict
        advance_job(job, done=STEPS, total=STEPS)


def read(job: Job) -> str:
    told = job.facts["told"]
    file = StoredFile.objects.get(pk=job.facts["upload"])
    options = ListOptions(
        unit=Unit.objects.get(pk=told["unit"]) if told["unit"] else None,
        on=date.fromisoformat(told["on"]) if told["on"] else None,
        decision=told["decision"],
        header=told.get("header", 0),
    )
    with file.content.open("rb") as opened:
        content = opened.read()
    kind = imports.kind_of(content, told["kind"])
    preview = imports.preview_list(
        content, kind, options, by=job.by, today=timezone.localdate(job.started_at)
    )
    kept = imports.keep_preview_of(preview, file, by=job.by)
    return reverse("assignments:import_columns", args=[kept.pk])


def of_job(job: Job) -> RosterImport:
    return RosterImport.objects.select_related("file", "unit").get(pk=job.facts["roster_import"])


def columns(job: Job) -> str:
    chosen = {int(column): name for column, name in job.facts["columns"].items()}
    choose_columns(of_job(job), job.facts["sheet"], chosen, job.facts.get("header", 0))
    return preview_url(job)


def correct(job: Job) -> str:
    people = {int(row): int(pk) for row, pk in job.facts["people"].items()}
    agencies = {int(number): int(pk) for number, pk in job.facts.get("agencies", {}).items()}
    correct_import(of_job(job), job.facts["cells"], people, agencies)
    return preview_url(job)


def refresh(job: Job) -> str:
    imports.refresh_import(of_job(job))
    return preview_url(job)


def commit(job: Job) -> str:
    roster_import = of_job(job)
    imports.commit_import(roster_import, by=job.by, leave_problems=job.facts["leave"])
    return reverse("assignments:import_receipt", args=[roster_import.pk])


def undo(job: Job) -> str:
    assert job.by is not None  # noqa: S101 - pages open it for a person
    undo_import(of_job(job), by=job.by)
    return preview_url(job)


def preview_url(job: Job) -> str:
    return reverse("assignments:import_preview", args=[job.facts["roster_import"]])


ACTS: Final[Mapping[str, Callable[[Job], str]]] = {
    "read": read,
    "columns": columns,
    "correct": correct,
    "refresh": refresh,
    "commit": commit,
    "undo": undo,
}
TITLES: Final[Mapping[str, str]] = {
    "columns": "Khớp cột của danh sách",
    "correct": "Kiểm tra lại danh sách",
    "refresh": "Xem trước lại danh sách",
    "commit": "Nhập danh sách",
    "undo": "Hoàn tác lần nhập",
}
