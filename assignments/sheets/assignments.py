"""A list of assignments beside the officials, branches and decisions we know on its day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from assignments.conflicts import clash, do_clash
from assignments.models import Assignment, Decision
from assignments.states import AttendeeRole, DecisionKind, DecisionStatus
from config.lib.text import fold, spelling
from roster.models import Official, Unit
from roster.sheets.known import KnownBranches, KnownUnits, nearest
from roster.sheets.preview import Item, complain_of_twins
from roster.sheets.rosters import Roster
from roster.sheets.titles import TitledDecision
from roster.states import UnitKind

MOST_SUGGESTIONS: Final = 20


@dataclass(slots=True)
class AssignmentItem(Item[Assignment]):
    """A row of the list: who is sent, to which branch or commune committee, in which role."""

    parent: Unit | None = None
    official: Official | None = None
    unit: Unit | None = None
    role: AttendeeRole = AttendeeRole.MAIN


def compare_assignments(
    roster: Roster, known: KnownUnits, decision: Decision
) -> list[AssignmentItem]:
    """`decision` may be one that is not saved yet."""
    items = [AssignmentItem(row) for row in roster.rows]
    find_units(items, known)
    find_officials(items, known.owner)
    complain_of_twins(items, twin_key, "full_name")
    give_roles(items)
    if decision.pk:
        match(items, decision)
    complain_of_clashes(items, decision)
    return items


def twin_key(item: AssignmentItem) -> tuple[int, int] | None:
    return (item.official.pk, item.unit.pk) if item.official and item.unit else None


def find_units(items: Sequence[AssignmentItem], known: KnownUnits) -> None:
    for item in items:
        try:
            item.parent = parent_of(item, known)
        except ValueError as problem:
            item.row.complain("commune", str(problem))
    branches = KnownBranches(
        {item.parent.pk: item.parent for item in items if item.parent}.values(), known.on
    )
    for item in items:
        if item.parent:
            find_unit(item, item.parent, branches, known.on)


def parent_of(item: AssignmentItem, known: KnownUnits) -> Unit:
    name, code = item.row.text("commune"), item.row.codes.get("commune_code")
    if code:
        return known.commune_with_code(code)
    if name:
        return known.commune(name)
    if known.owner.kind in {UnitKind.COMMUNE, UnitKind.GRASSROOTS} and item.row.values["branch"]:
        return known.owner
    raise ValueError("Thiếu tên xã, phường.")


def find_unit(item: AssignmentItem, parent: Unit, branches: KnownBranches, on: date) -> None:
    """The branch that the row names, or for an enlarged meeting the commune's committee."""
    row, name = item.row, item.row.text("branch")
    if parent.kind == UnitKind.COMMUNE:
        row.values["commune"] = parent.name
    if not name:
        item.unit = parent
        return
    item.unit = branches.named(parent, name)
    if item.unit:
        row.values["branch"] = item.unit.name
        return
    hint = nearest(name, [(known, known) for known in branches.names(parent)])
    row.complain("branch", f"Không có “{name}” ở {parent.name} ngày {on:%d/%m/%Y}.{hint}")


def find_officials(items: Sequence[AssignmentItem], owner: Unit) -> None:
    people = people_named(items, owner)
    unknown = []
    for item in items:
        name = item.row.text("full_name")
        if not name:
            continue
        found = people.get(spelling(name), [])
        if found:
            item.official = the_one(item, found)
        else:
            unknown.append(item)
    suggest_names(unknown, owner)


def people_named(items: Iterable[AssignmentItem], owner: Unit) -> Mapping[str, list[Official]]:
    names = {fold(item.row.text("full_name")) for item in items}
    rows = Official.objects.filter(
        search__in=names, agency__path__startswith=owner.path, is_active=True
    )
    people: dict[str, list[Official]] = defaultdict(list)
    for official in rows.select_related("agency").order_by("pk"):
        people[spelling(official.full_name)].append(official)
    return people


def the_one(item: AssignmentItem, found: Sequence[Official]) -> Official | None:
    """Of several people of one name the one whose office the row names; otherwise a problem, never a guess."""
    name, words = item.row.text("full_name"), fold(item.row.text("title"))
    fitting = [one for one in found if fits(one, words)]
    if len(fitting) == 1:
        return fitting[0]
    offices = "; ".join(f"{one.title}, {one.agency.committee_name}" for one in found[:4])
    if len(found) == 1:
        item.row.complain(
            "full_name", f"Đồng chí {name} trong danh bạ là {offices}. Xem lại có đúng người không."
        )
    else:
        item.row.complain(
            "full_name",
            f"Có {len(found)} đồng chí tên {name} ({offices}): ghi rõ đơn vị công tác.",
        )
    return None


def fits(official: Official, words: str) -> bool:
    """Whether the row's office could be this person's; a row that names none fits everybody."""
    title = fold(official.title)
    agency = {fold(official.agency.name), fold(official.agency.committee_name)}
    return not words or any(name in words for name in agency) or (bool(title) and words == title)


def suggest_names(unknown: Sequence[AssignmentItem], owner: Unit) -> None:
    """People who are not in the roster, with the nearest names that are."""
    names: list[tuple[str, str]] = []
    if unknown:
        rows = Official.objects.filter(agency__path__startswith=owner.path)
        names = list(rows.values_list("search", "full_name").distinct())
    for count, item in enumerate(unknown):
        name = item.row.text("full_name")
        hint = nearest(name, names) if count < MOST_SUGGESTIONS else ""
        hint = hint or " Nhập danh sách cán bộ trước."
        item.row.complain("full_name", f"Chưa có đồng chí {name} trong danh bạ.{hint}")


def give_roles(items: Sequence[AssignmentItem]) -> None:
    """The first official of a unit attends as the main one, others beside."""
    seen: set[int] = set()
    for item in items:
        if item.unit and not item.row.problems:
            item.role = AttendeeRole.SECOND if item.unit.pk in seen else AttendeeRole.MAIN
            seen.add(item.unit.pk)


def match(items: Sequence[AssignmentItem], decision: Decision) -> None:
    """Rows that the decision has already."""
    known = {(row.official_id, row.unit_id): row for row in decision.assignments.all()}
    main = {row.unit_id for row in known.values() if row.role == AttendeeRole.MAIN}
    for item in items:
        key = twin_key(item)
        item.target = known.get(key) if key else None
        if item.target is None and item.unit and item.unit.pk in main:
            item.role = AttendeeRole.SECOND


def complain_of_clashes(items: Sequence[AssignmentItem], decision: Decision) -> None:
    """Somebody else goes there already, by another decision."""
    new = [item for item in items if item.target is None and item.unit and item.official]
    units = {item.unit.pk for item in new if item.unit}
    rows = Assignment.objects.filter(in_force=True, unit__in=units).exclude(decision=decision.pk)
    by_unit: dict[int, list[Assignment]] = defaultdict(list)
    for row in rows.select_related("official", "unit", "decision"):
        by_unit[row.unit_id].append(row)
    for item in new:
        line = line_of(item, decision)
        for other in by_unit.get(line.unit_id, ()):
            if do_clash(line, other):
                item.row.complain(
                    "branch" if item.row.values["branch"] else "commune", f"{clash(line, other)}"
                )


def line_of(item: AssignmentItem, decision: Decision) -> Assignment:
    """The assignment that the row would become; it ends with its unit."""
    assert item.unit is not None  # noqa: S101 - a row without a unit is a problem
    last = min((day for day in (decision.ends_on, item.unit.ends_on) if day), default=None)
    return Assignment(
        decision=decision,
        official=item.official,
        unit=item.unit,
        role=item.role,
        starts_on=decision.starts_on,
        ends_on=last,
    )


def decision_of(titled: TitledDecision, issuer: Unit, subject: str, on: date) -> Decision:
    """The decision that the list belongs to: the recorded one, or one to be recorded."""
    signed_on = titled.signed_on or on
    recorded = Decision.objects.filter(
        issuer=issuer, number=titled.number, signed_on=signed_on
    ).first()
    kind = DecisionKind.LETTER if "-CV" in titled.number.upper() else DecisionKind.DECISION
    return recorded or Decision(
        kind=kind,
        number=titled.number,
        issuer=issuer,
        signed_on=signed_on,
        starts_on=signed_on,
        ends_on=issuer.ends_on,
        subject=subject[:300],
        status=DecisionStatus.ISSUED,
    )
