"""Pages of reorganisations: draft, what it touches, where things go, run, undo."""

from functools import partial
from typing import Final

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from config.lib.text import whole_number
from roster import rules, tasks
from roster.actions import reorganisation_jobs, reorganisations
from roster.changes import read_changes
from roster.forms.reorganisations import ReorganisationForm
from roster.http import UserRequest, forbid_if
from roster.models import Reorganisation, Unit
from roster.states import ReorganisationStatus

SHOWN: Final = 200


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
            changes = read_changes(form.cleaned_data["changes"].read())
            reorganisation = reorganisations.draft_reorganisation(
                form.cleaned_data["decision"],
                form.cleaned_data["effective_on"],
                changes,
                by=request.user,
            )
            return redirect("roster:reorganisation_detail", reorganisation.pk)
        except Refused as refusal:
            form.add_error("changes", str(refusal))
    return render(request, "roster/reorganisation_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def reorganisation_detail(request: UserRequest, pk: int) -> HttpResponse:
    forbid_if(rules.why_not_reorganise(request.user))
    reorganisation = get_object_or_404(Reorganisation.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        reorganisations.map_things(reorganisation, chosen(request), by=request.user)
        return redirect("roster:reorganisation_detail", pk)
    waiting = reorganisations.unmapped(reorganisation)
    operations = reorganisation.operations.select_related("old", "new").order_by("pk")
    choices: dict[int, list[Unit]] = {}
    for row in operations:
        if row.old_id and row.new:
            choices.setdefault(row.old_id, []).append(row.new)
    facts = {
        "reorganisation": reorganisation,
        "operations": operations,
        "waiting": [(row, choices.get(row.old_id, [])) for row in waiting[:SHOWN]],
        "waiting_count": len(waiting),
        "why_not_run": why_not_run(reorganisation),
        "why_not_undo": reorganisations.why_not_undo(reorganisation, timezone.now()),
    }
    return render(request, "roster/reorganisation_detail.html", facts)


def chosen(request: UserRequest) -> dict[int, Unit]:
    """`home-<rehoming>` fields that name a unit."""
    keys = {
        int(name.removeprefix("home-")): whole_number(str(value))
        for name, value in request.POST.items()
        if name.startswith("home-") and name.removeprefix("home-").isdigit()
    }
    units = Unit.objects.visible_to(request.user).in_bulk({key for key in keys.values() if key})
    return {pk: units[key] for pk, key in keys.items() if key in units}


def why_not_run(reorganisation: Reorganisation) -> str | None:
    if reorganisation.status in {ReorganisationStatus.SCHEDULED, ReorganisationStatus.RUNNING}:
        return None
    return reorganisations.why_not_schedule(reorganisation)


@require_POST
def reorganisation_run(request: UserRequest, pk: int) -> HttpResponse:
    """Approve it; on or after its day it is carried out at once, else by itself on its day."""
    forbid_if(rules.why_not_reorganise(request.user))
    reorganisation = get_object_or_404(Reorganisation.objects.visible_to(request.user), pk=pk)
    forbid_if(why_not_run(reorganisation))
    if reorganisation.status == ReorganisationStatus.DRAFT:
        reorganisations.schedule_reorganisation(reorganisation, by=request.user)
    if not reorganisation.took_effect(timezone.localdate()):
        return redirect("roster:reorganisation_detail", pk)
    return follow(request, reorganisation, "apply")


@require_POST
def reorganisation_undo(request: UserRequest, pk: int) -> HttpResponse:
    forbid_if(rules.why_not_reorganise(request.user))
    reorganisation = get_object_or_404(Reorganisation.objects.visible_to(request.user), pk=pk)
    forbid_if(reorganisations.why_not_undo(reorganisation, timezone.now()))
    return follow(request, reorganisation, "undo")


def follow(request: UserRequest, reorganisation: Reorganisation, act: str) -> HttpResponse:
    job = reorganisation_jobs.open_reorganisation_job(reorganisation, act, by=request.user)
    transaction.on_commit(partial(tasks.run_reorganisation.delay, job.pk))
    return redirect("roster:job_detail", job.pk)
