"""Pages of officials, and uncovering a phone."""

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config.lib.paging import count_shown, page_by_key
from config.lib.text import phone_shown
from roster import rules
from roster.actions import records
from roster.filters import OfficialFilter
from roster.forms.records import AbsenceForm, NewTermForm, OfficialForm, TermForm
from roster.http import UserRequest, forbid_if
from roster.models import Absence, Contact, OfficeTerm, Official, Unit
from roster.views.units import seen

BY_NAME = ("name_key", "pk")
BY_RANK = ("rank_or_last", "name_key", "pk")
LAST_RANK = 32_767


@require_safe
def official_list(request: UserRequest) -> HttpResponse:
    officials = Official.objects.visible_to(request.user).filter(is_active=True)
    filters = OfficialFilter(request.GET, seen=officials)
    if not filters.is_valid():
        raise BadRequest("filter")
    by_rank = request.GET.get("order") == "rank"
    rows = filters.qs.annotate(rank_or_last=Coalesce("rank", Value(LAST_RANK))).select_related(
        "agency"
    )
    facts = {
        "filters": filters,
        "by_rank": by_rank,
        "page": page_by_key(rows, BY_RANK if by_rank else BY_NAME, request.GET),
        "count": count_shown(filters.qs),
        "why_not_add": rules.why_not_add_official(request.user),
        "why_not_accounts": rules.why_not_make_accounts(request.user),
    }
    return render(request, "roster/official_list.html", facts)


@require_safe
def official_detail(request: UserRequest, pk: int) -> HttpResponse:
    people = Official.objects.visible_to(request.user).select_related(
        "agency", "own_branch", "merged_into"
    )
    official = get_object_or_404(people, pk=pk)
    is_self = official.pk == request.user.official_id
    facts = {
        "official": official,
        "is_self": is_self,
        "today": timezone.localdate(),
        "terms": official.terms.select_related("unit").order_by(
            F("ends_on").desc(nulls_first=True), "-starts_on"
        ),
        "absences": official.absences.order_by("-starts_on"),
        "why_not_edit": rules.why_not_edit_official(official, request.user),
        "why_not_note_absence": rules.why_not_note_absence(official, request.user),
        "why_not_see_phone": None
        if is_self
        else rules.why_not_see_phone(official.agency, request.user),
    }
    return render(request, "roster/official_detail.html", facts)


@require_http_methods(["GET", "POST"])
def official_add(request: UserRequest) -> HttpResponse:
    forbid_if(rules.why_not_add_official(request.user))
    form = OfficialForm(request.POST or None, by=request.user)
    if form.is_valid():
        return redirect(records.keep(form, by=request.user))
    return render(request, "roster/official_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
def official_edit(request: UserRequest, pk: int) -> HttpResponse:
    official = get_object_or_404(
        Official.objects.visible_to(request.user).select_related("agency"), pk=pk
    )
    forbid_if(rules.why_not_edit_official(official, request.user))
    form = OfficialForm(request.POST or None, instance=official, by=request.user)
    if form.is_valid():
        return redirect(records.keep(form, by=request.user, seen=seen(request)))
    if official.phone and request.method == "GET":
        records.uncover_phone(official, by=request.user)
    facts = {"official": official, "form": form, "seen": records.last_event(official)}
    return render(request, "roster/official_edit.html", facts)


@require_http_methods(["GET", "POST"])
def official_term_add(request: UserRequest, pk: int) -> HttpResponse:
    official = get_object_or_404(
        Official.objects.visible_to(request.user).select_related("agency"), pk=pk
    )
    forbid_if(rules.why_not_edit_official(official, request.user))
    form = NewTermForm(request.POST or None, by=request.user, initial={"unit": official.agency})
    if form.is_valid():
        replaces = form.cleaned_data["in_place_of_others"]
        term = form.save(commit=False)
        records.add_term(official, term, by=request.user, in_place_of_others=replaces)
        return redirect(official)
    return render(request, "roster/official_term_add.html", {"official": official, "form": form})


@require_http_methods(["GET", "POST"])
def official_term_edit(request: UserRequest, pk: int) -> HttpResponse:
    visible = OfficeTerm.objects.filter(official__in=Official.objects.visible_to(request.user))
    term = get_object_or_404(visible.select_related("official__agency"), pk=pk)
    official = term.official
    forbid_if(rules.why_not_edit_official(official, request.user))
    form = TermForm(request.POST or None, instance=term, by=request.user)
    if form.is_valid():
        records.change_term(form, by=request.user)
        messages.success(request, "Đã ghi chức vụ.")
        return redirect(official)
    return render(request, "roster/official_term_edit.html", {"official": official, "form": form})


@require_http_methods(["GET", "POST"])
def official_absence_add(request: UserRequest, pk: int) -> HttpResponse:
    official = get_object_or_404(
        Official.objects.visible_to(request.user).select_related("agency"), pk=pk
    )
    forbid_if(rules.why_not_note_absence(official, request.user))
    form = AbsenceForm(request.POST or None)
    if form.is_valid():
        records.note_absence(official, form.save(commit=False), by=request.user)
        messages.success(request, "Đã ghi thời gian vắng.")
        return redirect(official)
    return render(request, "roster/official_absence_add.html", {"official": official, "form": form})


@require_POST
def absence_drop(request: UserRequest, pk: int) -> HttpResponse:
    visible = Absence.objects.filter(official__in=Official.objects.visible_to(request.user))
    absence = get_object_or_404(visible.select_related("official__agency"), pk=pk)
    forbid_if(rules.why_not_note_absence(absence.official, request.user))
    records.drop_absence(absence, by=request.user)
    messages.success(request, "Đã bỏ thời gian vắng.")
    return redirect(absence.official)


@require_POST
def official_phone(request: UserRequest, pk: int) -> HttpResponse:
    official = get_object_or_404(
        Official.objects.visible_to(request.user).select_related("agency"), pk=pk
    )
    forbid_if(rules.why_not_see_phone(official.agency, request.user))
    return phone_answer(request, official)


@require_POST
def contact_phone(request: UserRequest, pk: int) -> HttpResponse:
    visible = Contact.objects.filter(unit__in=Unit.objects.visible_to(request.user))
    contact = get_object_or_404(visible.select_related("unit"), pk=pk)
    forbid_if(rules.why_not_see_phone(contact.unit, request.user))
    return phone_answer(request, contact)


def phone_answer(request: UserRequest, holder: Official | Contact) -> HttpResponse:
    """The number in the place of its mask; without a script, as a message on the holder's page."""
    phone = records.uncover_phone(holder, by=request.user)
    if request.htmx:
        return render(request, "_partials/phone_shown.html", {"phone": phone})
    messages.info(request, f"{holder}: {phone_shown(phone)}")
    return redirect(holder if isinstance(holder, Official) else holder.unit)
