"""The paper fall-back: the form to print, the photo of the filled one, and the desk that types it in."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.errors import Refused
from meetings.models import Meeting
from meetings.views.meetings import meeting_or_404
from reports import paper_forms
from reports.actions import paper as actions
from reports.documents.paper_form import paper_form_pdf
from reports.models import MeetingReport
from reports.rules import paper as rules
from reports.rules.reports import attendees_of, why_not_begun
from roster.http import UserRequest, forbid_if


def meeting_of(request: UserRequest, pk: int) -> Meeting:
    meeting = meeting_or_404(request, pk)
    forbid_if(rules.why_not_see_paper(meeting, request.user))
    return meeting


@require_safe
def report_paper_form(request: UserRequest, pk: int) -> HttpResponse:
    """The personal form of one meeting, to print."""
    meeting = meeting_of(request, pk)
    goers = attendees_of(meeting)
    own = next((one for one in goers if one.official.pk == request.user.official_id), None)
    goer = own or (goers[0] if goers else None)
    facts = paper_forms.facts_of(meeting, goer.official if goer else None)
    content = paper_form_pdf(facts, paper_forms.dated(meeting))
    name = f"mau-giay-{meeting.held_on:%Y-%m-%d}-{meeting.pk}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_http_methods(["GET", "POST"])
def report_typed(request: UserRequest, pk: int) -> HttpResponse:
    """Where the form's code leads: send photos of it; the desk goes on to type it in."""
    meeting = meeting_of(request, pk)
    if request.method == "POST":
        return keep_photos(request, meeting)
    today = timezone.localdate()
    report = (
        MeetingReport.objects.filter(meeting=meeting).select_related("author", "typed_by").first()
    )
    facts = {
        "meeting": meeting,
        "report": report,
        "photos": report.attachments.filter(is_paper_form=True) if report else [],
        "attendees": attendees_of(meeting),
        "why_not_send": why_not_begun(meeting, today),
        "why_not_type": rules.why_not_type(meeting, report, request.user, today),
        "is_clerk": rules.is_clerk(meeting, request.user),
    }
    return render(request, "reports/report_typed.html", facts)


def keep_photos(request: UserRequest, meeting: Meeting) -> HttpResponse:
    """Each photo by itself: one that is too large does not cost the others."""
    report = actions.begin_on_paper(meeting, by=request.user)
    kept = 0
    for upload in request.FILES.getlist("files"):
        try:
            actions.attach_paper_form(report, upload, by=request.user)
            kept += 1
        except Refused as refusal:
            messages.error(request, str(refusal))
    if kept:
        messages.success(request, f"Đã nhận {kept} ảnh bản giấy. Bộ phận tiếp nhận nhập thay.")
    elif not request.FILES:
        messages.error(request, "Chưa chọn ảnh nào.")
    return redirect("reports:report_typed", meeting.pk)


@require_POST
def report_type_in(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meeting_of(request, pk)
    actions.type_in(meeting, by=request.user)
    return redirect("reports:report_edit", meeting.pk)


patterns = [
    path(
        "reports/meetings/<int:pk>/report/paper-form/", report_paper_form, name="report_paper_form"
    ),
    path("reports/meetings/<int:pk>/report/typed/", report_typed, name="report_typed"),
    path("reports/meetings/<int:pk>/report/typed/begin/", report_type_in, name="report_type_in"),
]
