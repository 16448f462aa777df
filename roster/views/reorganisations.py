"""Pages of reorganisations: draft, what it touches, run, undo."""

from functools import partial
from typing import Any, Final

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from config.lib.paging import page_by_key
from roster import rules, tasks
from roster.actions import reorganisation_drafts, reorganisation_jobs, reorganisations
from roster.changes import read_changes
from roster.forms.reorganisations import ReorganisationForm
from roster.http import UserRequest, forbid_if
from roster.models import Job, Reorganisation
from roster.states import ReorganisationStatus

OPERATIONS_SHOWN: Final = 25
STEPS: Final = ("Dự thảo", "Duyệt", "Thực hiện", "Xong")


@require_safe
def reorganisation_list(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_reorganise(request.user))
    rows = Reorganisation.objects.visible_to(request.user).order_by("-effective_on", "-pk")
    return render(request, "roster/reorganisation_list.html", {"rows": rows})


@require_http_methods(["GET", "POST"])
def reorganisation_add(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_reorganise(request.user))
    form = ReorganisationForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            file = form.cleaned_data["changes"]
            reorganisation = reorganisations.draft_reorganisation(
                form.cleaned_data["decision"],
                form.cleaned_data["effective_on"],
                read_changes(file.read()) if file else [],
                by=request.user,
            )
            return redirect("roster:reorganisation_detail", reorganisation.pk)
        except Refused as refusal:
            form.add_error("changes", str(refusal))
    return render(request, "roster/reorganisation_add.html", {"form": form})


def reorganisation_of(request: UserRequest, pk: int) -> Reorganisation:
    forbid_if(rules.why_not_reorganise(request.user))
    return get_object_or_404(Reorganisation.objects.visible_to(request.user), pk=pk)


@require_safe
def reorganisation_detail(request: UserRequest, pk: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    operations = reorganisation.operations.select_related("old", "new")
    facts = {
        "reorganisation": reorganisation,
        "page": page_by_key(operations, ("pk",), request.GET, size=OPERATIONS_SHOWN),
        "operation_count": operations.count(),
        "waiting_count": len(reorganisations.unmapped(reorganisation)),
        "why_not_change": reorganisations.why_not_change(reorganisation),
        "why_not_run": why_not_run(reorganisation),
        "why_not_undo": reorganisations.why_not_undo(reorganisation, timezone.now()),
        "took_effect": reorganisation.took_effect(timezone.localdate()),
        **progress_of(reorganisation),
    }
    return render(request, "roster/reorganisation_detail.html", facts)


def progress_of(reorganisation: Reorganisation) -> dict[str, Any]:
    """Which step of the wizard it is at, and the job that is at work on it."""
    now = {"draft": 1, "scheduled": 2, "running": 3}.get(reorganisation.status, len(STEPS) + 1)
    jobs = Job.objects.filter(kind="reorganise", facts__reorganisation=reorganisation.pk)
    return {"steps": STEPS, "now": now, "job": jobs.order_by("-pk").first()}


def why_not_run(reorganisation: Reorganisation) -> str | None:
    if reorganisation.status in {ReorganisationStatus.SCHEDULED, ReorganisationStatus.RUNNING}:
        return None
    return reorganisations.why_not_schedule(reorganisation)


@require_POST
def reorganisation_run(request: UserRequest, pk: int) -> HttpResponse:
    """Approve it; on or after its day it is carried out at once, else by itself on its day."""
    reorganisation = reorganisation_of(request, pk)
    forbid_if(why_not_run(reorganisation))
    if reorganisation.status == ReorganisationStatus.DRAFT:
        reorganisations.schedule_reorganisation(reorganisation, by=request.user)
    if not reorganisation.took_effect(timezone.localdate()):
        messages.success(request, "Đã duyệt; việc sắp xếp tự thực hiện vào ngày hiệu lực.")
        return redirect("roster:reorganisation_detail", pk)
    return follow(request, reorganisation, "apply")


@require_POST
def reorganisation_undo(request: UserRequest, pk: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    forbid_if(reorganisations.why_not_undo(reorganisation, timezone.now()))
    return follow(request, reorganisation, "undo")


@require_POST
def reorganisation_reopen(request: UserRequest, pk: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    forbid_if(reorganisation_drafts.why_not_reopen(reorganisation))
    reorganisation_drafts.reopen(reorganisation, by=request.user)
    messages.success(request, "Đã đưa về dự thảo để sửa.")
    return redirect("roster:reorganisation_detail", pk)


@require_POST
def reorganisation_drop(request: UserRequest, pk: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    forbid_if(reorganisations.why_not_change(reorganisation))
    reorganisation_drafts.drop_draft(reorganisation, by=request.user)
    messages.success(request, "Đã bỏ dự thảo.")
    return redirect("roster:reorganisation_list")


def follow(request: UserRequest, reorganisation: Reorganisation, act: str) -> HttpResponse:
    job = reorganisation_jobs.open_reorganisation_job(reorganisation, act, by=request.user)
    transaction.on_commit(partial(tasks.run_reorganisation.delay, job.pk))
    return redirect("roster:job_detail", job.pk)
