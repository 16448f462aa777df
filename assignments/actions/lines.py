"""The list of a draft, changed row by row or many rows at once; every act can be taken back, the last one first."""

from collections.abc import Callable, Collection, Mapping
from typing import Any, TypedDict

from django.db import IntegrityError, transaction

from assignments import rules
from assignments.models import Assignment, Decision, LineChange
from assignments.states import AttendeeRole
from config.lib.errors import Conflict, Refused, refuse_if
from roster import audit
from roster.models import Official, Unit, User

STALE = "Danh sách đã đổi từ lúc ấy, nên không hoàn tác được việc này."


class Kept(TypedDict):
    """A line as it was, to be put back."""

    unit: int
    official: int
    role: str


@transaction.atomic
def add_assignment(
    decision: Decision,
    *,
    official: Official,
    unit: Unit,
    role: AttendeeRole = AttendeeRole.MAIN,
    by: User,
) -> Assignment:
    """One more line of a draft; it comes into force with the decision."""
    refuse_if(rules.why_not_edit(decision, by))
    loads = Assignment.objects.load_of(official, decision).count()
    refuse_if(rules.why_not_add(decision, official, unit, loads))
    line = new_line(decision, unit.pk, official.pk, role)

    def write() -> None:
        try:
            with transaction.atomic():
                line.save()
        except IntegrityError:
            raise Refused(f"Danh sách đã có đồng chí {official} ở {unit.committee_name}.") from None

    keep_change(decision, [unit.pk], write, f"thêm đồng chí {official} ở {unit}", by=by)
    audit.record("line_added", decision, by=by, official=official.pk, unit=unit.pk, role=role)
    return line


@transaction.atomic
def remove_assignment(line: Assignment, *, by: User) -> None:
    """Take a line out of a draft."""
    refuse_if(rules.why_not_edit(line.decision, by))
    audit.record("line_removed", line.decision, by=by, official=line.official_id, unit=line.unit_id)
    sentence = f"bỏ đồng chí {line.official} ở {line.unit}"
    keep_change(line.decision, [line.unit_id], line.delete, sentence, by=by)


@transaction.atomic
def assign_units(
    decision: Decision, official: Official, units: Collection[Unit], *, by: User
) -> None:
    """`official` is the main attendee of all these units in the list, in place of whoever stood there; all or none."""
    refuse_if(rules.why_not_edit(decision, by))
    refuse_if(next(iter(rules.why_not_assign(decision, official, units).values()), None))
    sentence = f"giao {len(units)} nơi cho đồng chí {official}"
    set_main(decision, {unit.pk: official.pk for unit in units}, sentence, by=by)


@transaction.atomic
def swap_units(decision: Decision, one: Unit, other: Unit, *, by: User) -> None:
    """The main attendees of two units change places; where one of them has nobody, it is a move."""
    refuse_if(rules.why_not_edit(decision, by))
    refuse_if(next(iter(rules.why_not_swap(decision, one, other).values()), None))
    main = decision.assignments.main().filter(unit__in=[one, other])
    there = dict(main.values_list("unit", "official"))
    wanted = {one.pk: there.get(other.pk), other.pk: there.get(one.pk)}
    set_main(decision, wanted, f"đổi người giữa {one} và {other}", by=by)


@transaction.atomic
def clear_units(decision: Decision, units: Collection[Unit], *, by: User) -> None:
    """Nobody stands in the list for these units any more."""
    refuse_if(rules.why_not_edit(decision, by))
    sentence = f"bỏ người ở {len(units)} nơi"
    set_main(decision, {unit.pk: None for unit in units}, sentence, by=by)


@transaction.atomic
def undo_change(decision: Decision, *, by: User) -> str:
    """Take the last change of the list back; returns what it was. Conflict when its lines have changed since."""
    refuse_if(rules.why_not_edit(decision, by))
    last = decision.line_changes.select_for_update(of=("self",)).order_by("-pk").first()
    if last is None:
        raise Refused("Không còn việc nào để hoàn tác.")
    touched: set[int] = {kept["unit"] for kept in [*last.before, *last.after]}
    if lines_at(decision, touched) != last.after:
        raise Conflict(STALE)
    decision.assignments.filter(unit__in=touched).delete()
    Assignment.objects.bulk_create(
        new_line(decision, kept["unit"], kept["official"], kept["role"]) for kept in last.before
    )
    audit.record("list_change_undone", decision, by=by, what=last.sentence)
    last.delete()
    return last.sentence


def set_main(
    decision: Decision, wanted: Mapping[int, int | None], sentence: str, *, by: User
) -> None:
    """Write the main attendee of each unit (None: nobody) in two statements, and keep what was there."""
    new = [
        new_line(decision, unit, official, AttendeeRole.MAIN)
        for unit, official in wanted.items()
        if official
    ]

    def write() -> None:
        decision.assignments.main().filter(unit__in=wanted).delete()
        try:
            with transaction.atomic():
                Assignment.objects.bulk_create(new)
        except IntegrityError:
            raise Refused("Đồng chí ấy đã có trong danh sách ở nơi này (dự cùng).") from None

    keep_change(decision, wanted, write, sentence, by=by)
    audit.record("list_changed", decision, by=by, what=sentence, units=list(wanted))


def keep_change(
    decision: Decision,
    units: Collection[int],
    write: Callable[[], Any],
    sentence: str,
    *,
    by: User,
) -> None:
    """Do `write`, and remember the lines of these units before and after."""
    before = lines_at(decision, units)
    write()
    after = lines_at(decision, units)
    if before != after:
        LineChange.objects.create(
            decision=decision, by=by, sentence=sentence[:200], before=before, after=after
        )


def lines_at(decision: Decision, units: Collection[int]) -> list[Kept]:
    rows = Assignment.objects.filter(decision=decision, unit__in=list(units))
    rows = rows.order_by("unit", "role", "official")
    return [
        {"unit": unit, "official": official, "role": role}
        for unit, official, role in rows.values_list("unit", "official", "role")
    ]


def new_line(decision: Decision, unit: int, official: int, role: str) -> Assignment:
    return Assignment(
        decision=decision,
        unit_id=unit,
        official_id=official,
        role=role,
        starts_on=decision.starts_on,
        ends_on=decision.ends_on,
    )
