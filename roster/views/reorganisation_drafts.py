"""Pages on which a draft is worked: its operations, and where each thing goes."""

from collections.abc import Mapping
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from config.lib.errors import Refused
from config.lib.paging import count_shown, page_by_key
from config.lib.text import fold, whole_number
from roster.actions import reorganisation_drafts, reorganisations
from roster.forms.reorganisations import OperationForm, suggested
from roster.http import UserRequest, forbid_if
from roster.models import Rehoming, Reorganisation, Unit
from roster.states import OperationKind, UnitKind
from roster.views.reorganisations import reorganisation_of

MOST_AT_ONCE: Final = 20_000


@require_http_methods(["GET", "POST"])
def reorganisation_operation_add(request: UserRequest, pk: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    form = OperationForm(request.POST or None, reorganisation=reorganisation, user=request.user)
    if form.is_valid():
        try:
            reorganisation_drafts.add_operation(reorganisation, form.change, by=request.user)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Đã thêm việc vào dự thảo.")
            return redirect("roster:reorganisation_detail", pk)
    facts = {
        "reorganisation": reorganisation,
        "form": form,
        "suggested": suggested(reorganisation, request.user),
        "why_not": reorganisations.why_not_change(reorganisation),
    }
    return render(request, "roster/reorganisation_operation_add.html", facts)


@require_POST
def reorganisation_operation_remove(request: UserRequest, pk: int, operation: int) -> HttpResponse:
    reorganisation = reorganisation_of(request, pk)
    forbid_if(reorganisations.why_not_change(reorganisation))
    row = get_object_or_404(reorganisation.operations, pk=operation)
    reorganisation_drafts.remove_operation(row, by=request.user)
    messages.success(request, "Đã bỏ việc này khỏi dự thảo.")
    return redirect("roster:reorganisation_detail", pk)


@require_http_methods(["GET", "POST"])
def reorganisation_homes(request: UserRequest, pk: int) -> HttpResponse:
    """Everything that is touched and where it goes; while it is a draft that can be changed here."""
    reorganisation = reorganisation_of(request, pk)
    touched = reorganisation.facts.get("touched", [])
    rows = narrowed(reorganisation, request)
    if request.method == "POST":
        homes = picked(request, rows) if request.POST.get("act") == "move" else chosen(request)
        reorganisations.map_things(reorganisation, homes, by=request.user)
        messages.success(request, f"Đã ghi nơi về của {len(homes)} mục.")
        return redirect(request.get_full_path())
    page = page_by_key(rows.select_related("old", "new"), ("pk",), request.GET)
    is_draft = reorganisations.why_not_change(reorganisation) is None
    titles = {row["what"]: row["title"] for row in touched}
    facts = {
        "reorganisation": reorganisation,
        "touched": touched,
        "page": page,
        "lines": lines_of(page.rows, successors(reorganisation) if is_draft else {}, titles),
        "count": count_shown(rows),
        "is_draft": is_draft,
        "targets": targets(reorganisation, request) if is_draft else (),
    }
    return render(request, "roster/reorganisation_homes.html", facts)


def narrowed(reorganisation: Reorganisation, request: UserRequest) -> QuerySet[Rehoming]:
    """The things of `?what=`, with the words of `?q=`; `?waiting=1`: without a new home."""
    rows = reorganisation.rehomings.all()
    if what := request.GET.get("what"):
        rows = rows.filter(what=what)
    if request.GET.get("waiting"):
        rows = rows.filter(new=None).exclude(what__in=reorganisations.followers(reorganisation))
    if words := request.GET.get("q", "").strip():
        found = fold(words)
        places = Q(old__search__contains=found) | Q(new__search__contains=found)
        units = Unit.objects.matching(words).values("pk")
        rows = rows.filter(
            Q(label__icontains=words) | places | Q(what="child", object_id__in=units)
        )
    return rows


def lines_of(
    rows: Any, choices: Mapping[int, list[Unit]], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Each thing with the units that it may go to: a choice only where there is one."""
    return [
        {
            "row": row,
            "title": titles.get(row.what, row.what),
            "units": units if len(units := choices.get(row.old_id, [])) > 1 else [],
        }
        for row in rows
    ]


def successors(reorganisation: Reorganisation) -> dict[int, list[Unit]]:
    choices: dict[int, list[Unit]] = {}
    operations = reorganisation.operations.exclude(kind=OperationKind.MOVE)
    for row in operations.exclude(old=None).select_related("new").order_by("pk"):
        if row.old_id and row.new:
            choices.setdefault(row.old_id, []).append(row.new)
    return choices


def targets(reorganisation: Reorganisation, request: UserRequest) -> list[Unit]:
    """Where things may be sent together: what the decision makes; if it dissolves a unit, any living body."""
    units = {unit.pk: unit for many in successors(reorganisation).values() for unit in many}
    if reorganisation.operations.filter(kind=OperationKind.DISSOLVE).exists():
        living = Unit.objects.visible_to(request.user).on(reorganisation.effective_on)
        units |= living.exclude(kind=UnitKind.BRANCH).in_bulk()
    return sorted(units.values(), key=lambda unit: unit.name_key)


def picked(request: UserRequest, rows: QuerySet[Rehoming]) -> dict[int, Unit]:
    """The picked rows (or all that the filter shows), to the one unit that was chosen."""
    unit = get_object_or_404(
        Unit.objects.visible_to(request.user), pk=whole_number(request.POST.get("home", "")) or 0
    )
    if not request.POST.get("all"):
        keys = [key for key in request.POST.getlist("row") if whole_number(key)]
        rows = rows.filter(pk__in=keys)
    found = list(rows.values_list("pk", flat=True)[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        raise BadRequest("too many")
    return dict.fromkeys(found, unit)


def chosen(request: UserRequest) -> dict[int, Unit]:
    """`home-<rehoming>` fields that name a unit."""
    keys = {
        int(name.removeprefix("home-")): whole_number(str(value))
        for name, value in request.POST.items()
        if name.startswith("home-") and name.removeprefix("home-").isdigit()
    }
    units = Unit.objects.visible_to(request.user).in_bulk({key for key in keys.values() if key})
    return {pk: units[key] for pk, key in keys.items() if key in units}
