"""Writing the rows of a confirmed list, and keeping what that made and changed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from assignments.actions.decisions import bring_into_force
from assignments.models import Assignment
from assignments.sheets.assignments import decision_of, line_of
from roster import audit
from roster.actions.branch_lists import write_branches
from roster.actions.footprints import footprint, snapshot, with_keys
from roster.actions.official_lists import write_officials
from roster.models import Contact, MeetingRule, OfficeTerm, Official, Unit, UnitParent, User
from roster.sheets.preview import Action, Item, Preview
from roster.states import RosterKind


def write_rows(preview: Preview, *, by: User | None) -> dict[str, Any]:
    """Write what is new and changed; returns its footprint."""
    if preview.kind == RosterKind.ASSIGNMENTS:
        return write_assignments(preview, by=by)
    touched = [*preview.chosen(Action.NEW), *preview.chosen(Action.CHANGED)]
    rows = branch_rows if preview.kind == RosterKind.BRANCHES else official_rows
    before = snapshot(rows([item for item in touched if item.target]))
    made = write_books(preview, touched)
    made["roster.unitparent"] = list(
        UnitParent.objects.filter(unit__in=made["roster.unit"]).values_list("pk", flat=True)
    )
    return footprint(before, rows(touched), made)


def write_books(preview: Preview, touched: list[Item[Any]]) -> dict[str, list[int]]:
    """The keys of rows that were made and are told by no item."""
    if preview.kind == RosterKind.BRANCHES:
        write_branches(touched, preview.on)  # type: ignore[arg-type]  # a list of branches has no other items
        return {"roster.unit": []}
    number = preview.decision.number if preview.decision else ""
    return write_officials(touched, preview.owner, preview.on, number)  # type: ignore[arg-type]  # likewise


def branch_rows(items: Iterable[Item[Any]]) -> list[QuerySet[Any]]:
    pks = [item.kept.pk for item in items if item.kept]
    parts = [with_keys(model, "unit", pks) for model in (UnitParent, Contact, MeetingRule)]
    return [with_keys(Unit, "id", pks), *parts]


def official_rows(items: Iterable[Item[Any]]) -> list[QuerySet[Any]]:
    pks = [item.kept.pk for item in items if item.kept]
    return [with_keys(Official, "id", pks), with_keys(OfficeTerm, "official", pks)]


def write_assignments(preview: Preview, *, by: User | None) -> dict[str, Any]:
    """The decision, if it is not recorded yet, and its lines in force."""
    assert preview.decision is not None  # noqa: S101 - without one there is a problem
    new: list[Any] = preview.chosen(Action.NEW)
    decision = decision_of(
        preview.decision, preview.owner, preview.roster.title.subject, preview.on
    )
    made: dict[str, list[int]] = {}
    if decision._state.adding:
        decision.by = by
        decision.save()
        audit.record("recorded", decision, by=by, lines=len(new))
        made["assignments.decision"] = [decision.pk]
    lines = Assignment.objects.bulk_create(
        [line_of(item, decision) for item in new], batch_size=1000
    )
    bring_into_force(lines, by=by)
    made["assignments.assignment"] = [line.pk for line in lines]
    return footprint({}, [], made)
