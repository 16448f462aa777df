"""The grid of a draft: filters live in the address; what was picked, and where one was, stays through every act."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from assignments import rules
from assignments.actions import lines as actions
from assignments.filters import GridFilter
from assignments.grid import grid_places, grid_rows
from assignments.models import Decision
from assignments.views.decisions import decision_or_404
from assignments.views.lines import numbers, official_choices
from config.lib.errors import Conflict, Refused
from config.lib.paging import count_shown, page_by_key
from roster.http import UserRequest, forbid_if
from roster.models import Official, Unit
from roster.states import UnitKind

PAIR = 2


@require_safe
def decision_grid(request: UserRequest, pk: int) -> HttpResponse:
    return show(request, draft_or_404(request, pk))


def draft_or_404(request: UserRequest, pk: int) -> Decision:
    decision = decision_or_404(request, pk)
    forbid_if(rules.why_not_decide(decision.issuer, request.user))
    return decision


def show(
    request: UserRequest,
    decision: Decision,
    *,
    refused: Mapping[int, str] | None = None,
    said: str = "",
    is_wrong: bool = False,
) -> HttpResponse:
    """The grid as the address asks; `said` is the outcome of an act, `refused` its reasons by unit."""
    kind = UnitKind.COMMUNE if request.GET.get("kind") == UnitKind.COMMUNE else UnitKind.BRANCH
    units = grid_places(decision, request.user, kind)
    communes = Unit.objects.visible_to(request.user).on(decision.starts_on).communes()
    filters = GridFilter(request.GET, units, draft=decision, communes=communes.order_by("name_key"))
    if not filters.is_valid():
        raise BadRequest("filter")
    page = page_by_key(filters.qs, ("commune_key", "name_key", "pk"), request.GET)
    picked = set(numbers(request, "units"))
    rows = grid_rows(decision, page.rows, picked=picked, refused=refused or {})
    facts: dict[str, Any] = {
        "decision": decision,
        "kind": kind,
        "filters": filters,
        "page": page,
        "count": count_shown(filters.qs),
        "open_count": units.exclude(pk__in=decision.assignments.main().values("unit")).count(),
        "rows": rows,
        "has_km": any(row.km is not None for row in rows),
        "picked_elsewhere": sorted(picked - {unit.pk for unit in page.rows}),
        "picked_count": len(picked),
        "officials": official_choices(request, decision),
        "picked_official": next(iter(numbers(request, "official")), None),
        "last_change": decision.line_changes.order_by("-pk").first(),
        "why_not_edit": rules.why_not_edit(decision, request.user),
        "said": said,
        "is_wrong": is_wrong,
    }
    return render(request, "assignments/decision_grid.html", facts)


def done(
    request: UserRequest, decision: Decision, act: Callable[[], Any], said: str
) -> HttpResponse:
    """Do the act and show the grid as it was asked for; a refusal stands above it, and nothing is lost."""
    try:
        act()
    except (Refused, Conflict) as refusal:
        return show(request, decision, said=str(refusal), is_wrong=True)
    if request.htmx:
        return show(request, decision, said=said)
    messages.success(request, said)
    query = request.GET.urlencode()
    return redirect(reverse("assignments:decision_grid", args=[decision.pk]) + f"?{query}")


def picked_units(request: UserRequest, decision: Decision) -> list[Unit]:
    seen = Unit.objects.visible_to(request.user)
    return list(seen.filter(pk__in=numbers(request, "units")).order_by("path"))


@require_POST
def grid_assign(request: UserRequest, pk: int) -> HttpResponse:
    decision = draft_or_404(request, pk)
    units = picked_units(request, decision)
    seen = Official.objects.visible_to(request.user)
    official = seen.filter(pk__in=numbers(request, "official")).first()
    if official is None or not units:
        text = "Chọn ít nhất một nơi ở bảng và một đồng chí ở bên."
        return show(request, decision, said=text, is_wrong=True)
    if refused := rules.why_not_assign(decision, official, units):
        text = f"Chưa giao được: {len(refused)} nơi có lý do ghi ở dòng. Chưa có gì thay đổi."
        return show(request, decision, refused=refused, said=text, is_wrong=True)
    said = f"Đã giao {len(units)} nơi cho đồng chí {official}."
    return done(
        request,
        decision,
        lambda: actions.assign_units(decision, official, units, by=request.user),
        said,
    )


@require_POST
def grid_swap(request: UserRequest, pk: int) -> HttpResponse:
    decision = draft_or_404(request, pk)
    units = picked_units(request, decision)
    if len(units) != PAIR:
        text = f"Đổi chỗ cần đúng hai nơi; đang chọn {len(units)}."
        return show(request, decision, said=text, is_wrong=True)
    one, other = units
    if refused := rules.why_not_swap(decision, one, other):
        text = "Chưa đổi được; lý do ghi ở dòng. Chưa có gì thay đổi."
        return show(request, decision, refused=refused, said=text, is_wrong=True)
    said = f"Đã đổi người giữa {one} và {other}."
    return done(
        request, decision, lambda: actions.swap_units(decision, one, other, by=request.user), said
    )


@require_POST
def grid_clear(request: UserRequest, pk: int) -> HttpResponse:
    decision = draft_or_404(request, pk)
    units = picked_units(request, decision)
    said = f"Đã bỏ người ở {len(units)} nơi."
    return done(
        request, decision, lambda: actions.clear_units(decision, units, by=request.user), said
    )


@require_POST
def grid_undo(request: UserRequest, pk: int) -> HttpResponse:
    decision = draft_or_404(request, pk)
    last = decision.line_changes.order_by("-pk").first()
    said = f"Đã hoàn tác: {last}." if last else ""
    return done(request, decision, lambda: actions.undo_change(decision, by=request.user), said)
