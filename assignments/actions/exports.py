"""Lists handed out in the office's layout: kept in the audit, and made in the background when they are long."""

from datetime import date
from typing import Final

from django.db import transaction
from django.urls import reverse

from roster import audit
from roster.actions.files import store_bytes
from roster.actions.jobs import advance_job, open_job, running
from roster.file_types import XLSX
from roster.models import Job, Unit, User
from roster.sheets.exports import OfficeList, branch_list, official_list
from roster.states import RosterKind, UnitKind

LONG: Final = 2_000  # rows, which take about two seconds


def is_long(unit: Unit, kind: RosterKind) -> bool:
    below = Unit.objects.filter(path__startswith=unit.path)
    if kind == RosterKind.BRANCHES:
        return below.filter(kind=UnitKind.BRANCH).count() > LONG
    return below.filter(officials__isnull=False).values("officials").count() > LONG


@transaction.atomic
def export_list(unit: Unit, kind: RosterKind, on: date, *, by: User) -> OfficeList:
    """The list as we know it on the day; who took it out is in the audit, for it holds telephone numbers."""
    made = branch_list(unit, on) if kind == RosterKind.BRANCHES else official_list(unit, on)
    audit.record(
        "roster_exported", unit, by=by, kind=kind.value, on=on.isoformat(), rows=made.count
    )
    return made


def open_export(unit: Unit, kind: RosterKind, on: date, *, by: User) -> Job:
    title = f"Xuất danh sách {kind.label.lower()}, {unit.committee_name}"
    return open_job(
        "export", by=by, unit=unit.pk, roster=kind.value, on=on.isoformat(), title=title
    )


def run_export(pk: int) -> None:
    """Make the file that the job asks for; its page then leads to it."""
    with running(pk) as job:
        assert job.by is not None  # noqa: S101 - pages open it for a person
        advance_job(job, done=0, total=2, sentence="Đang lấy danh sách")
        unit, kind = Unit.objects.get(pk=job.facts["unit"]), RosterKind(job.facts["roster"])
        on = date.fromisoformat(job.facts["on"])
        made = export_list(unit, kind, on, by=job.by)
        advance_job(job, done=1, total=2, sentence=f"Đang viết {made.count} dòng")
        file = store_bytes(made.workbook(), file_name(unit, kind, on), XLSX, by=job.by)
        Job.objects.filter(pk=pk).update(facts={**job.facts, "file": file.pk}, done=2)
        job.result_url = reverse("assignments:export_file", args=[pk])


def file_name(unit: Unit, kind: RosterKind, on: date) -> str:
    return f"{kind.label} - {unit.committee_name} - {on:%Y-%m-%d}.xlsx"
