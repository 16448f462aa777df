"""What a decision's document says, as facts that can be frozen: read from the rows once, at issue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby
from typing import NotRequired, TypedDict

from assignments import listing
from assignments.changes import Change, changes_of
from assignments.models import Assignment, Decision, IssuedPaper
from assignments.querysets import AssignmentQuerySet
from assignments.states import AttendeeRole
from roster.models import Policy, Unit
from roster.states import PolicyKey, UnitKind
from roster.templatetags.vn import fixed_day, vn_date


class Row(TypedDict):
    name: str
    office: str
    place: str
    meets: str
    role: str


class Group(TypedDict):
    commune: str
    rows: list[Row]


class ChangedRow(TypedDict):
    """One place of an amendment, old beside new."""

    place: str
    meets: str
    was: list[str]
    becomes: list[str]


class ChangedGroup(TypedDict):
    commune: str
    rows: list[ChangedRow]


class Paper(TypedDict):
    """The facts of one decision; days are ISO, lists in the order of the annex."""

    kind: str
    number: str
    dated: str
    drafted: str
    subject: str
    basis: list[str]
    starts_on: str
    ends_on: str
    issuer: dict[str, str]
    signer: dict[str, str]
    amends: str
    people: int
    branches: int
    committees: int
    due_days: int
    added: list[Group]
    removed: list[Group]
    changed: NotRequired[list[ChangedGroup]]


def paper_of(decision: Decision, *, today: date) -> Paper:
    """As issued, if it was; else as it would be issued now. A handful of queries, however many lines."""
    frozen: Paper | None = (
        IssuedPaper.objects.filter(decision=decision).values_list("facts", flat=True).first()
    )
    if frozen:
        return frozen
    return gather(decision, today=today)


def gather(decision: Decision, *, today: date, most: int | None = None) -> Paper:
    """`most` lines of each list, where only the form is looked at."""
    lines = listed(decision.assignments.all(), most)
    removed = listed(Assignment.objects.filter(removals__decision=decision), most)
    day = max(decision.starts_on, today)
    kinds = [line.unit.kind for line in {line.unit_id: line for line in lines}.values()]
    return {
        "kind": decision.kind,
        "number": decision.number,
        "dated": iso(decision.signed_on),
        "drafted": iso(decision.signed_on or today),
        "subject": decision.subject.strip(),
        "basis": [text for line in decision.basis.splitlines() if (text := line.strip(" ;.-"))],
        "starts_on": iso(decision.starts_on),
        "ends_on": iso(decision.ends_on),
        "issuer": body_facts(decision.issuer),
        "signer": {
            "authority": decision.authority,
            "office": decision.office,
            "name": decision.signer,
        },
        "amends": reference(decision.amends) if decision.amends else "",
        "people": len({line.official_id for line in lines}),
        "branches": kinds.count(UnitKind.BRANCH),
        "committees": sum(kind in UnitKind.committees() for kind in kinds),
        "due_days": due_days(decision.starts_on),
        "added": groups(lines, day),
        "removed": groups(removed, day),
        "changed": changed_groups(decision, lines, day, most) if decision.amends else [],
    }


def listed(rows: AssignmentQuerySet, most: int | None) -> list[Assignment]:
    related = rows.select_related("official__agency", "unit")
    return list(related.order_by("unit__path", "pk")[:most])


def groups(lines: Sequence[Assignment], day: date) -> list[Group]:
    """By commune, then by branch, as the annex lists them."""
    rules = listing.rules_of([line.unit for line in lines], day)
    meets = {unit: fixed_day(rule) for unit, rule in rules.items()}
    return [
        {
            "commune": group.commune.name if group.commune else "Nơi khác",
            "rows": [row_of(line.assignment, meets) for line in group.lines],
        }
        for group in listing.group_by_commune(lines, {})
    ]


def changed_groups(
    decision: Decision, lines: Sequence[Assignment], day: date, most: int | None
) -> list[ChangedGroup]:
    """What an amendment changes, by commune, then by branch."""
    related = decision.removals.select_related("assignment__official__agency", "assignment__unit")
    changes = changes_of(list(related.order_by("assignment__unit__path", "pk")[:most]), lines)
    rules = listing.rules_of([change.unit for change in changes], day)
    meets = {unit: fixed_day(rule) for unit, rule in rules.items()}
    by_commune = groupby(changes, lambda one: one.commune.name if one.commune else "Nơi khác")
    return [
        {"commune": commune, "rows": [changed_row(change, meets) for change in rows]}
        for commune, rows in by_commune
    ]


def changed_row(change: Change, meets: Mapping[int, str]) -> ChangedRow:
    return {
        "place": place_name(change.unit),
        "meets": meets.get(change.unit.pk, ""),
        "was": [person(removal.assignment) for removal in change.was],
        "becomes": [person(line) for line in change.becomes],
    }


def person(line: Assignment) -> str:
    """ "Vũ Văn An, Chuyên viên, Sở Nội vụ"."""
    beside = "dự cùng" if line.role == AttendeeRole.SECOND else ""
    return ", ".join(text for text in (line.official.full_name, office_of(line), beside) if text)


def office_of(line: Assignment) -> str:
    return ", ".join(text for text in (line.official.title, line.official.agency.name) if text)


def place_name(unit: Unit) -> str:
    if unit.kind == UnitKind.COMMUNE:
        return "Hội nghị đảng ủy mở rộng"
    return f"{unit.name} (hội nghị mở rộng)" if unit.kind == UnitKind.GRASSROOTS else unit.name


def row_of(line: Assignment, meets: Mapping[int, str]) -> Row:
    return {
        "name": line.official.full_name,
        "office": office_of(line),
        "place": place_name(line.unit),
        "meets": meets.get(line.unit_id, ""),
        "role": AttendeeRole(line.role).label,
    }


def body_facts(issuer: Unit) -> dict[str, str]:
    """Name, kind, and the committee above in today's tree."""
    committees = Unit.objects.filter(
        pk__in=issuer.ancestor_ids, kind__in=[UnitKind.PROVINCIAL, UnitKind.DISTRICT]
    )
    above = committees.order_by("-path").first()
    return {
        "kind": issuer.kind,
        "name": issuer.name,
        "called": issuer.committee_name,
        "above": above.name if above else "",
    }


def reference(decision: Decision) -> str:
    """ "Quyết định số 87-QĐ/TU, ngày 20/12/2025"."""
    return (
        f"{decision}, ngày {vn_date(decision.signed_on)}" if decision.signed_on else str(decision)
    )


def due_days(day: date) -> int:
    """How many days after the meeting the report is due, for the text of the second article."""
    rule = Policy.objects.on(day).filter(key=PolicyKey.REPORT_DUE_DAYS).first()
    return rule.value if rule else 0


def iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def row_count(found: Iterable[Group]) -> int:
    return sum(len(group["rows"]) for group in found)
