"""What a record said before, for those who keep it."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from roster import rules
from roster.history import history_of
from roster.http import UserRequest, forbid_if
from roster.models import Official, Unit


@require_safe
def official_history(request: UserRequest, pk: int) -> HttpResponse:
    people = Official.objects.visible_to(request.user).select_related("agency")
    official = get_object_or_404(people, pk=pk)
    forbid_if(rules.why_not_edit_official(official, request.user))
    facts = {"record": official, "steps": history_of(official)}
    return render(request, "roster/official_history.html", facts)


@require_safe
def unit_history(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_edit_unit(unit, request.user))
    facts = {"record": unit, "steps": history_of(unit)}
    return render(request, "roster/unit_history.html", facts)


patterns = [
    path("roster/officials/<int:pk>/history/", official_history, name="official_history"),
    path("roster/units/<int:pk>/history/", unit_history, name="unit_history"),
]
