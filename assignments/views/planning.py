"""The planner: a plan is asked for, looked at, asked why, changed by pins, compared, cancelled."""

from functools import partial
from typing import Any

from django.core.exceptions import BadRequest
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assignments import listing, plan_pages, plan_rows, rules, tasks
from assignments.actions import proposals as actions
from assignments.filters_planning import PlanFilter
from assignments.forms_planning import PairForm, PlanForm
from assignments.models import Decision, Proposal
from assignments.plan_grid import PlanTable
from assignments.plan_map import map_of
from assignments.states import ProposalStatus
from config.lib.paging import count_shown, page_by_key, slice_of
from roster.http import UserRequest, forbid_if
from roster.models import Unit

PAGE = 50
WAITING = "lap"  # the part of the page that asks how far the work is


@require_http_methods(["GET", "POST"])
def plan_new(request: UserRequest, pk: int) -> HttpResponse:
    """The weights, and the plans made so far."""
    visible = Decision.objects.visible_to(request.user).select_related("issuer")
    decision = get_object_or_404(visible, pk=pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = PlanForm(request.POST or None, weights=plan_rows.weights_on(decision.starts_on))
    if form.is_valid():
        told = {"reach": form.cleaned_data["reach"], "weights": form.weights}
        return follow(actions.ask_for_plan(decision, by=request.user, **told))
    facts = {
        "decision": decision,
        "form": form,
        "proposals": decision.proposals.defer("rows", "pairs").order_by("-pk")[:PAGE],
        "why_not": rules.why_not_edit(decision, request.user),
    }
    return render(request, "assignments/plan_new.html", facts)


def follow(proposal: Proposal) -> HttpResponse:
    transaction.on_commit(partial(tasks.run_plan.delay, proposal.pk))
    return redirect(proposal)


def proposal_or_404(request: UserRequest, pk: int) -> Proposal:
    visible = Proposal.objects.visible_to(request.user).defer("rows")
    return get_object_or_404(visible.select_related("decision__issuer", "job", "by"), pk=pk)


@require_safe
def plan_detail(request: UserRequest, pk: int) -> HttpResponse:
    """What is missing first, then who goes where, beside it why, and the map."""
    proposal = proposal_or_404(request, pk)
    if request.headers.get("HX-Target") == WAITING and proposal.status != ProposalStatus.WAITING:
        return HttpResponse(headers={"HX-Refresh": "true"})
    facts: dict[str, Any] = {
        "proposal": proposal,
        "why_not": rules.why_not_edit(proposal.decision, request.user),
    }
    if proposal.status == ProposalStatus.DONE:
        facts |= page_facts(request, proposal)
    return render(request, "assignments/plan_detail.html", facts)


def page_facts(request: UserRequest, proposal: Proposal) -> dict[str, Any]:
    decision, table = proposal.decision, PlanTable(proposal)
    units = listing.places(request.user, decision.starts_on, proposal.reach)
    communes = Unit.objects.visible_to(request.user).on(decision.starts_on).communes()
    filters = PlanFilter(
        request.GET,
        units.filter(pk__in=table.stops),
        table=table,
        communes=communes.order_by("name_key"),
    )
    if not filters.is_valid():
        raise BadRequest("filter")
    page = page_by_key(filters.qs, ("commune_key", "name_key", "pk"), request.GET)
    weights = plan_rows.weights_on(decision.starts_on) | proposal.weights
    return {
        "filters": filters,
        "page": page,
        "count": count_shown(filters.qs),
        "rows": table.rows(page.rows),
        "blocked": plan_pages.blocked(proposal),
        "left": proposal.facts["units"] - proposal.facts["covered"],
        "moved": proposal.facts.get("moved"),
        "map": map_of(proposal, table),
        "weights": PlanForm(weights=weights, initial={"reach": proposal.reach}),
        "other": decision.proposals.done()
        .exclude(pk=proposal.pk)
        .only("pk")
        .order_by("-pk")
        .first(),
    }


@require_safe
def plan_why(request: UserRequest, pk: int, unit: int) -> HttpResponse:
    """Why this official, who would be next and what it would cost; and why not another."""
    proposal = proposal_or_404(request, pk)
    if proposal.status != ProposalStatus.DONE:
        raise Http404
    asked_of = get_object_or_404(Unit.objects.visible_to(request.user), pk=unit)
    facts = {
        "proposal": proposal,
        "why_not": rules.why_not_edit(proposal.decision, request.user),
        "map": map_of(proposal, PlanTable(proposal), asked_of),
        **plan_pages.why(proposal, asked_of, request.GET.get("official", "")),
    }
    return render(request, "assignments/plan_why.html", facts)


@require_POST
def plan_again(request: UserRequest, pk: int) -> HttpResponse:
    """Pin or forbid one pair, and plan with as few moves as possible."""
    proposal = proposal_or_404(request, pk)
    forbid_if(rules.why_not_decide(proposal.decision.issuer, request.user))
    form = PairForm(request.POST)
    if not form.is_valid():
        raise Http404
    return follow(
        actions.ask_for_plan(
            proposal.decision,
            by=request.user,
            reach=proposal.reach,
            weights=proposal.weights,
            former=proposal,
            **form.added_to(proposal),
        )
    )


@require_POST
def plan_cancel(request: UserRequest, pk: int) -> HttpResponse:
    proposal = proposal_or_404(request, pk)
    forbid_if(rules.why_not_decide(proposal.decision.issuer, request.user))
    actions.cancel_plan(proposal, by=request.user)
    return redirect(proposal.decision)


@require_safe
def plan_compare(request: UserRequest, pk: int, other: int) -> HttpResponse:
    """Two plans of one draft side by side."""
    visible = Proposal.objects.visible_to(request.user).done().defer("rows")
    found = visible.select_related("decision__issuer").in_bulk([pk, other])
    one, two = found.get(pk), found.get(other)
    if one is None or two is None or one.decision_id != two.decision_id:
        raise Http404
    changes = plan_pages.changes(one, two)
    page = slice_of(changes, request.GET, size=PAGE)
    facts = {"one": one, "two": two, "count": len(changes), "page": page}
    return render(request, "assignments/plan_compare.html", facts)
