"""What an attendee says before the meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.errors import refuse_if
from meetings import rules
from meetings.actions import attendance
from meetings.forms import ExcuseForm
from meetings.models import Meeting
from meetings.views.meetings import kept_or_403, meeting_or_404
from roster.http import UserRequest, forbid_if
from roster.models import Official


def meeting_and_official(
    request: UserRequest, pk: int, official_pk: int
) -> tuple[Meeting, Official]:
    """The meeting, and the official for whom the user may speak."""
    meeting = meeting_or_404(request, pk)
    official = get_object_or_404(Official, pk=official_pk)
    forbid_if(rules.why_not_speak_for(official, meeting, request.user))
    return meeting, official


@require_POST
def attendance_confirm(request: UserRequest, pk: int, official_pk: int) -> HttpResponse:
    meeting, official = meeting_and_official(request, pk, official_pk)
    attendance.confirm_attendance(meeting, official, by=request.user)
    messages.success(request, f"Đã ghi đồng chí {official} sẽ dự {meeting}.")
    return redirect(meeting)


@require_http_methods(["GET", "POST"])
def attendance_excuse(request: UserRequest, pk: int, official_pk: int) -> HttpResponse:
    meeting, official = meeting_and_official(request, pk, official_pk)
    attendee = attendance.attendee_of(meeting, official)
    now = timezone.now()
    refuse_if(rules.why_not_answer_attendance(meeting, attendee, request.user, now))
    form = ExcuseForm(request.POST or None)
    if form.is_valid():
        attendance.excuse_attendance(meeting, official, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã ghi không dự được. Cấp ủy đã được báo để cử người thay.")
        return redirect(meeting)
    facts = {"meeting": meeting, "official": official, "form": form}
    return render(request, "meetings/attendance_excuse.html", facts)


@require_POST
def attendance_branch(request: UserRequest, pk: int, official_pk: int) -> HttpResponse:
    """The branch's word on whether the official came."""
    meeting = kept_or_403(request, pk)
    official = get_object_or_404(Official, pk=official_pk)
    came = request.POST.get("came", "1") == "1"
    attendance.note_branch_word(meeting, official, came=came, by=request.user)
    said = "có dự" if came else "không dự"
    messages.success(request, f"Chi bộ ghi đồng chí {official} {said} {meeting}.")
    return redirect(meeting)
