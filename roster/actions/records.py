"""Keeping the roster: each change audited, a stale tab refused, periods closed and opened."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.db import transaction
from django.db.models import Model
from django.forms import ModelForm
from django.utils import timezone
from django.utils.module_loading import import_string

from config.lib.errors import Conflict, refuse_if
from roster import audit, rules
from roster.actions.periods import supersede
from roster.models import (
    Absence,
    Contact,
    Event,
    MeetingRule,
    OfficeTerm,
    Official,
    Unit,
    UnitParent,
    User,
)
from roster.models.dated import Period
from roster.querysets import DatedQuerySet
from roster.states import ContactRole, MeetingKind, UnitKind

M = TypeVar("M", bound=Model)
P = TypeVar("P", bound=Period)


@transaction.atomic
def keep(form: "ModelForm[M]", *, by: User, seen: int | None = None) -> M:
    """Save a valid form and say in the audit which fields it changed.

    `seen` is the last event of the object that the page knew; if somebody has changed the
    object since, the tab is stale: Conflict, and nothing is written.
    """
    is_new = form.instance.pk is None
    if seen is not None and not is_new:
        refuse_stale(form.instance, seen)
    kept = form.save()
    audit.record("created" if is_new else "changed", kept, by=by, fields=form.changed_data)
    return kept


@transaction.atomic
def keep_own_contact(form: "ModelForm[User]", *, by: User) -> None:
    """One's own address and number, in the account and in the roster: messages go to what the roster says."""
    account = keep(form, by=by)
    changed = [name for name in ("email", "phone") if name in form.changed_data]
    official = account.official
    if official is None or not changed:
        return
    for name in changed:
        setattr(official, name, getattr(account, name))
    official.save(update_fields=changed)
    audit.record("changed", official, by=by, fields=changed)


def refuse_stale(target: Model, seen: int) -> None:
    """Conflict if an event about `target` is newer than `seen`; its row is locked until the end."""
    kept = type(target)._default_manager.select_for_update().get(pk=target.pk)
    later = (
        Event.objects.about(target).filter(pk__gt=seen, verb="changed").select_related("by").last()
    )
    if later:
        who = f"Đồng chí {later.by}" if later.by else "Hệ thống"
        raise Conflict(f"{who} vừa sửa “{kept}”. Mở lại trang để xem bản mới, rồi sửa tiếp.")


def last_event(target: Model) -> int:
    """What a page has seen of `target`: give it back to `keep`."""
    if target.pk is None:
        return 0
    return Event.objects.about(target).values_list("pk", flat=True).last() or 0


@transaction.atomic
def add_branch(parent: Unit, branch: Unit, *, by: User) -> Unit:
    """Put a new branch under its committee from its first day on."""
    refuse_if(rules.why_not_add_branch(parent, by))
    branch.kind = UnitKind.BRANCH
    branch.save()
    branch.path = f"{parent.path}{branch.pk}/"
    branch.save(update_fields=["path"])
    UnitParent.objects.create(
        unit=branch, parent=parent, starts_on=branch.starts_on, ends_on=branch.ends_on
    )
    audit.record("created", branch, by=by, parent=parent.pk)
    return branch


@transaction.atomic
def set_meeting_rule(
    unit: Unit, *, kind: MeetingKind, starts_on: date, by: User, **when: Any
) -> MeetingRule:
    """Let `unit` meet as `when` says (day or weekday and week, time, place) from `starts_on` on."""
    refuse_if(rules.why_not_edit_unit(unit, by))
    rule = MeetingRule(unit=unit, kind=kind, **when)
    take_place_of(unit.meeting_rules.filter(kind=kind), rule, list(when), on=starts_on)
    audit.record("meeting_rule_set", unit, by=by, starts_on=starts_on, rule=str(rule))
    return rule


@transaction.atomic
def change_meeting_rule(unit: Unit, *, kind: MeetingKind, by: User, **rule: Any) -> list[str]:
    """`set_meeting_rule`, and at once what the rooms above make of it; their sentences are for `by` (a clash)."""
    set_meeting_rule(unit, kind=kind, by=by, **rule)
    effects = [import_string(path) for path in settings.RULE_EFFECTS]
    return [sentence for effect in effects for sentence in effect(unit, kind, by=by)]


@transaction.atomic
def set_contact(unit: Unit, *, role: ContactRole, starts_on: date, by: User, **who: Any) -> Contact:
    """Let `who` (name, phone, email) be the unit's secretary or office from `starts_on` on."""
    refuse_if(rules.why_not_edit_unit(unit, by))
    contact = Contact(unit=unit, role=role, **who)
    take_place_of(unit.contacts.filter(role=role), contact, list(who), on=starts_on)
    audit.record("contact_set", unit, by=by, starts_on=starts_on, role=role)
    return contact


def take_place_of(rows: "DatedQuerySet[P]", new: P, fields: Sequence[str], *, on: date) -> None:
    """Let `new` hold from `on` until the next row that is already noted."""
    later = rows.filter(starts_on__gt=on).order_by("starts_on").first()
    until = {0: later.starts_on} if later else {}
    supersede([(rows.on(on).first(), new)], fields, on=on, unless_later=until)


@transaction.atomic
def add_term(
    official: Official, term: OfficeTerm, *, by: User, in_place_of_others: bool = False
) -> OfficeTerm:
    """Note an office of the official; the newest one becomes the title shown in lists.

    `in_place_of_others`: offices held until then end on the day before.
    """
    refuse_if(rules.why_not_edit_official(official, by))
    if in_place_of_others:
        held = official.terms.on(term.starts_on).filter(starts_on__lt=term.starts_on)
        held.update(ends_on=term.starts_on - timedelta(days=1))
    term.official = official
    term.save()
    show_newest(official)
    audit.record("term_added", official, by=by, office=term.office, starts_on=term.starts_on)
    return term


@transaction.atomic
def change_term(form: "ModelForm[OfficeTerm]", *, by: User) -> OfficeTerm:
    """Correct an office, or say when it ended."""
    official = form.instance.official
    refuse_if(rules.why_not_edit_official(official, by))
    term = form.save()
    show_newest(official)
    audit.record(
        "term_changed",
        official,
        by=by,
        office=term.office,
        ends_on=term.ends_on,
        fields=form.changed_data,
    )
    return term


def show_newest(official: Official) -> None:
    """Lists show the office that began last of those still held; the last one where none is."""
    held = official.terms.overlapping(timezone.localdate(), None)
    if newest := held.order_by("-starts_on", "-pk").first():
        official.title, official.agency = newest.office, newest.unit
        official.save(update_fields=["title", "agency", "search", "name_key"])


@transaction.atomic
def note_absence(official: Official, absence: Absence, *, by: User) -> Absence:
    """Note days on which the official cannot attend."""
    refuse_if(rules.why_not_note_absence(official, by))
    absence.official = official
    absence.save()
    audit.record(
        "absence_noted",
        official,
        by=by,
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
        reason=absence.reason,
    )
    return absence


@transaction.atomic
def drop_absence(absence: Absence, *, by: User) -> None:
    """Take back an absence that was noted by mistake or will not come about."""
    refuse_if(rules.why_not_note_absence(absence.official, by))
    audit.record(
        "absence_dropped",
        absence.official,
        by=by,
        starts_on=absence.starts_on,
        ends_on=absence.ends_on,
    )
    absence.delete()


def uncover_phone(holder: Official | Contact, *, by: User) -> str:
    """The whole number, noted in the audit: who saw whose, and when."""
    unit = holder.agency if isinstance(holder, Official) else holder.unit
    own = isinstance(holder, Official) and holder.pk == by.official_id
    refuse_if(None if own else rules.why_not_see_phone(unit, by))
    audit.record("phone_shown", holder, by=by)
    return holder.phone
