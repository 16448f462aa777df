"""Who goes where: for the desk, for one branch, and for oneself."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from assignments import listing, rules
from assignments.actions import decisions as actions
from assignments.filters import PeopleFilter, PlaceFilter
from assignments.forms import EndForm
from assignments.models import Assignment, Decision, Substitution
from assignments.states import DecisionStatus, SubstitutionStatus
from config.lib.paging import count_shown, page_by_key
from roster.filters import units_asked
from roster.http import UserRequest, forbid_if
from roster.models import Official, Unit
from roster.states import UnitKind, Units


@require_safe
def assignment_list(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_see_all(request.user))
    day = day_asked(request)
    usual, most = rules.usual_and_most(day)
    by_people = request.GET.get("by") == "people"
    facts = {
        "day": day,
        "today": timezone.localdate(),
        "by": "people" if by_people else request.GET.get("kind", UnitKind.BRANCH),
        "usual": usual,
        "most": most,
        "figures": listing.figures(request.user, day, usual),
        "waiting": Substitution.objects.visible_to(request.user)
        .waiting(timezone.localdate())
        .count(),
        **(people_facts(request, day, usual) if by_people else place_facts(request, day)),
    }
    return render(request, "assignments/assignment_list.html", facts)


def day_asked(request: UserRequest) -> date:
    """The day of `?day=`, as typed or as in an address; today without one."""
    try:
        day: date | None = forms.DateField(required=False).clean(request.GET.get("day"))
    except ValidationError:
        raise BadRequest("day") from None
    return day or timezone.localdate()


def place_facts(request: UserRequest, day: date) -> dict[str, Any]:
    kind = request.GET.get("kind", UnitKind.BRANCH)
    if kind not in {UnitKind.BRANCH, UnitKind.COMMUNE}:
        raise BadRequest("kind")
    units, today = units_asked(request.GET), timezone.localdate()
    is_then = units == Units.THEN
    communes = Unit.objects.visible_to(request.user).on(day if is_then else today).communes()
    filters = PlaceFilter(
        request.GET,
        listing.places(request.user, day, kind, units),
        communes=communes.order_by("name_key"),
        decisions=Decision.objects.visible_to(request.user).issued().overlapping(day, day),
        on=day if is_then else None,
    )
    if not filters.is_valid():
        raise BadRequest("filter")
    page = page_by_key(filters.qs, ("commune_key", "name_key", "pk"), request.GET)
    return {
        "filters": filters,
        "page": page,
        "count": count_shown(filters.qs),
        "rows": listing.list_places(page.rows, day, units),
        "units": units,
        "why_not_assign": rules.why_not_draft(request.user),
    }


def people_facts(request: UserRequest, day: date, usual: int) -> dict[str, Any]:
    officials = listing.people(request.user, day).select_related("agency")
    filters = PeopleFilter(request.GET, officials, usual=usual)
    if not filters.is_valid():
        raise BadRequest("filter")
    page = page_by_key(filters.qs, ("name_key", "pk"), request.GET)
    return {
        "filters": filters,
        "page": page,
        "count": count_shown(filters.qs),
        "rows": listing.list_loads(page.rows, day),
    }


@require_safe
def assignment_mine(request: UserRequest) -> HttpResponse:
    """Where the signed-in official goes; for whoever is no attendee the page says so."""
    today = timezone.localdate()
    own = Assignment.objects.filter(official=request.user.official_id, in_force=True)
    rows = list(own.overlapping(today, None).for_list())
    places = listing.list_places([row.unit for row in rows], today)
    asked = Substitution.objects.for_list().overlapping(today, None)
    facts = {
        "today": today,
        "places": [
            {"assignment": row, "unit": place.unit, "commune": place.commune, "rule": place.rule}
            for row, place in zip(rows, places, strict=True)
        ],
        "asked": asked.open().filter(assignment__in=rows),
        "offers": asked.filter(
            status=SubstitutionStatus.OFFERED, substitute=request.user.official_id
        ),
        "standing_in": asked.accepted().filter(substitute=request.user.official_id),
    }
    return render(request, "assignments/assignment_mine.html", facts)


@require_safe
def unit_attendees(request: UserRequest, pk: int) -> HttpResponse:
    """Who goes to one branch or committee: now, and before. For htmx the list alone, as a part of the branch's page."""
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    rows = Assignment.objects.filter(unit=unit).exclude(
        decision__status__in=DecisionStatus.before_issue()
    )
    history = rows.for_list().select_related("decision__issuer").order_by("-starts_on", "pk")
    facts = {
        "unit": unit,
        "today": today,
        "place": listing.list_places([unit], today)[0],
        "history": history,
        "why_not_assign": rules.why_not_draft(request.user),
        "may_answer": rules.why_not_decide(unit, request.user) is None,
        "endable": {
            row.pk
            for row in history
            if rules.why_not_end_assignment(row, request.user, today) is None
        },
    }
    if request.htmx:
        return render(request, "assignments/_attendees.html", facts)
    return render(request, "assignments/unit_attendees.html", facts)


@require_safe
def official_assignments(request: UserRequest, pk: int) -> HttpResponse:
    """Where one official goes: now, and before, as far as the user sees those places. For htmx the list alone."""
    official = get_object_or_404(Official.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    rows = Assignment.objects.visible_to(request.user).filter(official=official)
    told = rows.exclude(decision__status__in=DecisionStatus.before_issue()).select_related(
        "unit", "decision"
    )
    running = list(told.in_force(today).for_list())
    facts = {
        "official": official,
        "today": today,
        "places": list(
            zip(running, listing.list_places([row.unit for row in running], today), strict=True)
        ),
        "before": told.exclude(pk__in=[row.pk for row in running]).order_by("-starts_on", "pk"),
        "most": official.capacity,
    }
    if request.htmx:
        return render(request, "assignments/_official_places.html", facts)
    return render(request, "assignments/official_assignments.html", facts)


@require_http_methods(["GET", "POST"])
def assignment_end(request: UserRequest, pk: int) -> HttpResponse:
    visible = Assignment.objects.visible_to(request.user).filter(in_force=True)
    related = visible.select_related("official__agency", "unit", "decision__issuer")
    assignment = get_object_or_404(related, pk=pk)
    forbid_if(rules.why_not_decide(assignment.decision.issuer, request.user))
    form = EndForm(request.POST or None, initial={"ended_on": timezone.localdate()})
    if form.is_valid():
        actions.end_assignment(assignment, by=request.user, **form.cleaned_data)
        messages.success(
            request, f"Đã kết thúc phân công đồng chí {assignment.official} tại {assignment.unit}."
        )
        return redirect("assignments:unit_attendees", assignment.unit_id)
    return render(
        request, "assignments/assignment_end.html", {"assignment": assignment, "form": form}
    )
