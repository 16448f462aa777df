"""Schedules from another program: choose the file, look, confirm."""

from collections import Counter
from typing import Final

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from config.lib.paging import slice_of
from meetings import rules
from meetings.actions import schedules as actions
from meetings.forms import ScheduleForm
from meetings.models import ScheduleImport
from meetings.states import ScheduleStatus
from roster.http import UserRequest, file_response, forbid_if
from roster.sheets.preview import Action

STEPS: Final = ("Chọn tệp", "Xem trước", "Xác nhận")
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
            return redirect(found)
    recent = ScheduleImport.objects.visible_to(request.user).defer("facts")
    facts = {
        "form": form,
        "steps": STEPS,
        "recent": recent.select_related("file", "unit", "by").order_by("-pk")[:RECENT],
    }
    return render(request, "meetings/schedule_new.html", facts)


def own_schedule(request: UserRequest, pk: int) -> ScheduleImport:
    seen = ScheduleImport.objects.visible_to(request.user).select_related("file", "unit", "by")
    return get_object_or_404(seen, pk=pk)


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
    }
    return render(request, "meetings/schedule_preview.html", facts)


@require_POST
def schedule_commit(request: UserRequest, pk: int) -> HttpResponse:
    found = own_schedule(request, pk)
    forbid_if(rules.why_not_plan(request.user))
    if actions.commit_schedule(found, by=request.user):
        messages.success(request, "Đã nhập lịch. Người dự các cuộc họp đổi ngày được báo.")
        return redirect(reverse("meetings:meeting_list"))
    messages.warning(request, actions.CHANGED_MEANWHILE)
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
