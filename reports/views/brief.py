"""The one page of a meeting, for everybody whom it concerns."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.models import Meeting
from reports.briefs import brief_of
from roster.http import UserRequest, kept_offline


@require_safe
def meeting_brief(request: UserRequest, pk: int) -> HttpResponse:
    seen = Meeting.objects.visible_to(request.user).select_related("unit", "commune")
    meeting = get_object_or_404(seen, pk=pk)
    now = timezone.now()
    facts = {
        "meeting": meeting,
        "brief": brief_of(meeting, request.user, now),
        "now": now,
        "today": timezone.localdate(now),
    }
    return kept_offline(render(request, "reports/meeting_brief.html", facts), request.user)


patterns = [path("meetings/<int:pk>/", meeting_brief, name="meeting_brief")]
