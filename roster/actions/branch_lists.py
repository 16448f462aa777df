"""Writing a confirmed list of branches: units, their place in the tree, secretaries, fixed days. All in bulk."""

from collections.abc import Sequence
from datetime import date, time
from typing import Any, Final

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast, Concat

from roster.actions.periods import supersede
from roster.models import Contact, MeetingRule, Unit, UnitParent
from roster.sheets.branches import BranchItem
from roster.sheets.meeting_days import parse_rule
from roster.sheets.preview import Action
from roster.sheets.rows import Value as Cell
from roster.states import ContactRole, MeetingKind, UnitKind

SECRETARY: Final = frozenset({"secretary_name", "secretary_phone"})
RULE: Final = frozenset({"meeting_day", "meeting_time", "place"})


def write_branches(items: Sequence[BranchItem], on: date) -> None:
    """Create the new branches, and let what changed hold from the list's day on."""
    new = [item for item in items if item.action is Action.NEW]
    changed = [item for item in items if item.action is Action.CHANGED]
    create_branches(new)
    update_branches([item for item in changed if not item.is_older])
    write_secretaries([*new, *(item for item in changed if item.changes.keys() & SECRETARY)], on)
    write_rules([*new, *(item for item in changed if item.changes.keys() & RULE)], on)


def create_branches(items: Sequence[BranchItem]) -> None:
    """A branch lives as long as the unit it stands under: when it was founded, no list tells."""
    units = [new_branch(item) for item in items]
    Unit.objects.bulk_create(units, batch_size=1000)
    Unit.objects.filter(pk__in=[unit.pk for unit in units]).update(
        path=Concat(F("path"), Cast("pk", CharField()), Value("/"))
    )
    UnitParent.objects.bulk_create(
        [
            UnitParent(
                unit=unit, parent=item.parent, starts_on=unit.starts_on, ends_on=unit.ends_on
            )
            for unit, item in zip(units, items, strict=True)
        ],
        batch_size=1000,
    )
    for unit, item in zip(units, items, strict=True):
        item.created = unit


def new_branch(item: BranchItem) -> Unit:
    """With its parent's path for the moment: the own key is known after the insert."""
    parent = item.parent
    assert parent is not None  # noqa: S101 - a row without a parent is a problem, not new
    unit = Unit(
        kind=UnitKind.BRANCH,
        name=item.row.text("name"),
        code=item.row.codes.get("branch_code", ""),
        branch_type=item.branch_type,
        member_count=item.row.values["member_count"],
        note=item.row.text("note"),
        starts_on=parent.starts_on,
        ends_on=parent.ends_on,
        path=parent.path,
    )
    unit.fill_keys()
    return unit


def update_branches(items: Sequence[BranchItem]) -> None:
    for unit, item in pairs(items):
        if "branch_type" in item.changes:
            unit.branch_type = item.branch_type
        for name in {"name", "member_count", "note"} & item.changes.keys():
            setattr(unit, name, item.row.values[name])
        unit.fill_keys()
    Unit.objects.bulk_update(
        [unit for unit, _ in pairs(items)],
        ["name", "name_key", "search", "branch_type", "member_count", "note"],
        batch_size=500,
    )


def pairs(items: Sequence[BranchItem]) -> list[tuple[Unit, BranchItem]]:
    return [(item.kept, item) for item in items if item.kept]


def write_secretaries(items: Sequence[BranchItem], on: date) -> None:
    rows: list[tuple[Contact | None, Contact]] = []
    later: dict[int, date] = {}
    for unit, item in pairs(items):
        before, values = item.contact, item.row.values
        name = values["secretary_name"] or (before.name if before else None)
        if not name:
            continue
        phone = values["secretary_phone"] or (
            before.phone if before and before.name == name else ""
        )
        if item.next_contact_on:
            later[len(rows)] = item.next_contact_on
        now = Contact(
            unit=unit,
            role=ContactRole.SECRETARY,
            name=str(name),
            phone=str(phone),
            ends_on=unit.ends_on,
        )
        rows.append((before, now))
    supersede(rows, ["name", "phone"], on=on, unless_later=later)


def write_rules(items: Sequence[BranchItem], on: date) -> None:
    rows: list[tuple[MeetingRule | None, MeetingRule]] = []
    later: dict[int, date] = {}
    for unit, item in pairs(items):
        before, values = item.rule, item.row.values
        if before is None and not values["meeting_day"]:
            continue
        if item.next_rule_on:
            later[len(rows)] = item.next_rule_on
        now = MeetingRule(
            unit=unit, kind=MeetingKind.REGULAR, ends_on=unit.ends_on, **rule_days(values, before)
        )
        rows.append((before, now))
    supersede(rows, ["day", "weekday", "week", "time", "place"], on=on, unless_later=later)


def rule_days(values: dict[str, Cell], before: MeetingRule | None) -> dict[str, Any]:
    """The rule that the row says; where it says nothing, what held before."""
    hour, place = values["meeting_time"], values["place"]
    said = {
        "time": time.fromisoformat(str(hour)) if hour else (before.time if before else None),
        "place": str(place or (before.place if before else "")),
    }
    day = values["meeting_day"]
    if isinstance(day, int):
        return {**said, "day": day, "weekday": None, "week": None}
    if isinstance(day, str):
        return {**said, "day": None, **parse_rule(day)._asdict()}
    assert before is not None  # noqa: S101 - rows without a day change only rules that there are
    return {**said, "day": before.day, "weekday": before.weekday, "week": before.week}
