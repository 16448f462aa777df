"""Pages of committees, branches and agencies."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Count, Prefetch, Sum, prefetch_related_objects
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from config.lib.paging import count_shown, page_by_key
from config.lib.text import whole_number
from roster import rules
from roster.actions import records
from roster.filters import UnitFilter
from roster.forms.records import BranchForm, ContactForm, MeetingRuleForm, UnitForm
from roster.http import UserRequest, forbid_if
from roster.models import Contact, MeetingRule, Official, Unit, UnitParent, User
from roster.states import ContactRole, MeetingKind, UnitKind

KINDS_BELOW: Final[Mapping[str, Sequence[UnitKind]]] = {
    UnitKind.PROVINCIAL: (UnitKind.COMMUNE, UnitKind.BRANCH, UnitKind.AGENCY),
    UnitKind.DISTRICT: (UnitKind.COMMUNE, UnitKind.BRANCH, UnitKind.AGENCY),
    UnitKind.COMMUNE: (UnitKind.BRANCH, UnitKind.COMMUNE),
    UnitKind.GRASSROOTS: (UnitKind.BRANCH, UnitKind.GRASSROOTS),
}
MOST_HITS: Final = 8
NO_BRANCHES: Final[Mapping[str, Any]] = {"count": 0, "members": 0}
PLURALS: Final[Mapping[str, str]] = {
    UnitKind.COMMUNE: "xã, phường",
    UnitKind.BRANCH: "chi bộ",
    UnitKind.AGENCY: "cơ quan",
    UnitKind.GRASSROOTS: "đảng ủy cơ sở",
}


@require_safe
def unit_list(request: UserRequest) -> HttpResponse:
    today = timezone.localdate()
    kinds = kinds_for(request.user)
    kind = request.GET.get("kind", kinds[0])
    if kind not in UnitKind.values:
        raise BadRequest("kind")
    units = Unit.objects.visible_to(request.user).on(today).filter(kind=kind)
    units, under = narrowed(units, request)
    filters = UnitFilter(request.GET, units, today=today)
    if not filters.is_valid():
        raise BadRequest("filter")
    page = page_by_key(filters.qs, ("name_key", "pk"), request.GET)
    facts = {
        "kind": kind,
        "tabs": [(one, UnitKind(one).label) for one in kinds],
        "plural": PLURALS.get(kind, "đơn vị"),
        "under": under,
        "filters": filters,
        "page": page,
        "count": count_shown(filters.qs),
        "lines": list_lines(page.rows, kind, today),
        "why_not_add_branch": under and rules.why_not_add_branch(under, request.user),
    }
    return render(request, "roster/unit_list.html", facts)


def kinds_for(user: User) -> Sequence[UnitKind]:
    """The tabs of a user, the nearest kind first; who has no list of units sees the own unit."""
    if user.unit is None:
        return KINDS_BELOW[UnitKind.PROVINCIAL]
    return KINDS_BELOW.get(user.unit.kind, (UnitKind(user.unit.kind),))


def narrowed(units: Any, request: UserRequest) -> tuple[Any, Unit | None]:
    """The units under the one that `?under=` names, if it does."""
    key = whole_number(request.GET.get("under", ""))
    if key is None:
        return units, None
    under = get_object_or_404(Unit.objects.visible_to(request.user), pk=key)
    return units.under(under), under


def list_lines(units: Sequence[Unit], kind: str, today: date) -> list[dict[str, Any]]:
    """Each unit with what its list says beside the name."""
    if kind == UnitKind.BRANCH:
        show_today(units, today)
        return with_parents(units)
    branches = branches_below(units, today)
    officials = officials_in(units)
    return [
        {
            "unit": unit,
            "branches": branches.get(unit.pk, NO_BRANCHES),
            "officials": officials.get(unit.pk, 0),
        }
        for unit in units
    ]


def with_parents(units: Sequence[Unit]) -> list[dict[str, Any]]:
    """Each unit with the one directly above it in today's tree."""
    parents = Unit.objects.in_bulk({pk for unit in units for pk in unit.ancestor_ids[-1:]})
    return [
        {"unit": unit, "parent": next((parents.get(pk) for pk in unit.ancestor_ids[-1:]), None)}
        for unit in units
    ]


def show_today(units: Sequence[Unit], today: date) -> None:
    """Give each unit its `rules_today` and `contacts_today`."""
    prefetch_related_objects(
        units,
        Prefetch(
            "meeting_rules", MeetingRule.objects.on(today).order_by("kind"), to_attr="rules_today"
        ),
        Prefetch(
            "contacts", Contact.objects.on(today).order_by("-role", "pk"), to_attr="contacts_today"
        ),
    )


def branches_below(units: Collection[Unit], today: date) -> dict[int, Mapping[str, Any]]:
    """How many branches, with how many members, are directly under each unit."""
    rows = UnitParent.objects.on(today).filter(parent__in=units, unit__kind=UnitKind.BRANCH)
    counted = rows.values("parent").annotate(count=Count("pk"), members=Sum("unit__member_count"))
    return {row["parent"]: row for row in counted}


def officials_in(units: Collection[Unit]) -> dict[int, int]:
    rows = Official.objects.filter(agency__in=units, is_active=True).order_by()
    return dict(rows.values_list("agency").annotate(Count("pk")))


@require_safe
def branch_pick(request: UserRequest) -> HttpResponse:
    """The first branches that match, as choices of the picker in a form."""
    words = request.GET.get("q", "").strip()
    found = (
        Unit.objects.visible_to(request.user).on(timezone.localdate()).branches().matching(words)
    )
    hits = list(found.for_list()[:MOST_HITS]) if words else []
    return render(
        request, "roster/_branch_picks.html", {"lines": with_parents(hits), "words": words}
    )


@require_safe
def unit_detail(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    show_today([unit], today)
    facts = {
        "unit": unit,
        "today": today,
        "above": above(unit),
        "branches": branches_below([unit], today).get(unit.pk),
        "officials": officials_in([unit]).get(unit.pk, 0),
        "rules": unit.meeting_rules.order_by("kind", "-starts_on"),
        "contacts": unit.contacts.order_by("-starts_on", "pk"),
        "parents": unit.parents.select_related("parent").order_by("-starts_on"),
        "became": unit.successors.select_related("new", "reorganisation").order_by("pk"),
        "came_from": unit.predecessors.select_related("old", "reorganisation").order_by("pk"),
        "why_not_edit": rules.why_not_edit_unit(unit, request.user),
        "why_not_add_branch": rules.why_not_add_branch(unit, request.user),
        "why_not_see_phone": rules.why_not_see_phone(unit, request.user),
    }
    return render(request, "roster/unit_detail.html", facts)


def above(unit: Unit) -> list[Unit]:
    """The committees over the unit, from the top down."""
    found = Unit.objects.in_bulk(unit.ancestor_ids)
    return [found[pk] for pk in unit.ancestor_ids if pk in found]


@require_http_methods(["GET", "POST"])
def unit_edit(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_edit_unit(unit, request.user))
    form = UnitForm(request.POST or None, instance=unit)
    if form.is_valid():
        records.keep(form, by=request.user, seen=seen(request))
        return redirect(unit)
    facts = {"unit": unit, "form": form, "seen": records.last_event(unit)}
    return render(request, "roster/unit_edit.html", facts)


@require_http_methods(["GET", "POST"])
def branch_add(request: UserRequest, pk: int) -> HttpResponse:
    parent = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_add_branch(parent, request.user))
    form = BranchForm(
        request.POST or None,
        instance=Unit(kind=UnitKind.BRANCH),
        initial={"starts_on": timezone.localdate()},
    )
    if form.is_valid():
        branch = records.add_branch(parent, form.save(commit=False), by=request.user)
        return redirect(branch)
    return render(request, "roster/branch_add.html", {"unit": parent, "form": form})


@require_http_methods(["GET", "POST"])
def unit_meeting_rule(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_edit_unit(unit, request.user))
    today = timezone.localdate()
    kind = kind_asked(request, unit)
    now = unit.meeting_rules.on(today).filter(kind=kind).first()
    form = MeetingRuleForm(
        request.POST or None,
        instance=MeetingRule(unit=unit, kind=kind),
        initial=as_initial(now, today),
    )
    if form.is_valid():
        said = records.change_meeting_rule(unit, kind=kind, by=request.user, **form.cleaned_data)
        for sentence in said:
            messages.warning(request, sentence)
        return redirect(unit)
    facts = {"unit": unit, "form": form, "now": now, "kind": kind}
    return render(request, "roster/unit_meeting_rule.html", facts)


def kind_asked(request: UserRequest, unit: Unit) -> MeetingKind:
    """A branch has a rule for every month and, with `?kind=thematic`, one for each quarter."""
    if unit.kind != UnitKind.BRANCH:
        return MeetingKind.ENLARGED
    if request.GET.get("kind") == MeetingKind.THEMATIC:
        return MeetingKind.THEMATIC
    return MeetingKind.REGULAR


def as_initial(rule: MeetingRule | None, today: date) -> dict[str, Any]:
    """A changed rule begins today with what holds now."""
    names = ("quarter_month", "day", "week", "weekday", "time", "place")
    return {"starts_on": today} | ({name: getattr(rule, name) for name in names} if rule else {})


@require_http_methods(["GET", "POST"])
def unit_contact(request: UserRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(Unit.objects.visible_to(request.user), pk=pk)
    forbid_if(rules.why_not_edit_unit(unit, request.user))
    role = ContactRole.SECRETARY if unit.kind == UnitKind.BRANCH else ContactRole.OFFICE
    today = timezone.localdate()
    now = unit.contacts.on(today).filter(role=role).first()
    form = ContactForm(
        request.POST or None, instance=Contact(unit=unit, role=role), initial={"starts_on": today}
    )
    if form.is_valid():
        records.set_contact(unit, role=role, by=request.user, **form.cleaned_data)
        return redirect(unit)
    return render(
        request, "roster/unit_contact.html", {"unit": unit, "form": form, "now": now, "role": role}
    )


def seen(request: UserRequest) -> int | None:
    """The last event that the page knew, from its hidden field."""
    return whole_number(request.POST.get("seen", ""))
