"""The month's material."""

from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.months import parse_month
from config.lib.paging import page_by_key
from meetings import rules
from meetings.actions import briefings as actions
from meetings.forms import BriefingForm
from meetings.models import Briefing
from roster.http import UserRequest, file_response, forbid_if


@require_safe
def briefing_list(request: UserRequest) -> HttpResponse:
    seen = Briefing.objects.visible_to(request.user).for_list()
    facts = {
        "page": page_by_key(seen, ("-month", "-pk"), request.GET),
        "why_not_publish": rules.why_not_publish_briefing(request.user),
    }
    return render(request, "meetings/briefing_list.html", facts)


@require_http_methods(["GET", "POST"])
def briefing_publish(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_publish_briefing(request.user))
    form = BriefingForm(
        request.POST or None,
        request.FILES or None,
        user=request.user,
        place=actions.publishes_for(request.user),
    )
    if form.is_valid():
        briefing = actions.publish_briefing(
            month=parse_month(form.cleaned_data["month"]),
            title=form.cleaned_data["title"],
            text=form.cleaned_data["text"],
            files=form.cleaned_data["attachments"],
            issuer=form.cleaned_data["issuer"],
            audience=actions.Audience(form.cleaned_data["level"], form.cleaned_data["scope"]),
            by=request.user,
        )
        messages.success(request, f"Đã phát hành tài liệu tháng {briefing.month:%m/%Y}.")
        return redirect(briefing)
    return render(request, "meetings/briefing_publish.html", {"form": form})


@require_safe
def briefing_detail(request: UserRequest, pk: int) -> HttpResponse:
    seen = Briefing.objects.visible_to(request.user).for_list()
    briefing = get_object_or_404(seen, pk=pk)
    actions.note_opened(briefing, by=request.user)
    facts: dict[str, Any] = {"briefing": briefing}
    if rules.why_not_publish_briefing(request.user) is None:
        facts["openings"] = briefing.openings.select_related("user").order_by("at", "pk")
    return render(request, "meetings/briefing_detail.html", facts)


@require_safe
def briefing_file(request: UserRequest, pk: int, file_pk: int) -> FileResponse:
    briefing = get_object_or_404(Briefing.objects.visible_to(request.user), pk=pk)
    actions.note_opened(briefing, by=request.user)
    return file_response(get_object_or_404(briefing.files, pk=file_pk))
