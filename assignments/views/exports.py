"""Lists to take away, in the office's layout: branches and officials of a unit on a day, a decision's list."""

import io
from functools import partial

from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assignments import rules, tasks
from assignments.actions import exports
from assignments.forms import ExportForm
from assignments.models import Assignment, Decision
from assignments.sheets.exports import decision_list
from roster.file_types import XLSX
from roster.http import UserRequest, file_response, forbid_if
from roster.models import Job, StoredFile
from roster.sheets.exports import OfficeList
from roster.states import RosterKind


@require_http_methods(["GET", "POST"])
def export_new(request: UserRequest) -> HttpResponse | FileResponse:
    """Which list, of which unit, as of which day; `?kind=` and `?unit=` fill the form."""
    forbid_if(rules.why_not_import_any(request.user))
    today = timezone.localdate()
    given = {"on": today, "unit": request.user.unit_id, "kind": RosterKind.BRANCHES}
    initial = {**given, **{key: request.GET[key] for key in ("kind", "unit") if key in request.GET}}
    form = ExportForm(request.POST or None, by=request.user, initial=initial)
    if not form.is_valid():
        return render(request, "assignments/export_new.html", {"form": form})
    told = form.cleaned_data
    unit, kind, on = told["unit"], RosterKind(told["kind"]), told["on"]
    forbid_if(rules.why_not_import(request.user, kind, unit))
    if exports.is_long(unit, kind):
        job = exports.open_export(unit, kind, on, by=request.user)
        transaction.on_commit(partial(tasks.run_export.delay, job.pk))
        return redirect("roster:job_detail", job.pk)
    made = exports.export_list(unit, kind, on, by=request.user)
    return sent(made, exports.file_name(unit, kind, on))


@require_safe
def export_file(request: UserRequest, pk: int) -> FileResponse:
    """The file of an export that ran in the background, for whoever asked for it."""
    job = get_object_or_404(Job.objects.visible_to(request.user), pk=pk, kind="export")
    if "file" not in job.facts:
        raise Http404
    return file_response(get_object_or_404(StoredFile, pk=job.facts["file"]))


@require_safe
def decision_list_file(request: UserRequest, pk: int) -> FileResponse:
    forbid_if(rules.why_not_see_all(request.user))
    seen = Decision.objects.visible_to(request.user).select_related("issuer")
    decision = get_object_or_404(seen, pk=pk)
    lines = Assignment.objects.visible_to(request.user).filter(decision=decision)
    return sent(
        decision_list(decision, lines), f"Danh sách kèm theo {decision.number or decision.pk}.xlsx"
    )


def sent(made: OfficeList, name: str) -> FileResponse:
    content = io.BytesIO(made.workbook())
    return FileResponse(
        content, as_attachment=True, filename=name.replace("/", "-"), content_type=XLSX
    )
