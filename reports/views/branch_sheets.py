"""The secretary's page: how the branch scores its own meeting."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from config.lib.errors import refuse_if
from meetings.views.meetings import meeting_or_404
from reports.actions import branch_sheets as actions
from reports.actions.drafts import typed_scores
from reports.forms.scores import BranchSheetForm
from reports.models import BranchPoints, MeetingReport, ScoringFrame
from reports.rules import branch_sheets as rules
from reports.states import ScoredBy
from roster.http import UserRequest, forbid_if


@require_http_methods(["GET", "POST"])
def branch_sheet_edit(request: UserRequest, pk: int) -> HttpResponse:
    meeting = meeting_or_404(request, pk)
    forbid_if(rules.why_not_secretary(meeting, request.user))
    now = timezone.now()
    report = MeetingReport.objects.filter(meeting=meeting).select_related("frame").first()
    refuse_if(rules.why_not_score(meeting, report, request.user, now))
    frame = report.frame if report else ScoringFrame.objects.on(meeting.held_on).get()
    lines = BranchPoints.objects.filter(sheet__meeting=meeting).select_related("criterion")
    given = typed_scores((ScoredBy.BRANCH, line) for line in lines)
    form = BranchSheetForm(request.POST or None, criteria=list(frame.criteria.all()), initial=given)
    if form.is_valid():
        actions.score_by_branch(
            meeting, form.points(), by=request.user, now=now, chosen=form.chosen()
        )
        for sentence in form.overruled():
            messages.warning(request, sentence)
        messages.success(request, "Đã ghi phiếu chi bộ tự chấm.")
        return redirect(meeting)
    bands = frame.bands.order_by("-min_points")
    facts = {"meeting": meeting, "form": form, "frame": frame, "bands": bands}
    return render(request, "reports/branch_sheet_edit.html", facts)


patterns = [
    path("reports/meetings/<int:pk>/branch-sheet/", branch_sheet_edit, name="branch_sheet_edit")
]
