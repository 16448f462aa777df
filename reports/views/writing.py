"""The attendee's side: the form on the phone, its draft, its receipt, its files."""

import json
import uuid
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import FileResponse, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from config.lib.requests import wants_json
from config.lib.text import whole_number
from meetings.models import Meeting
from meetings.views.meetings import meeting_or_404
from reports import prompts, reading
from reports.actions import attachments
from reports.actions import reports as actions
from reports.actions.drafts import texts_in
from reports.actions.filing import content_of, receipt_of
from reports.forms.paper import Paper, typed_in
from reports.models import Attachment, MeetingReport
from reports.querysets import FILED
from reports.rules import reports as rules
from reports.states import ReportStatus
from roster.http import UserRequest, file_response, forbid_if, kept_offline

STALE: Final = 409
MISTAKEN: Final = 422
STALE_SENTENCE: Final = (
    "Bản nháp này vừa được lưu từ một trang khác. Mở báo cáo, chọn bản giữ lại rồi nộp."
)
MISTAKES: Final = "Báo cáo còn chỗ cần xem lại. Mở báo cáo để sửa rồi nộp."


@require_http_methods(["GET", "POST"])
def report_edit(request: UserRequest, pk: int) -> HttpResponse:
    """The form. A POST with `save` keeps the draft, with `drop` it also takes a file out; any other files the report."""
    report = own_report(request, pk)
    if request.method == "POST" and request.POST.keys() & {"save", "drop"}:
        return keep_draft(request, report)
    if request.method == "POST":
        answer = file_paper(request, report)
    elif report.status in FILED:
        return redirect("reports:report_receipt", report.pk)
    else:
        answer = page_of(request, report, paper_of(report))
    if wants_json(request):
        return said_to_script(request, report, answer)
    if isinstance(answer, HttpResponse):
        return answer
    page = render(request, "reports/report_edit.html", answer, status=answer["status"])
    return kept_offline(page, request.user) if request.method == "GET" else page


def said_to_script(
    request: UserRequest, report: MeetingReport, answer: HttpResponse | dict[str, Any]
) -> HttpResponse:
    """The receipt, or the sentence why not; a script keeps its copy until it has the receipt (R17)."""
    if isinstance(answer, dict):
        sentence = answer["why_not"] or (STALE_SENTENCE if answer["is_stale"] else MISTAKES)
        status = STALE if answer["is_stale"] else MISTAKEN
        return JsonResponse({"error": sentence, "version": report.version}, status=status)
    if report.status not in FILED:  # another request was faster
        report.refresh_from_db(fields=["number", "receipt", "submitted_at"])
    at = timezone.localtime(report.submitted_at)
    facts = {
        "number": report.number,
        "receipt": report.receipt,
        "at": f"{at:%H:%M}",
        "on": f"{at:%d/%m/%Y}",
        "url": reverse("reports:report_receipt", args=[report.pk]),
    }
    return JsonResponse(facts)


def own_report(request: UserRequest, pk: int) -> MeetingReport:
    """The report of the meeting, opened if it is the first time. Who may not write it is refused."""
    known = MeetingReport.objects.to_write(pk)
    meeting = known.meeting if known else get_object_or_404(Meeting, pk=pk)
    goer = rules.goer_of(meeting, request.user)
    if goer is None:  # who goes there sees it, others must show it
        meeting_or_404(request, pk)
    return actions.open_report(meeting, by=request.user, known=known, goer=goer)


def file_paper(request: UserRequest, report: MeetingReport) -> HttpResponse | dict[str, Any]:
    """File what was typed. Whatever is wrong with it, the page comes back with every word still there."""
    paper = paper_of(report, request.POST)
    key = request.POST.get("idempotency_key", "").replace("\0", "")[:64]
    is_valid = paper.is_valid()
    if actions.is_repeated(report, key):
        return to_receipt(request, report, is_valid and paper.cleaned())
    keep_uploads(request, report)
    if not is_fresh(request, report):
        return page_of(request, report, paper, status=STALE)
    why_not = rules.why_not_submit_now(report, timezone.now())
    if why_not or not is_valid:
        return page_of(request, kept(request, report), paper, why_not=why_not)
    seconds = whole_number(request.POST.get("spent", ""))
    report = actions.submit_report(
        report,
        paper.cleaned(),
        key or new_key(),
        by=request.user,
        now=timezone.now(),
        seconds=seconds,
    )
    for sentence in paper.scores.overruled():
        messages.warning(request, sentence)
    return redirect("reports:report_receipt", report.pk)


def is_fresh(request: UserRequest, report: MeetingReport) -> bool:
    """Nobody saved since this page was loaded, or only this page itself did."""
    own = request.POST.get("page")
    return posted_version(request) == report.version or (
        bool(own) and report.draft.get("page") == own
    )


def kept(request: UserRequest, report: MeetingReport) -> MeetingReport:
    """A paper with mistakes is kept as a draft, unless it may not be kept at all."""
    typed = typed_in(request.POST)
    if rules.why_not_keep_draft(texts_in(typed)):
        return report
    return actions.save_draft(report, typed, report.version, by=request.user)


def to_receipt(request: UserRequest, report: MeetingReport, cleaned: Any) -> HttpResponse:
    """The second tab, or the second press: the receipt of what was filed."""
    if not cleaned or receipt_of(content_of(report, cleaned)) != report.receipt:
        messages.warning(
            request,
            "Báo cáo đã được nộp từ một trang khác; nội dung trang vừa gửi khác bản đã nộp nên không ghi.",
        )
    return redirect("reports:report_receipt", report.pk)


def keep_draft(request: UserRequest, report: MeetingReport) -> HttpResponse:
    keep_uploads(request, report)
    actions.save_draft(report, typed_in(request.POST), posted_version(request), by=request.user)
    dropped = report.attachments.filter(pk=whole_number(request.POST.get("drop", "")) or 0).first()
    if dropped:
        attachments.remove_attachment(dropped, by=request.user)
    messages.success(request, "Đã bỏ tệp, đã lưu bản nháp." if dropped else "Đã lưu bản nháp.")
    return redirect("reports:report_edit", report.meeting_id)


def posted_version(request: UserRequest) -> int:
    version = whole_number(request.POST.get("version", ""))
    if version is None:
        raise BadRequest("version")
    return version


def keep_uploads(request: UserRequest, report: MeetingReport) -> None:
    for upload in request.FILES.getlist("files"):
        try:
            attachments.attach_file(report, upload, by=request.user)
        except Refused as refusal:  # one file too large must not cost the typed text beside it
            messages.error(request, str(refusal))


def page_of(
    request: UserRequest,
    report: MeetingReport,
    paper: Paper,
    *,
    status: int = 200,
    why_not: str | None = None,
) -> dict[str, Any]:
    """What the page of the form shows."""
    paper.lay_beside(
        MeetingReport.objects.before(report.meeting).first(),
        MeetingReport.objects.visible_to(request.user).before(report.meeting).first(),
    )
    return {
        "status": status,
        "report": report,
        "meeting": report.meeting,
        "paper": paper,
        "branch_sheet": reading.branch_sheet_of(report),
        "answered": prompts.answered_since_last(report.meeting, request.user),
        "secrecy": json.dumps(prompts.secrecy(), ensure_ascii=False),
        "sections": list(paper.sections()),
        "attachments": report.attachments.select_related("file").order_by("pk"),
        "is_stale": status == STALE,
        "is_late": report.due_on < timezone.localdate(),
        "why_not": why_not or rules.why_not_submit(report, request.user, timezone.now()),
        "remark": paper.remarks.get("", ""),
        "page": request.POST.get("page") or new_key(),
        "idempotency_key": request.POST.get("idempotency_key") or new_key(),
        "bands": paper.frame.bands.all(),
        "has_errors": paper.questions.is_bound and not paper.is_valid(),
    }


def paper_of(report: MeetingReport, data: QueryDict | None = None) -> Paper:
    return Paper(report, data, remarks=remarks_on(report))


def new_key() -> str:
    return uuid.uuid4().hex


def remarks_on(report: MeetingReport) -> dict[str, str]:
    """What the desk said of the last submission, by field key."""
    if report.status != ReportStatus.RETURNED:
        return {}
    last = report.remarks.filter(submission=report.versions.count())
    return {remark.field: remark.text for remark in last}


@require_http_methods(["GET", "POST"])
def report_save_draft(request: UserRequest, pk: int) -> HttpResponse:
    """What the page sends as one types. With `keep` this page's words win over another page's.

    Asked with GET, the words on the server, to lay beside one's own.
    """
    report = get_object_or_404(MeetingReport.objects.select_related("meeting"), meeting=pk)
    if not rules.goer_of(report.meeting, request.user):
        get_object_or_404(MeetingReport.objects.visible_to(request.user), meeting=pk)
    if request.method == "GET":
        forbid_if(rules.why_not_author(report.meeting, request.user))
        return JsonResponse({"version": report.version, "draft": report.draft})
    version = report.version if "keep" in request.POST else posted_version(request)
    actions.save_draft(report, typed_in(request.POST), version, by=request.user)
    saved_at = timezone.localtime(report.draft_saved_at)
    return JsonResponse({"version": report.version, "saved": f"{saved_at:%H:%M}"})


@require_safe
def report_receipt(request: UserRequest, pk: int) -> HttpResponse:
    filed = MeetingReport.objects.visible_to(request.user).exclude(number="")
    reports = filed.select_related("meeting__unit", "author")
    report = get_object_or_404(reports, pk=pk)
    facts = {
        "report": report,
        "recommendations": report.recommendations.order_by("number"),
    }
    return render(request, "reports/report_receipt.html", facts)


@require_POST
def attachment_add(request: UserRequest, pk: int) -> HttpResponse:
    """Files chosen on the phone, sent at once; answers with the list of files."""
    report = own_report(request, pk)
    for upload in request.FILES.getlist("files"):
        attachments.attach_file(report, upload, by=request.user)
    return file_list(request, report)


@require_POST
def attachment_delete(request: UserRequest, pk: int) -> HttpResponse:
    attachment = get_object_or_404(
        attachments_of(request).select_related("report__meeting__unit"), pk=pk
    )
    attachments.remove_attachment(attachment, by=request.user)
    return file_list(request, attachment.report)


@require_safe
def attachment_detail(request: UserRequest, pk: int) -> FileResponse:
    """To keep; with `?shown` a picture to look at."""
    stored = get_object_or_404(attachments_of(request), pk=pk).file
    return file_response(stored, shown="shown" in request.GET)


def attachments_of(request: UserRequest) -> Any:
    return Attachment.objects.visible_to(request.user).select_related("file")


def file_list(request: UserRequest, report: MeetingReport) -> HttpResponse:
    if not wants_json(request):
        return redirect(f"{reverse('reports:report_edit', args=[report.meeting_id])}#files")
    files = report.attachments.select_related("file").order_by("pk")
    facts = {"attachments": files, "is_open": True, "report": report}
    return JsonResponse({"files": render_to_string("reports/_attachments.html", facts, request)})


patterns = [
    path("reports/meetings/<int:pk>/report/", report_edit, name="report_edit"),
    path("reports/meetings/<int:pk>/report/draft/", report_save_draft, name="report_save_draft"),
    path("reports/meetings/<int:pk>/report/files/", attachment_add, name="attachment_add"),
    path("reports/attachments/<int:pk>/", attachment_detail, name="attachment_detail"),
    path("reports/attachments/<int:pk>/delete/", attachment_delete, name="attachment_delete"),
    path("reports/<int:pk>/receipt/", report_receipt, name="report_receipt"),
]
