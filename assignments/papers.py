"""What a decision's document says, as facts that can be frozen: read from the rows once, at issue."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypedDict

from assignments import listing
from assignments.models import Assignment, Decision
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


def paper_of(decision: Decision, *, today: date) -> Paper:
    """As issued, if it was; else as it would be issued now. A handful of queries, however many lines."""
    if decision.paper:
        frozen: Paper = decision.paper
        return frozen
    return gather(decision, today=today)


def gather(decision: Decision, *, today: date) -> Paper:
    lines = listed(decision.assignments.all())
    removed = listed(Assignment.objects.filter(removals__decision=decision))
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
        "committees": kinds.count(UnitKind.COMMUNE),
        "due_days": due_days(decision.starts_on),
        "added": groups(lines, max(decision.starts_on, today)),
        "removed": groups(removed, max(decision.starts_on, today)),
    }


def listed(rows: AssignmentQuerySet) -> list[Assignment]:
    return list(rows.select_related("official__agency", "unit").order_by("unit__path", "pk"))


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


def row_of(line: Assignment, meets: Mapping[int, str]) -> Row:
    official = line.official
    is_committee = line.unit.kind == UnitKind.COMMUNE
    return {
        "name": official.full_name,
        "office": ", ".join(text for text in (official.title, official.agency.name) if text),
        "place": "Hội nghị đảng ủy mở rộng" if is_committee else line.unit.name,
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
