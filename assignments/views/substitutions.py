"""Somebody else goes: asking, answering, taking back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import rules
from assignments.actions import substitutions as actions
from assignments.candidates import candidates
from assignments.forms import AcceptForm, AskForm, DeclineForm
from assignments.models import Assignment, Substitution
from config.lib.paging import page_by_key
from roster.http import UserRequest, forbid_if
from roster.models import Official


@require_safe
def substitution_list(request: UserRequest) -> HttpResponse:
    """What waits for an answer first; then what was asked before, latest first."""
    seen = Substitution.objects.visible_to(request.user)
    past = seen.exclude(pk__in=seen.waiting().values("pk")).for_list()
    facts = {
        "waiting": seen.waiting().for_list(),
        "page": page_by_key(past, ("-starts_on", "-pk"), request.GET),
    }
    return render(request, "assignments/substitution_list.html", facts)


def substitution_or_404(request: UserRequest, pk: int) -> Substitution:
    visible = Substitution.objects.visible_to(request.user)
    return get_object_or_404(visible.for_list(), pk=pk)


@require_http_methods(["GET", "POST"])
def substitution_new(request: UserRequest, pk: int) -> HttpResponse:
    visible = Assignment.objects.visible_to(request.user).filter(in_force=True)
    related = visible.select_related("official", "unit", "decision")
    assignment = get_object_or_404(related, pk=pk)
    forbid_if(rules.why_not_ask_ever(assignment, request.user))
    form = AskForm(
        request.POST or None, assignment=assignment, by=request.user, initial=days_asked(request)
    )
    if form.is_valid():
        asked = actions.ask_for_substitute(assignment, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã gửi đề nghị cử người thay.")
        return redirect("assignments:substitution_detail", asked.pk)
    facts = {"assignment": assignment, "form": form}
    return render(request, "assignments/substitution_new.html", facts)


def days_asked(request: UserRequest) -> dict[str, str]:
    """The day of a meeting from which one comes here (`?day=`)."""
    day = request.GET.get("day") or f"{timezone.localdate():%Y-%m-%d}"
    return {"starts_on": day, "ends_on": day}


@require_safe
def substitution_detail(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    why_not_answer = rules.why_not_answer(substitution, request.user)
    words = request.GET.get("q", "")
    facts = {
        "substitution": substitution,
        "words": words,
        "candidates": [] if why_not_answer else candidates(substitution, request.user, words),
        "decline_form": DeclineForm(),
        "why_not_answer": why_not_answer,
        "why_not_withdraw": rules.why_not_withdraw(
            substitution, request.user, timezone.localdate()
        ),
    }
    return render(request, "assignments/substitution_detail.html", facts)


@require_POST
def substitution_accept(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    forbid_if(rules.why_not_decide(substitution.assignment.unit, request.user))
    officials = Official.objects.visible_to(request.user)
    form = AcceptForm(request.POST, substitution=substitution, officials=officials)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["substitute"])))
        return redirect("assignments:substitution_detail", pk)
    substitute = form.cleaned_data["substitute"]
    actions.accept_substitution(substitution, substitute=substitute, by=request.user)
    messages.success(request, f"Đồng chí {substitute} đi thay; cả hai đồng chí được báo tin.")
    return redirect("assignments:substitution_list")


@require_POST
def substitution_decline(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    forbid_if(rules.why_not_decide(substitution.assignment.unit, request.user))
    form = DeclineForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Ghi câu trả lời cho đồng chí ấy.")
        return redirect("assignments:substitution_detail", pk)
    actions.decline_substitution(substitution, answer=form.cleaned_data["answer"], by=request.user)
    messages.success(request, "Đã trả lời.")
    return redirect("assignments:substitution_list")


@require_POST
def substitution_withdraw(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    actions.withdraw_substitution(substitution, by=request.user)
    messages.success(request, "Đã rút đề nghị cử người thay.")
    return redirect("assignments:substitution_detail", pk)
