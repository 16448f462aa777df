"""Summaries: the list, building in the background, one with its figures, approving, sending, the files."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.paging import page_by_key
from reports import documents, tasks
from reports.actions import summaries as actions
from reports.documents.bodies import body_of
from reports.facts import busy
from reports.filters.summaries import SummaryFilter
from reports.forms.summaries import ApproveForm, BuildForm
from reports.models import Summary
from reports.rules import summaries as rules
from reports.states import SummaryStatus
from reports.views.summary_figures import figures
from roster.actions.jobs import open_job
from roster.http import UserRequest, file_response, forbid_if


@require_safe
def summary_list(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_see_summaries(request.user))
    filters = SummaryFilter(request.GET, Summary.objects.visible_to(request.user))
    if not filters.is_valid():
        raise BadRequest("filter")
    rows = filters.qs.select_related("unit").defer("facts")
    why_not_build = rules.why_not_build_any(request.user)
    facts = {
        "filters": filters,
        "page": page_by_key(rows, ("-starts_on", "-pk"), request.GET),
        "why_not_build": why_not_build,
        "form": None if why_not_build else build_form(request),
    }
    return render(request, "reports/summary_list.html", facts)


def build_form(request: UserRequest) -> BuildForm:
    return BuildForm(request.POST or None, by=request.user, today=timezone.localdate())


@require_http_methods(["GET", "POST"])
def summary_build(request: UserRequest) -> HttpResponse:
    """Start building in the background, and go to the page that follows it."""
    forbid_if(rules.why_not_build_any(request.user))
    form = build_form(request)
    if not form.is_valid():
        return render(request, "reports/summary_build.html", {"form": form})
    unit, period = form.cleaned_data["unit"], form.cleaned_data["period"]
    job = open_job(
        "build_summary",
        by=request.user,
        unit=unit.pk,
        period=period.code,
        units=form.cleaned_data["units"],
        title=f"Dựng báo cáo tổng hợp {unit}, {period.label}",
    )
    transaction.on_commit(partial(tasks.build_summary.delay, job.pk))
    return redirect("roster:job_detail", job.pk)


def summary_or_404(request: UserRequest, pk: int) -> Summary:
    seen = Summary.objects.visible_to(request.user)
    related = ("unit", "docx", "pdf", "xlsx", "approved_by", "sent_by")
    return get_object_or_404(seen.select_related(*related), pk=pk)


@require_safe
def summary_detail(request: UserRequest, pk: int) -> HttpResponse:
    summary, user = summary_or_404(request, pk), request.user
    document = documents.summary_document(summary.facts)
    places = busy(summary.facts["places"])
    context = {
        "summary": summary,
        "facts": summary.facts,
        "places": places,
        "idle_count": len(summary.facts["places"]) - len(places),
        "body": body_of(summary.facts["unit"]),
        "subject": document.subject,
        "figures": figures(summary.facts),
        "problems": problems_before_sending(summary),
        "why_not_approve": rules.why_not_approve(summary, user),
        "why_not_withdraw": rules.why_not_withdraw(summary, user),
        "why_not_send": rules.why_not_send(summary, user),
        "why_not_rebuild": rules.why_not_rebuild(summary, user),
    }
    return render(request, "reports/summary_detail.html", context)


def problems_before_sending(summary: Summary) -> list[str]:
    """Of an approved summary: what would keep it from being issued today."""
    if summary.status != SummaryStatus.APPROVED:
        return []
    return documents.problems_if_issued(summary.facts, 1, timezone.localdate())


@require_http_methods(["GET", "POST"])
def summary_approve(request: UserRequest, pk: int) -> HttpResponse:
    summary = summary_or_404(request, pk)
    forbid_if(rules.why_not_lead(summary, request.user))
    form = ApproveForm(request.POST or None, initial=signer_offered(request, summary))
    if form.is_valid():
        seen = form.cleaned_data.pop("seen")
        signer = actions.Signer(**form.cleaned_data)
        actions.approve_summary(summary, signer, seen=seen, by=request.user)
        messages.success(request, "Đã duyệt. Báo cáo chờ gửi cấp trên.")
        return redirect(summary)
    return render(request, "reports/summary_approve.html", {"summary": summary, "form": form})


def signer_offered(request: UserRequest, summary: Summary) -> dict[str, str]:
    """The one who signed last for the unit; at first the form of the body, and the name of who approves."""
    before = (
        Summary.objects.filter(unit=summary.unit, approved_at__isnull=False)
        .order_by("-approved_at")
        .values_list("facts__issue", flat=True)
        .first()
    )
    body = body_of(summary.facts["unit"])
    mine = {"authority": body.authority, "office": body.office, "name": request.user.full_name}
    return {**mine, **{name: before[name] for name in mine if before}, "seen": summary.sha256}


@require_POST
def summary_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    summary = summary_or_404(request, pk)
    forbid_if(rules.why_not_lead(summary, request.user))
    actions.withdraw_approval(summary, by=request.user)
    messages.success(request, "Đã rút duyệt. Báo cáo trở lại dự thảo.")
    return redirect(summary)


@require_POST
def summary_send(request: UserRequest, pk: int) -> HttpResponse:
    summary = summary_or_404(request, pk)
    forbid_if(rules.why_not_build_any(request.user))
    actions.send_summary(summary, by=request.user, today=timezone.localdate())
    messages.success(request, f"Đã gửi cấp trên, số {summary.number}. Báo cáo không thay đổi nữa.")
    return redirect(summary)


@require_safe
def summary_file(request: UserRequest, pk: int, kind: str) -> FileResponse:
    summary = summary_or_404(request, pk)
    stored = getattr(summary, kind) if kind in actions.FILES else None
    if stored is None:
        raise Http404
    return file_response(stored)


patterns = [
    path("reports/summaries/", summary_list, name="summary_list"),
    path("reports/summaries/build/", summary_build, name="summary_build"),
    path("reports/summaries/<int:pk>/", summary_detail, name="summary_detail"),
    path("reports/summaries/<int:pk>/approve/", summary_approve, name="summary_approve"),
    path("reports/summaries/<int:pk>/withdraw/", summary_withdraw, name="summary_withdraw"),
    path("reports/summaries/<int:pk>/send/", summary_send, name="summary_send"),
    path("reports/summaries/<int:pk>/<slug:kind>/", summary_file, name="summary_file"),
]
