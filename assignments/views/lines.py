"""The list of a draft: choosing an official and where he or she goes."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from assignments import listing, rules
from assignments.actions import decisions as actions
from assignments.forms import LinesForm
from assignments.models import Assignment, Decision
from assignments.views.decisions import decision_or_404
from config.lib.text import whole_number
from roster.http import UserRequest, forbid_if
from roster.models import Official, Unit
from roster.states import UnitKind

SHOWN: Final = 12


@require_http_methods(["GET", "POST"])
def line_add(request: UserRequest, pk: int) -> HttpResponse:
    """Pick one official and one or several branches; the page keeps what was searched for."""
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    form = LinesForm(
        request.POST or None, decision=decision, by=request.user, initial={"role": "main"}
    )
    if form.is_valid():
        return added(request, decision, form.cleaned_data)
    facts = {
        "decision": decision,
        "form": form,
        "officials": official_choices(request, decision),
        "units": unit_choices(request, decision),
        "count": decision.assignments.count(),
        "latest": decision.assignments.for_list().order_by("-pk")[:SHOWN],
        "why_not_edit": rules.why_not_edit(decision, request.user),
    }
    return render(request, "assignments/line_add.html", facts)


def added(request: UserRequest, decision: Decision, values: dict[str, Any]) -> HttpResponse:
    for unit in values["units"]:
        actions.add_assignment(
            decision, official=values["official"], unit=unit, role=values["role"], by=request.user
        )
    where = ", ".join(unit.committee_name for unit in values["units"])
    messages.success(request, f"Đã thêm đồng chí {values['official']}: {where}.")
    query = request.GET.urlencode()
    return redirect(reverse("assignments:line_add", args=[decision.pk]) + f"?{query}")


def official_choices(request: UserRequest, decision: Decision) -> list[Official]:
    """Those who match, the least laden first; whom the form holds stays in the list."""
    known = Official.objects.visible_to(request.user).filter(is_active=True)
    counted = Assignment.objects.load_on(decision)
    loaded = listing.with_load(known.select_related("agency"), counted)
    found = [*listing.by_load(loaded.matching(request.GET.get("official_q", "")))[:SHOWN]]
    picked = loaded.filter(pk__in=numbers(request, "official")).exclude(
        pk__in=[one.pk for one in found]
    )
    return [*picked, *found]


def unit_choices(request: UserRequest, decision: Decision) -> list[dict[str, Any]]:
    """Branches (or committees) that match, those without anybody first."""
    day = decision.starts_on
    kind = UnitKind.COMMUNE if request.GET.get("kind") == UnitKind.COMMUNE else UnitKind.BRANCH
    units = listing.places(request.user, day, kind).under(decision.issuer)
    listed = decision.assignments.main().values("unit")
    words = request.GET.get("unit_q", "")
    open_units = units.exclude(pk__in=listed).matching(words)
    order = ("is_attended", "commune_key", "name_key", "pk")
    found = list(open_units.order_by(*order)[:SHOWN])
    asked = units.filter(pk__in=numbers(request, "units"))
    picked = list(asked.exclude(pk__in=[one.pk for one in found]))
    rows = listing.list_places([*picked, *found], day)
    return [{"place": row, "is_picked": row.unit in picked} for row in rows]


def numbers(request: UserRequest, name: str) -> list[int]:
    """The keys chosen so far, from the form or the address."""
    values = [*request.POST.getlist(name), *request.GET.getlist(name)]
    return [key for value in values if (key := whole_number(value)) is not None]


@require_POST
def line_remove(request: UserRequest, pk: int) -> HttpResponse:
    decisions = Decision.objects.visible_to(request.user)
    visible = Assignment.objects.filter(decision__in=decisions)
    related = visible.select_related("decision__issuer", "official", "unit")
    line = get_object_or_404(related, pk=pk)
    forbid_if(rules.why_not_decide(line.decision.issuer, request.user))
    actions.remove_assignment(line, by=request.user)
    messages.success(request, f"Đã bỏ đồng chí {line.official} khỏi {line.unit.committee_name}.")
    return redirect(line.decision)


@require_POST
def unit_supplement(request: UserRequest, pk: int) -> HttpResponse:
    """From a branch without anybody to the draft of a supplementary decision, with the branch picked."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_draft(request.user))
    draft = actions.supplement_to_draft(unit, by=request.user, today=timezone.localdate())
    query = f"?units={unit.pk}"
    return redirect(reverse("assignments:line_add", args=[draft.pk]) + query)
