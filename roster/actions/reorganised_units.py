"""The units themselves in a reorganisation: which ones, their end, their beginning, who follows whom."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db import connection
from django.db.models import CharField, F, ProtectedError, Value
from django.db.models.functions import Concat

from config.lib.errors import Refused
from roster.changes import Change
from roster.models import Operation, Reorganisation, Succession, Unit, UnitParent
from roster.rehoming import carry_out, keep, put_back
from roster.states import OperationKind, SuccessionKind, UnitKind

FOLLOWS: Final = {
    OperationKind.MERGE: SuccessionKind.MERGED,
    OperationKind.SPLIT: SuccessionKind.SPLIT,
    OperationKind.SPLIT_MAIN: SuccessionKind.SPLIT_MAIN,
    OperationKind.RENAME: SuccessionKind.RENAMED,
}
# A district goes when every commune that it had on the eve goes.
EMPTIED: Final = """
SELECT p.parent_id FROM roster_unitparent p
JOIN roster_unit d ON d.id = p.parent_id AND d.kind = 'district' AND (d.ends_on IS NULL OR d.ends_on > %(eve)s)
JOIN roster_unit u ON u.id = p.unit_id
WHERE p.starts_on <= %(eve)s AND (p.ends_on IS NULL OR p.ends_on >= %(eve)s)
    AND u.starts_on <= %(eve)s AND (u.ends_on IS NULL OR u.ends_on >= %(eve)s)
GROUP BY p.parent_id
HAVING bool_and(EXISTS (
    SELECT FROM roster_operation o WHERE o.reorganisation_id = %(pk)s AND o.old_id = u.id AND o.kind <> 'move'
) AND NOT EXISTS (
    SELECT FROM roster_operation o WHERE o.reorganisation_id = %(pk)s AND o.old_id = u.id AND o.new_id = u.id
))
"""
DATED: Final = (
    ("roster_unit", "id"),
    ("roster_unitparent", "unit_id"),
    ("roster_meetingrule", "unit_id"),
    ("roster_contact", "unit_id"),
)
ENDING: Final = "t.{key} = ANY (%(old)s) AND t.starts_on <= %(eve)s AND (t.ends_on IS NULL OR t.ends_on > %(eve)s)"
NEVER: Final = date.min
NO_CODE: Final = "+"  # begins what stands for the code of a new unit that has none


def note_operations(reorganisation: Reorganisation, changes: Iterable[Change]) -> None:
    changes = list(changes)
    old = by_code(reorganisation.eve, {change.old_code for change in changes})
    new = by_code(reorganisation.effective_on, {change.new_code for change in changes})
    made = drafted(reorganisation)
    made |= establish(reorganisation, changes, old, new | made)
    keep_made(reorganisation, made.values())
    new |= made
    check_known(changes, old, new)
    Operation.objects.bulk_create(
        Operation(
            reorganisation=reorganisation,
            kind=change.kind,
            old=old.get(change.old_code) if change.old_code else None,
            new=new.get(change.new_code) if change.new_code else None,
            new_code=change.new_code if change.new_code in made else "",
        )
        for change in changes
    )
    note_emptied_districts(reorganisation)


def by_code(day: date, codes: set[str]) -> dict[str, Unit]:
    """Communes before other kinds: districts and provinces have their own series of codes. `#17`: by its key."""
    living = Unit.objects.on(day)
    keys = [int(code[1:]) for code in codes if code.startswith("#") and code[1:].isdecimal()]
    ranked = sorted(
        living.filter(code__in=codes - {""}), key=lambda unit: unit.kind == UnitKind.COMMUNE
    )
    by_key = {f"#{pk}": unit for pk, unit in living.in_bulk(keys).items()}
    return {unit.code: unit for unit in ranked} | by_key


def check_known(changes: list[Change], old: dict[str, Unit], new: dict[str, Unit]) -> None:
    lost = sorted({c.old_code for c in changes if c.old_code} - old.keys())
    if lost:
        raise Refused(f"Không có đơn vị cũ mang mã {', '.join(lost)} vào ngày trước khi sắp xếp.")
    unnamed = sorted({c.new_code for c in changes if c.new_code} - new.keys())
    if unnamed:
        raise Refused(
            f"Chưa có đơn vị mới mang mã {', '.join(unnamed)}: thêm cột new_name (và parent_code)."
        )


def establish(
    reorganisation: Reorganisation,
    changes: list[Change],
    old: dict[str, Unit],
    living: dict[str, Unit],
) -> dict[str, Unit]:
    """Units that the list names anew: there from now on, but not before their first day."""
    named = {c.new_code: c for c in changes if c.new_name and is_new(c, old, living)}
    parents = by_code(reorganisation.effective_on, {c.parent_code for c in named.values()})
    made = {}
    for code, change in named.items():
        model = old.get(change.old_code)
        parent = parents.get(change.parent_code) or parent_of(model, reorganisation)
        unit = new_unit(change.new_name, model, reorganisation.effective_on)
        unit.save()
        unit.path = f"{parent.path}{unit.pk}/"
        unit.save(update_fields=["path"])
        UnitParent.objects.create(unit=unit, parent=parent, starts_on=unit.starts_on)
        made[code] = unit
    return made


def keep_made(reorganisation: Reorganisation, units: Iterable[Unit]) -> None:
    """Which units are there only because of this reorganisation."""
    reorganisation.facts = {**reorganisation.facts, "made": [unit.pk for unit in units]}
    reorganisation.save(update_fields=["facts"])


def new_unit(name: str, model: Unit | None, starts_on: date) -> Unit:
    """Of the kind, and at the place, of the unit that becomes it."""
    if model is None:
        return Unit(kind=UnitKind.COMMUNE, name=name, starts_on=starts_on)
    same = ("kind", "branch_type", "lat", "lon")
    return Unit(name=name, starts_on=starts_on, **{key: getattr(model, key) for key in same})


def drafted(reorganisation: Reorganisation) -> dict[str, Unit]:
    """By code: the units that this draft establishes."""
    made = reorganisation.operations.filter(new__in=reorganisation.facts.get("made", ()))
    rows = made.exclude(new_code="").select_related("new")
    return {row.new_code: row.new for row in rows if row.new}


def count_members(reorganisation: Reorganisation) -> None:
    """Of a unit into which whole units go: their members together, where all are known."""
    parts: dict[int, list[Operation]] = {}
    made = reorganisation.operations.filter(new__in=reorganisation.facts.get("made", ()))
    for row in made.select_related("old"):
        parts.setdefault(row.new_id or 0, []).append(row)
    for unit, rows in parts.items():
        counts = [row.old.member_count if row.old else None for row in rows]
        if None not in counts and not any(row.kind in OperationKind.splits() for row in rows):
            Unit.objects.filter(pk=unit).update(member_count=sum(filter(None, counts)))


def is_new(change: Change, old: dict[str, Unit], living: dict[str, Unit]) -> bool:
    """Not there yet on the day, or there only as the old unit that bears the code until the eve."""
    there = living.get(change.new_code)
    bearers = (old.get(change.new_code), old.get(change.old_code))
    return there is None or (there in bearers and there.name != change.new_name)


def parent_of(unit: Unit | None, reorganisation: Reorganisation) -> Unit:
    row = unit and unit.parents.on(reorganisation.eve).select_related("parent").first()
    if not row:
        raise Refused("Đơn vị mới chưa rõ cấp trên: thêm cột parent_code.")
    return row.parent


def note_emptied_districts(reorganisation: Reorganisation) -> None:
    with connection.cursor() as cursor:
        cursor.execute(EMPTIED, {"pk": reorganisation.pk, "eve": reorganisation.eve})
        districts = [row[0] for row in cursor.fetchall()]
    named = reorganisation.operations.filter(old__in=districts).values_list("old", flat=True)
    Operation.objects.bulk_create(
        Operation(reorganisation=reorganisation, kind=OperationKind.DISSOLVE, old_id=pk)
        for pk in set(districts) - set(named)
    )


def successors_by_code(reorganisation: Reorganisation) -> dict[str, Unit]:
    operations = reorganisation.operations.exclude(new=None).select_related("new")
    units = [(row.new_code or row.new.code, row.new) for row in operations if row.new]
    return dict(units) | {f"#{unit.pk}": unit for _, unit in units}


def ending(reorganisation: Reorganisation) -> set[int]:
    """Old units that do not live on as themselves."""
    rows = reorganisation.operations.exclude(old=None).exclude(kind=OperationKind.MOVE)
    pairs = set(rows.values_list("old", "new"))
    return {old for old, _ in pairs} - {old for old, new in pairs if old == new}


def end_old_and_begin_new(reorganisation: Reorganisation) -> None:
    """Units, and what is dated on them, hold until the eve; the new ones get their codes."""
    old = sorted(ending(reorganisation))
    for table, key in DATED:
        rows = ENDING.format(key=key)
        end = f"UPDATE {table} t SET ends_on = %(eve)s WHERE {rows}"  # noqa: S608 our own names, no input
        carry_out(reorganisation, [keep(table, rows, "ends_on"), end], old=old)
    coded = reorganisation.operations.exclude(new_code="").exclude(new_code__startswith=NO_CODE)
    for pk, code in coded.values_list("new__pk", "new_code"):
        Unit.objects.filter(pk=pk, code="").update(code=code)
    count_members(reorganisation)
    note_successions(reorganisation)


def note_successions(reorganisation: Reorganisation) -> None:
    known = set(Succession.objects.values_list("old", "new"))
    pairs = reorganisation.operations.filter(kind__in=FOLLOWS).values_list(
        "old__pk", "new__pk", "kind"
    )
    Succession.objects.bulk_create(
        Succession(
            reorganisation=reorganisation,
            old_id=old,
            new_id=new,
            kind=FOLLOWS[OperationKind(kind)],
        )
        for old, new, kind in pairs
        if old != new and (old, new) not in known
    )


def begin_old_again(reorganisation: Reorganisation) -> None:
    """The codes go back first: one day, one unit. What was kept is needed no longer."""
    never_began(reorganisation)
    carry_out(reorganisation, [put_back(table, "ends_on") for table, _ in DATED])
    Succession.objects.filter(reorganisation=reorganisation).delete()
    reorganisation.kept_rows.all().delete()


def never_began(reorganisation: Reorganisation) -> None:
    """A unit that the run established stays as a row for the record, on a day before every list and in no tree."""
    units = Unit.objects.filter(pk__in=reorganisation.facts.get("made", ()))
    UnitParent.objects.filter(unit__in=units).delete()
    units.update(
        code="", path=Concat(Value("/0/"), F("pk"), Value("/"), output_field=CharField()),
        starts_on=NEVER, ends_on=NEVER,
    )  # fmt: skip


def forget_unit(reorganisation: Reorganisation, unit: Unit | None) -> None:
    """A unit that only the draft named goes with the last operation that names it."""
    made = reorganisation.facts.get("made", [])
    if unit is None or unit.pk not in made or reorganisation.operations.filter(new=unit).exists():
        return
    reorganisation.rehomings.filter(new=unit).delete()
    try:
        unit.delete()
    except ProtectedError as error:
        raise Refused(f"{unit} của dự thảo đã được dùng ở nơi khác, chưa bỏ được.") from error
    keep_made(reorganisation, Unit.objects.filter(pk__in=made))
