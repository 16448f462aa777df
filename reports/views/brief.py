"""The one page of a meeting, for everybody whom it concerns."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings.views.meetings import meeting_or_404
from reports.briefs import brief_of
from roster.http import UserRequest, kept_offline


@require_safe
def meeting_brief(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    now = timezone.now()
    facts = {
        "meeting": meeting,
        "brief": brief_of(meeting, request.user, now),
        "now": now,
        "today": timezone.localdate(now),
    }
    return kept_offline(render(request, "reports/meeting_brief.html", facts), request.user)


patterns = [path("meetings/<int:pk>/", meeting_brief, name="meeting_brief")]
