"""Acts on one meeting: moving, cancelling, reinstating, noting that it was held."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.errors import refuse_if
from meetings import rules
from meetings.actions import calendar
from meetings.clashes import clashes_at
from meetings.forms import CancelForm, MoveForm
from meetings.models import Meeting
from meetings.telling import attendees_of, moment, secretaries_of
from roster.http import UserRequest, forbid_if


def meeting_or_404(request: UserRequest, pk: int) -> Meeting:
    visible = Meeting.objects.visible_to(request.user).select_related("unit", "commune")
    return get_object_or_404(visible, pk=pk)


def kept_or_403(request: UserRequest, pk: int) -> Meeting:
    """A meeting whose calendar the user keeps."""
    meeting = meeting_or_404(request, pk)
    forbid_if(rules.why_not_keep(meeting, request.user))
    return meeting


@require_http_methods(["GET", "POST"])
def meeting_move(request: UserRequest, pk: int) -> HttpResponse:
    meeting = kept_or_403(request, pk)
    refuse_if(rules.why_not_move(meeting, request.user, timezone.now()))
    form = MoveForm(request.POST or None, meeting=meeting)
    if form.is_valid() and not refused(form, meeting):
        calendar.move_meeting(
            meeting,
            starts_at=form.starts_at,
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
        messages.success(request, "Đã dời lịch. Người dự và bí thư chi bộ được báo.")
        return redirect(meeting)
    facts = {"meeting": meeting, "form": form, **concerned(meeting)}
    return render(request, "meetings/meeting_move.html", facts)


def refused(form: MoveForm, meeting: Meeting) -> bool:
    """The rule's sentence stands at the field, so that nothing typed is lost; a clash asks once."""
    reason = rules.why_not_move_to(meeting, form.starts_at)
    if reason:
        form.add_error("day", reason)
        return True
    clashes = [] if form.cleaned_data["despite_clash"] else clashes_at(meeting, form.starts_at)
    if clashes:
        form.ask_about(clash.sentence for clash in clashes)
    return bool(clashes)


def concerned(meeting: Meeting) -> dict[str, object]:
    """Who hears of a change."""
    return {
        "attendees": attendees_of([meeting])[meeting.pk],
        "secretaries": secretaries_of([meeting]).get(meeting.unit_id, []),
    }


@require_POST
def meeting_confirm(request: UserRequest, pk: int) -> HttpResponse:
    """The branch's day stands; back to where one was, to go on with the next."""
    meeting = kept_or_403(request, pk)
    calendar.confirm_date(meeting, by=request.user)
    messages.success(
        request, f"Đã xác nhận {meeting.unit.committee_name} họp {moment(meeting.starts_at)}."
    )
    back = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        back, {request.get_host()}, require_https=request.is_secure()
    )
    return redirect(back if safe else meeting)


@require_http_methods(["GET", "POST"])
def meeting_cancel(request: UserRequest, pk: int) -> HttpResponse:
    meeting = kept_or_403(request, pk)
    refuse_if(rules.why_not_cancel(meeting, request.user, timezone.now()))
    form = CancelForm(request.POST or None)
    if form.is_valid():
        calendar.cancel_meeting(meeting, reason=form.words, by=request.user)
        messages.success(request, "Đã ghi không họp. Người dự và bí thư chi bộ được báo.")
        return redirect(meeting)
    facts = {"meeting": meeting, "form": form, **concerned(meeting)}
    return render(request, "meetings/meeting_cancel.html", facts)


@require_POST
def meeting_reinstate(request: UserRequest, pk: int) -> HttpResponse:
    meeting = kept_or_403(request, pk)
    calendar.reinstate_meeting(meeting, by=request.user)
    messages.success(request, "Đã khôi phục cuộc họp theo lịch cũ. Người dự và bí thư được báo.")
    return redirect(meeting)


@require_POST
def meeting_hold(request: UserRequest, pk: int) -> HttpResponse:
    meeting = kept_or_403(request, pk)
    calendar.note_held(meeting, by=request.user)
    messages.success(request, "Đã ghi cuộc họp đã diễn ra.")
    return redirect(meeting)
