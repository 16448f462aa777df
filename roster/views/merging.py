"""Merging two records of one person: offered, previewed, done."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from config.lib.text import whole_number
from roster import merging, rules
from roster.actions.merging import merge_officials
from roster.http import UserRequest, forbid_if
from roster.models import Official

MOST_OFFERED: Final = 20


@require_http_methods(["GET", "POST"])
def official_merge(request: UserRequest, pk: int) -> HttpResponse:
    """`pk` is the record that stays; `?double=` the one that goes into it."""
    people = Official.objects.visible_to(request.user).select_related("agency")
    kept = get_object_or_404(people, pk=pk)
    forbid_if(rules.why_not_edit_official(kept, request.user))
    key = whole_number(request.POST.get("double", "") or request.GET.get("double", ""))
    double = get_object_or_404(people, pk=key) if key is not None else None
    if request.method == "POST" and double:
        merge_officials(kept, double, by=request.user)
        messages.success(request, f"Đã gộp hai hồ sơ của đồng chí {kept}.")
        return redirect(kept)
    facts = {
        "kept": kept,
        "double": double,
        "doubles": [
            (one, merging.why_alike(kept, one))
            for one in merging.doubles_of(kept).filter(pk__in=people)[:MOST_OFFERED]
        ],
        "moved": merging.preview(double) if double else [],
        "filled": merging.labels_of(merging.filled_from(kept, double)) if double else [],
        "why_not": rules.why_not_merge(kept, double, request.user) if double else None,
    }
    return render(request, "roster/official_merge.html", facts)
