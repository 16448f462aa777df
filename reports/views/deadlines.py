"""More time for one report: the desk extends, a leader opens a lock."""

from functools import partial

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from config.lib.errors import refuse_if
from meetings.views.meetings import meeting_or_404
from reports.actions import deadlines as actions
from reports.forms.deadlines import UntilForm
from reports.rules import deadlines as rules
from roster.http import UserRequest, forbid_if


@require_http_methods(["GET", "POST"])
def report_extend(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    forbid_if(rules.why_not_give_time(meeting, request.user))
    refuse_if(
        rules.why_not_extend(meeting, actions.report_of(meeting), request.user, timezone.now())
    )
    why_not = partial(
        rules.why_not_until, today=timezone.localdate(), later_than=meeting.report_due_on
    )
    form = UntilForm(request.POST or None, label="Hạn mới", why_not=why_not)
    if form.is_valid():
        due_on, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        actions.extend_deadline(meeting, due_on=due_on, reason=reason, by=request.user)
        messages.success(request, f"Đã gia hạn đến hết ngày {due_on:%d/%m/%Y}. Người dự được báo.")
        return redirect(meeting)
    return render(request, "reports/report_extend.html", {"meeting": meeting, "form": form})


@require_http_methods(["GET", "POST"])
def report_unlock(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    forbid_if(rules.why_not_lead(meeting, request.user))
    refuse_if(
        rules.why_not_unlock(meeting, actions.report_of(meeting), request.user, timezone.now())
    )
    why_not = partial(rules.why_not_until, today=timezone.localdate())
    form = UntilForm(request.POST or None, label="Nộp được đến hết ngày", why_not=why_not)
    if form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"]
        actions.unlock_report(meeting, until=until, reason=reason, by=request.user)
        messages.success(request, f"Đã mở khóa đến hết ngày {until:%d/%m/%Y}. Người dự được báo.")
        return redirect(meeting)
    return render(request, "reports/report_unlock.html", {"meeting": meeting, "form": form})


patterns = [
    path("reports/meetings/<int:pk>/report/extend/", report_extend, name="report_extend"),
    path("reports/meetings/<int:pk>/report/unlock/", report_unlock, name="report_unlock"),
]
