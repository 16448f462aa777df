"""Decisions: the list, one with its annex, drafting, issuing, ending, the signed file."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import listing, papers, rules
from assignments.actions import decisions as actions
from assignments.changes import changes_of
from assignments.conflicts import conflicts
from assignments.documents import form_problems
from assignments.filters import DecisionFilter
from assignments.forms import DecisionForm, EndForm, SignedFileForm
from assignments.models import Assignment, Decision, IssuedPaper, Removal
from assignments.querysets import AssignmentQuerySet
from assignments.states import DecisionStatus
from config.lib.paging import count_shown, page_by_key
from roster.http import UserRequest, file_response, forbid_if
from roster.models import User

SHOWN_AT_ONCE = 200  # lines; of a longer list one commune at a time


@require_safe
def decision_list(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_see_all(request.user))
    today = timezone.localdate()
    seen_decisions = Decision.objects.visible_to(request.user)
    filters = DecisionFilter(request.GET, seen_decisions, today=today)
    if not filters.is_valid():
        raise BadRequest("filter")
    seen = Assignment.objects.visible_to(request.user).filter(decision=OuterRef("pk"))
    counted = seen.order_by().values("decision").annotate(number=Count("pk")).values("number")
    rows = filters.qs.select_related("issuer").annotate(line_count=Coalesce(Subquery(counted), 0))
    facts = {
        "filters": filters,
        "page": page_by_key(rows, ("-starts_on", "-pk"), request.GET),
        "count": count_shown(filters.qs),
        "why_not_draft": rules.why_not_draft(request.user),
        "today": today,
    }
    return render(request, "assignments/decision_list.html", facts)


def decision_or_404(request: UserRequest, pk: int) -> Decision:
    visible = Decision.objects.visible_to(request.user)
    return get_object_or_404(visible.select_related("issuer", "signed_file", "amends"), pk=pk)


@require_safe
def decision_detail(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    lines = lines_of(decision, request.user)
    is_open = decision.status in DecisionStatus.before_issue()
    problems = conflicts(list(lines)) if is_open else {}
    words = request.GET.get("q", "").strip()
    rows = list(lines.matching(words)[: SHOWN_AT_ONCE + 1])
    count = lines.count()
    changes = actions.change_count(decision)
    removals = removals_of(decision, request.user) if decision.amends else []
    facts = {
        "today": timezone.localdate(),
        "is_open": is_open,
        "is_frozen": IssuedPaper.objects.filter(decision=decision).exists(),
        "form_problems": paper_problems(decision) if is_open and changes else [],
        "removals": removals,
        "changes": changes_of(removals, rows[:SHOWN_AT_ONCE]) if decision.amends else [],
        "amendments": decision.amendments.visible_to(request.user).order_by("starts_on", "pk"),
        "why_not_propose": rules.why_not_propose(decision, request.user, changes),
        "why_not_take_back": rules.why_not_take_back(decision, request.user),
        "why_not_amend": rules.why_not_amend(decision, request.user),
        "decision": decision,
        "count": count,
        "people_count": lines.order_by().values("official").distinct().count(),
        "words": words,
        "problems": problems,
        "groups": listing.group_by_commune(rows[:SHOWN_AT_ONCE], problems),
        "is_cut": len(rows) > SHOWN_AT_ONCE,
        "why_not_edit": rules.why_not_edit(decision, request.user),
        "why_not_issue": rules.why_not_issue(decision, request.user, changes),
        "why_not_end": rules.why_not_end(decision, request.user),
        "why_not_file": rules.why_not_file(decision, request.user),
    }
    return render(request, "assignments/decision_detail.html", facts)


def paper_problems(decision: Decision) -> list[str]:
    """What a records clerk would send back, were it issued as it stands."""
    return form_problems(papers.gather(decision, today=timezone.localdate(), most=SHOWN_AT_ONCE))


def removals_of(decision: Decision, user: User) -> QuerySet[Removal]:
    """The lines of the amended decision that this one ends, as far as the user sees them."""
    seen = Assignment.objects.visible_to(user)
    rows = decision.removals.filter(assignment__in=seen)
    related = rows.select_related("assignment__official", "assignment__unit")
    return related.order_by("assignment__unit__path", "pk")


def lines_of(decision: Decision, user: User) -> AssignmentQuerySet:
    """The lines in the user's subtree; who issued the decision sees all of them."""
    lines = Assignment.objects.visible_to(user).filter(decision=decision)
    return lines.select_related("official__agency", "unit", "decision").order_by("unit__path", "pk")


@require_http_methods(["GET", "POST"])
def decision_new(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_draft(request.user))
    form = DecisionForm(
        request.POST or None,
        by=request.user,
        today=timezone.localdate(),
        initial={"issuer": request.user.unit, "starts_on": timezone.localdate()},
    )
    if form.is_valid():
        decision = actions.create_decision(by=request.user, **form.cleaned_data)
        messages.success(request, "Đã lập dự thảo. Thêm người vào danh sách.")
        return redirect(decision)
    return render(request, "assignments/decision_new.html", {"form": form})


@require_http_methods(["GET", "POST"])
def decision_edit(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = DecisionForm(
        request.POST or None, instance=decision, by=request.user, today=timezone.localdate()
    )
    if form.is_valid():
        actions.save_decision(form.save(commit=False), by=request.user)
        messages.success(request, "Đã lưu dự thảo.")
        return redirect(decision)
    return render(request, "assignments/decision_edit.html", {"decision": decision, "form": form})


@require_POST
def decision_propose(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    actions.propose_decision(decision, by=request.user)
    messages.success(request, "Đã trình. Danh sách giữ nguyên cho đến khi ban hành hoặc lấy về.")
    return redirect(decision)


@require_POST
def decision_take_back(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    actions.take_back_decision(decision, by=request.user)
    messages.success(request, "Đã lấy về; dự thảo sửa được.")
    return redirect(decision)


@require_POST
def decision_issue(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    count = actions.issue_decision(decision, by=request.user)
    messages.success(request, f"Đã ghi ban hành {decision}: {count} phân công có hiệu lực.")
    return redirect(decision)


@require_http_methods(["GET", "POST"])
def decision_end(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        count = actions.end_decision(decision, by=request.user, **form.cleaned_data)
        messages.success(request, f"{decision} hết hiệu lực; {count} phân công kết thúc cùng.")
        return redirect(decision)
    count = decision.assignments.filter(in_force=True).count()
    facts = {"decision": decision, "form": form, "count": count}
    return render(request, "assignments/decision_end.html", facts)


@require_safe
def decision_file(request: UserRequest, pk: int) -> FileResponse:
    decision = decision_or_404(request, pk)
    if decision.signed_file is None:
        raise Http404
    return file_response(decision.signed_file)


@require_http_methods(["GET", "POST"])
def decision_file_add(request: UserRequest, pk: int) -> HttpResponse:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = SignedFileForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        kept = actions.file_signed_decision(
            decision, upload=form.cleaned_data["file"], by=request.user
        )
        messages.success(request, f"Đã giữ bản ký, SHA-256 {kept.sha256}.")
        return redirect(decision)
    facts = {"decision": decision, "form": form}
    return render(request, "assignments/decision_file_add.html", facts)
