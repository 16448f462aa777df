"""Schedules from another program: choose the file, look, confirm."""

from collections import Counter
from functools import partial
from typing import Final

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from config.lib.paging import slice_of
from meetings import rules, tasks
from meetings.actions import schedule_jobs
from meetings.actions import schedules as actions
from meetings.actions.schedule_undo import undo_schedule
from meetings.forms import ScheduleForm
from meetings.models import ScheduleImport
from meetings.schedules.reading import LABELS, NEEDED
from meetings.states import ScheduleStatus
from roster.forms.columns import MatchForm
from roster.http import UserRequest, file_response, forbid_if
from roster.models import User
from roster.sheets.preview import Action

STEPS: Final = ("Chọn tệp", "Khớp cột", "Xem trước", "Xác nhận")
RECENT: Final = 8
ROWS_SHOWN: Final = 100


@require_http_methods(["GET", "POST"])
def schedule_new(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_plan(request.user))
    form = ScheduleForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            found = actions.preview_schedule(form.cleaned_data["file"], by=request.user)
        except Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect(found if is_understood(found) else columns_url(found))
    recent = ScheduleImport.objects.visible_to(request.user).defer("facts")
    facts = {
        "form": form,
        "steps": STEPS,
        "recent": recent.select_related("file", "unit", "by").order_by("-pk")[:RECENT],
    }
    return render(request, "meetings/schedule_new.html", facts)


def is_understood(found: ScheduleImport) -> bool:
    """Whether a person need not say first what the columns hold; an .ics file has none."""
    columns = found.facts.get("columns")
    return not columns or {one["field"] for one in columns} >= NEEDED


def columns_url(found: ScheduleImport) -> str:
    return reverse("meetings:schedule_columns", args=[found.pk])


def own_schedule(request: UserRequest, pk: int) -> ScheduleImport:
    seen = ScheduleImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    return get_object_or_404(seen, pk=pk)


@require_http_methods(["GET", "POST"])
def schedule_columns(request: UserRequest, pk: int) -> HttpResponse:
    """What each column of the list holds."""
    found = own_schedule(request, pk)
    forbid_if(rules.why_not_plan(request.user))
    columns = found.facts.get("columns", [])
    form = MatchForm(request.POST or None, columns=columns, choices=list(LABELS.items()))
    if form.is_valid():
        actions.match_columns(found, form.chosen(), by=request.user)
        if is_understood(found):
            return redirect(found)
        messages.warning(request, "Cần chọn ít nhất cột chi bộ và cột ngày họp.")
        return redirect(columns_url(found))
    is_open = found.status == ScheduleStatus.PREVIEWED
    facts = {
        "found": found,
        "steps": STEPS,
        "form": form,
        "matched": form.matched(),
        "is_open": is_open,
    }
    return render(request, "meetings/schedule_columns.html", facts)


@require_safe
def schedule_preview(request: UserRequest, pk: int) -> HttpResponse:
    found = own_schedule(request, pk)
    wanted = request.GET.get("action", "")
    items = [one for one in found.facts["items"] if wanted in {"", one["action"]}]
    said: dict[int, list[str]] = {}
    for one in found.facts["problems"]:
        said.setdefault(one["row"], []).append(f"{one['cell']}: {one['text']}")
    page = slice_of(items, request.GET, size=ROWS_SHOWN)
    counted = Counter(one["action"] for one in found.facts["items"])
    facts = {
        "found": found,
        "steps": STEPS,
        "action": wanted,
        "tabs": [("", "Tất cả", len(found.facts["items"]))]
        + [(one.value, one.label, counted[one.value]) for one in Action],
        "page": page,
        "lines": [{**one, "said": said.get(one["row"], [])} for one in page.rows],
        "good": len(found.facts["items"]) - counted[Action.PROBLEM],
        "is_open": found.status == ScheduleStatus.PREVIEWED,
        "why_not": rules.why_not_plan(request.user),
        "why_not_undo": rules.why_not_undo_schedule(found, request.user),
        "columns": found.facts.get("columns"),
    }
    return render(request, "meetings/schedule_preview.html", facts)


def follow(act: str, found: ScheduleImport, by: User) -> HttpResponse:
    """Long work in the background, with the page that follows it."""
    job = schedule_jobs.open_act(act, found, by=by)
    transaction.on_commit(partial(tasks.run_schedule.delay, job.pk))
    return redirect("roster:job_detail", job.pk)


@require_POST
def schedule_commit(request: UserRequest, pk: int) -> HttpResponse:
    found = own_schedule(request, pk)
    forbid_if(rules.why_not_plan(request.user))
    if schedule_jobs.is_long(found):
        return follow("commit", found, request.user)
    if actions.commit_schedule(found, by=request.user):
        messages.success(request, "Đã nhập lịch. Người dự các cuộc họp đổi ngày được báo.")
        return redirect(reverse("meetings:meeting_list"))
    messages.warning(request, actions.CHANGED_MEANWHILE)
    return redirect(found)


@require_POST
def schedule_undo(request: UserRequest, pk: int) -> HttpResponse:
    found = own_schedule(request, pk)
    forbid_if(rules.why_not_plan(request.user))
    if schedule_jobs.is_long(found):
        return follow("undo", found, request.user)
    kept = undo_schedule(found, by=request.user)
    left = f" {kept} cuộc đã đổi, đã nhắc hoặc đã qua nên giữ nguyên." if kept else ""
    messages.success(request, f"Đã hoàn tác lần nhập lịch “{found}”.{left}")
    return redirect(found)


@require_POST
def schedule_discard(request: UserRequest, pk: int) -> HttpResponse:
    found = own_schedule(request, pk)
    forbid_if(rules.why_not_plan(request.user))
    actions.discard_schedule(found, by=request.user)
    messages.success(request, "Đã bỏ tệp lịch này; lịch không đổi.")
    return redirect("meetings:schedule_new")


@require_safe
def schedule_file(request: UserRequest, pk: int) -> FileResponse:
    return file_response(own_schedule(request, pk).file)
