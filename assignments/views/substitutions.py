"""Somebody else goes: asking, answering, taking back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import listing, rules
from assignments.actions import substitutions as actions
from assignments.candidates import candidates, pool, stranded
from assignments.forms import AcceptForm, AskForm, DeclineForm, PassOnForm, RefuseForm
from assignments.models import Assignment, Substitution
from config.lib.months import add_months, last_day, month_of
from config.lib.paging import page_by_key
from roster.http import UserRequest, forbid_if
from roster.models import Official


@require_safe
def substitution_list(request: UserRequest) -> HttpResponse:
    """What waits for an answer first; then what was asked before, latest first."""
    today = timezone.localdate()
    seen = Substitution.objects.visible_to(request.user)
    unanswered = seen.unanswered().overlapping(today, None)
    past = seen.exclude(pk__in=unanswered.values("pk")).for_list()
    waiting = list(unanswered.for_list())
    facts = {
        "today": today,
        "waiting": waiting,
        "stranded": stranded(waiting, request.user) if request.user.is_desk else [],
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
    this = month_of(timezone.localdate())
    facts = {"assignment": assignment, "form": form, "months": [this, add_months(this, 1)]}
    return render(request, "assignments/substitution_new.html", facts)


def parse_month(text: str) -> date | None:
    """ "2026-12"; None for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def days_asked(request: UserRequest) -> dict[str, Any]:
    """The day of a meeting from which one comes here (`?day=`), or a whole month (`?month=2026-12`), from today on."""
    today = timezone.localdate()
    if month := parse_month(request.GET.get("month", "")):
        return {"starts_on": max(month, today), "ends_on": last_day(month)}
    day = request.GET.get("day") or f"{today:%Y-%m-%d}"
    return {"starts_on": day, "ends_on": day}


@require_safe
def substitution_detail(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    today, words = timezone.localdate(), request.GET.get("q", "")
    why_not_offer = rules.why_not_offer(substitution, request.user, today)
    why_not_note = rules.why_not_note_substitute(substitution, request.user)
    may_choose = not why_not_offer or not why_not_note
    found = candidates(substitution, request.user, words) if may_choose else []
    facts = {
        "substitution": substitution,
        "today": today,
        "is_over": substitution.is_over(today),
        "place": listing.list_places([substitution.assignment.unit], substitution.starts_on)[0],
        "words": words,
        "may_choose": may_choose,
        "candidates": found,
        "is_anybody_free": any(not row.busy for row in found),
        "decline_form": DeclineForm(),
        "refuse_form": RefuseForm(),
        "refusals": substitution.refusals.select_related("official").order_by("pk"),
        "chain": chain_of(substitution),
        "why_not_offer": why_not_offer,
        "why_not_note": why_not_note,
        "why_not_take": rules.why_not_take_offer(substitution, request.user, today),
        "why_not_pass_on": rules.why_not_pass_on_ever(substitution, request.user, today),
        "why_not_answer": rules.why_not_answer(substitution, request.user, today),
        "why_not_withdraw": rules.why_not_withdraw(substitution, request.user, today),
    }
    return render(request, "assignments/substitution_detail.html", facts)


def chain_of(substitution: Substitution) -> list[Official]:
    """Who was to go in turn: the assignee first."""
    chain, link = [substitution.absent], substitution.instead_of
    while link is not None:
        chain.append(link.absent)
        link = link.instead_of
    return chain[::-1]


@require_POST
def substitution_offer(request: UserRequest, pk: int) -> HttpResponse:
    """The chosen official is asked, and says yes or no."""
    substitution = substitution_or_404(request, pk)
    forbid_if(rules.why_not_offer(substitution, request.user, timezone.localdate()))
    said = "Đã mời đồng chí {}; chờ đồng chí ấy trả lời."
    return with_chosen(request, substitution, actions.offer_substitution, said)


@require_POST
def substitution_take(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    actions.take_offer(substitution, by=request.user)
    messages.success(
        request, "Đã nhận dự thay. Lịch và báo cáo cuộc họp nay ở phần việc của đồng chí."
    )
    return redirect("assignments:substitution_detail", pk)


@require_POST
def substitution_refuse(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    form = RefuseForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Chọn lý do không dự thay được.")
        return redirect("assignments:substitution_detail", pk)
    actions.refuse_offer(substitution, by=request.user, **form.cleaned_data)
    messages.success(request, "Đã báo cho cán bộ tổ chức. Lần từ chối này không tính vào lần khác.")
    return redirect("assignments:substitution_list")


@require_http_methods(["GET", "POST"])
def substitution_pass_on(request: UserRequest, pk: int) -> HttpResponse:
    substitution = substitution_or_404(request, pk)
    forbid_if(rules.why_not_pass_on_ever(substitution, request.user, timezone.localdate()))
    initial = {"starts_on": substitution.starts_on, "ends_on": substitution.ends_on}
    form = PassOnForm(
        request.POST or None, substitution=substitution, by=request.user, initial=initial
    )
    if form.is_valid():
        asked = actions.pass_on(substitution, by=request.user, **form.cleaned_data)
        messages.success(
            request, "Đã gửi đề nghị. Chưa có người khác thì đồng chí vẫn là người dự."
        )
        return redirect("assignments:substitution_detail", asked.pk)
    facts = {"substitution": substitution, "form": form}
    return render(request, "assignments/substitution_pass_on.html", facts)


@require_POST
def substitution_accept(request: UserRequest, pk: int) -> HttpResponse:
    """The chosen official has agreed already, or has gone."""
    substitution = substitution_or_404(request, pk)
    forbid_if(rules.why_not_decide(substitution.assignment.unit, request.user))
    said = "Đồng chí {} đi thay; cả hai đồng chí được báo tin."
    return with_chosen(request, substitution, actions.accept_substitution, said)


def with_chosen(
    request: UserRequest, substitution: Substitution, act: Callable[..., None], said: str
) -> HttpResponse:
    """Do `act` with the official who was chosen; the reason against comes back to the page."""
    officials = pool(substitution, request.user)
    form = AcceptForm(request.POST, substitution=substitution, officials=officials)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["substitute"])))
        return redirect("assignments:substitution_detail", substitution.pk)
    substitute = form.cleaned_data["substitute"]
    act(substitution, substitute=substitute, by=request.user)
    messages.success(request, said.format(substitute))
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
