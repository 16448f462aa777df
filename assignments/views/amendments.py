"""A decision that changes an earlier one: drafting it, and choosing whose assignment it ends."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assignments import rules
from assignments.actions import amendments as actions
from assignments.forms import AmendForm
from assignments.models import Assignment, Decision, Removal
from assignments.querysets import AssignmentQuerySet
from assignments.views.decisions import decision_or_404
from assignments.views.lines import numbers
from config.lib.paging import page_by_key
from roster.http import UserRequest, forbid_if


@require_http_methods(["GET", "POST"])
def decision_amend(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = AmendForm(request.POST or None, initial={"starts_on": timezone.localdate()})
    if form.is_valid():
        amendment = actions.draft_amendment(decision, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lập dự thảo. Chọn dòng thôi dự, rồi thêm người mới.")
        return redirect("assignments:removal_add", amendment.pk)
    return render(request, "assignments/decision_amend.html", {"decision": decision, "form": form})


@require_http_methods(["GET", "POST"])
def removal_add(request: UserRequest, pk: int) -> HttpResponse:
    """Lines of the amended decision that still hold; the picked ones end."""
    amendment = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(amendment.issuer, request.user))
    lines = endable(amendment)
    picked = lines.filter(pk__in=numbers(request, "lines"))
    if request.method == "POST":
        count = actions.remove_lines(amendment, list(picked), by=request.user)
        messages.success(request, f"Đã ghi {count} dòng thôi dự từ {amendment.starts_on:%d/%m/%Y}.")
        return redirect(amendment)
    words = request.GET.get("q", "").strip()
    found = lines.matching(words).exclude(pk__in=[line.pk for line in picked])
    page = page_by_key(found, ("unit__path", "pk"), request.GET)
    facts = {
        "decision": amendment,
        "picked": picked,
        "page": page,
        "words": words,
        "why_not_edit": rules.why_not_edit(amendment, request.user),
    }
    return render(request, "assignments/removal_add.html", facts)


def endable(amendment: Decision) -> AssignmentQuerySet:
    lines = Assignment.objects.filter(decision=amendment.amends_id).in_force(amendment.starts_on)
    left = lines.exclude(removals__decision=amendment)
    return left.select_related("official__agency", "unit", "decision")


@require_POST
def removal_keep(request: UserRequest, pk: int) -> HttpResponse:
    removals = Removal.objects.filter(decision__in=Decision.objects.visible_to(request.user))
    related = removals.select_related("decision__issuer", "assignment__official")
    removal = get_object_or_404(related, pk=pk)
    forbid_if(rules.why_not_decide(removal.decision.issuer, request.user))
    actions.keep_line(removal, by=request.user)
    messages.success(request, f"Đồng chí {removal.assignment.official} giữ nguyên.")
    return redirect(removal.decision)
