"""The desk's side: the inbox by state, the call list, one report to read, accept or return."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.paging import count_shown, page_by_key, say_count
from config.lib.text import whole_number
from meetings.models import Meeting
from reports import hints as hinting
from reports import inbox, reading, versions
from reports.actions import reports as actions
from reports.filters.reports import ReportFilter
from reports.forms.review import ReturnForm
from reports.models import MeetingReport
from reports.rules import reports as rules
from reports.states import ReportStatus
from roster.http import UserRequest, forbid_if
from roster.states import Role


@require_safe
def report_list(request: UserRequest) -> HttpResponse:
    """The inbox of a desk, the own reports of an attendee: meetings by the state of their report."""
    now = timezone.now()
    filters = filters_of(request)
    with_locked = is_month_chosen(filters)
    counted = inbox.counts(filters.qs, now, with_locked=with_locked)
    state = request.GET.get("state") or inbox.opening(request.user, counted)
    if state not in inbox.LABELS:
        raise BadRequest("state")
    rows = inbox.in_state(filters.qs, state, now, with_locked=with_locked)
    is_own = request.user.role not in Role.whole_subtree()
    page = page_by_key(filters.shown(rows), inbox.order(state), request.GET)
    facts = {
        "state": state,
        "label": inbox.LABELS[state],
        "tabs": [
            (str(tab), inbox.LABELS[tab], say_count(counted[tab]))
            for tab in (inbox.OWN_TABS if is_own else inbox.TABS)
        ],
        "count": say_count(counted[state]) if state in counted else count_shown(rows),
        "is_without_locked": state in inbox.OWED_STATES and not with_locked,
        "filters": filters,
        "page": page,
        "lines": inbox.lines(list(page.rows), timezone.localdate(now)),
        "can_accept": request.user.is_desk and state == ReportStatus.SUBMITTED,
        "is_own": is_own,
    }
    return render(request, "reports/report_list.html", facts)


def filters_of(request: UserRequest) -> ReportFilter:
    seen = Meeting.objects.visible_to(request.user)
    filters = ReportFilter(request.GET, seen, user=request.user, today=timezone.localdate())
    if not filters.is_valid():
        raise BadRequest("filter")
    return filters


def is_month_chosen(filters: ReportFilter) -> bool:
    """A month shows its locked meetings too, so that it has as many rows as its figures say."""
    return bool(filters.form.cleaned_data["month"])


@require_safe
def report_missing(request: UserRequest) -> HttpResponse:
    """Whom to call: begun meetings without a report past the deadline, longest first, to print."""
    forbid_if(None if request.user.is_desk else "Danh sách gọi dành cho cán bộ tiếp nhận báo cáo.")
    now = timezone.now()
    filters = filters_of(request)
    with_locked = is_month_chosen(filters)
    rows = inbox.in_state(filters.qs, inbox.MISSING, now, with_locked=with_locked)
    page = page_by_key(filters.shown(rows), ("late_after", "pk"), request.GET, size=200)
    lines = inbox.lines(list(page.rows), timezone.localdate(now))
    facts = {
        "filters": filters,
        "page": page,
        "lines": lines,
        "now": now,
        "is_without_locked": not with_locked,
        "count": count_shown(rows),
    }
    return render(request, "reports/report_missing.html", facts)


def found(request: UserRequest, pk: int) -> MeetingReport:
    reports = MeetingReport.objects.visible_to(request.user).exclude(status=ReportStatus.DRAFT)
    related = ("meeting__unit", "meeting__commune", "author", "in_place_of", "form", "frame")
    return get_object_or_404(reports.select_related(*related, "pressing_field"), pk=pk)


@require_safe
def report_detail(request: UserRequest, pk: int) -> HttpResponse:
    report = found(request, pk)
    is_reviewer = rules.why_not_review(report, request.user) is None
    is_waiting = report.status == ReportStatus.SUBMITTED
    facts = {
        **read(report),
        "gaps": rules.gaps(report) if is_waiting else [],
        "hints": hinting.hints(report, request.user) if is_reviewer and is_waiting else [],
        "why_not_accept": rules.why_not_accept(report, request.user),
        "why_not_return": rules.why_not_return(report, request.user),
        "is_reviewer": is_reviewer,
        "following": inbox.waiting_after(report, request.user) if is_reviewer else None,
        "is_author": rules.why_not_author(report.meeting, request.user) is None,
    }
    return render(request, "reports/report_detail.html", facts)


def read(report: MeetingReport) -> dict[str, Any]:
    """Everything the document shows."""
    prefetch_related_objects([report], "frame__criteria")
    return {
        "report": report,
        "meeting": report.meeting,
        "parts": list(reading.parts(report)),
        "scores": reading.score_lines(report),
        "branch_sheet": reading.branch_sheet_of(report),
        "moods": report.moods.select_related("field").order_by("pk"),
        "recommendations": report.recommendations.select_related(
            "field", "suggested_authority"
        ).order_by("number"),
        "attachments": report.attachments.select_related("file").order_by("pk"),
        "versions": report.versions.select_related("by").order_by("number"),
        "remark": reading.remarks_of(report).get("", ""),
        "gone": versions.gone_lines(report),
    }


@require_safe
def report_version(request: UserRequest, pk: int, number: int) -> HttpResponse:
    """An earlier submission, as it was."""
    report = found(request, pk)
    version = get_object_or_404(report.versions.all(), number=number)
    version.report = report
    facts = {"report": report, "version": version, "parts": list(versions.told_in(version))}
    return render(request, "reports/report_version.html", facts)


@require_POST
def report_accept(request: UserRequest, pk: int) -> HttpResponse:
    report = found(request, pk)
    forbid_if(rules.why_not_review(report, request.user))
    actions.accept_report(report, by=request.user)
    messages.success(request, f"Đã tiếp nhận báo cáo {report.number} của {report.meeting.unit}.")
    return to_next(request, report)


def to_next(request: UserRequest, report: MeetingReport) -> HttpResponse:
    """The next report that waits, so that a desk works through its inbox without going back to the list."""
    following = inbox.waiting_after(report, request.user)
    return redirect(following or "reports:report_list")


@require_POST
def report_accept_many(request: UserRequest) -> HttpResponse:
    """The picked ones, all or none."""
    forbid_if(None if request.user.is_desk else "Việc này của cán bộ tiếp nhận báo cáo.")
    keys = map(whole_number, request.POST.getlist("report"))
    picked = [pk for pk in keys if pk is not None]
    reports = MeetingReport.objects.visible_to(request.user).filter(pk__in=picked)
    count = actions.accept_reports(
        reports.select_related("meeting__unit", "author__user").order_by("pk"), by=request.user
    )
    messages.success(request, f"Đã tiếp nhận {count} báo cáo.")
    return redirect("reports:report_list")


@require_http_methods(["GET", "POST"])
def report_return(request: UserRequest, pk: int) -> HttpResponse:
    report = found(request, pk)
    forbid_if(rules.why_not_review(report, request.user))
    form = ReturnForm(request.POST or None, report=report, today=timezone.localdate())
    if form.is_valid():
        due_on = form.cleaned_data["due_on"]
        actions.return_report(report, form.remarks(), due_on=due_on, by=request.user)
        messages.success(request, f"Đã trả lại báo cáo {report.number}, hạn mới {due_on:%d/%m/%Y}.")
        return to_next(request, report)
    facts = {
        **read(report),
        "form": form,
        "why_not": rules.why_not_return(report, request.user),
    }
    return render(request, "reports/report_return.html", facts)


patterns = [
    path("reports/", report_list, name="report_list"),
    path("reports/missing/", report_missing, name="report_missing"),
    path("reports/accept/", report_accept_many, name="report_accept_many"),
    path("reports/<int:pk>/", report_detail, name="report_detail"),
    path("reports/<int:pk>/versions/<int:number>/", report_version, name="report_version"),
    path("reports/<int:pk>/accept/", report_accept, name="report_accept"),
    path("reports/<int:pk>/return/", report_return, name="report_return"),
]
