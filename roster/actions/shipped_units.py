"""The shipped lists of units (roster/data/admin-units) as units with their history.

What the lists do not tell is not claimed: Kim Sơn is known from the beginning of the records,
the rest of the three provinces only as it was in the first half of 2025, then today's communes.
"""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final

from django.db import transaction

from roster import audit
from roster.models import Reorganisation, Succession, Unit, UnitParent, User
from roster.states import SuccessionKind, UnitKind

DATA: Final = Path(__file__).resolve().parent.parent / "data" / "admin-units"
RECORDS_BEGIN: Final = date(2020, 1, 1)
FIRST_CHANGE: Final = date(2025, 1, 1)
SECOND_CHANGE: Final = date(2025, 7, 1)
BEFORE_FIRST: Final = FIRST_CHANGE - timedelta(days=1)
BEFORE_SECOND: Final = SECOND_CHANGE - timedelta(days=1)
NINH_BINH: Final = "37"

CHANGES: Final = {
    "merged": SuccessionKind.MERGED,
    "divided": SuccessionKind.SPLIT,
    "divided_main": SuccessionKind.SPLIT_MAIN,
    "renamed_or_kept": SuccessionKind.RENAMED,
}
COMMITTEES: Final = {
    "Tỉnh": "Tỉnh ủy",
    "Huyện": "Huyện ủy",
    "Thành phố": "Thành ủy",
    "Thị xã": "Thị ủy",
}

Key = tuple[str, str, date]


@dataclass(frozen=True)
class ShippedUnit:
    """A unit as the lists tell it; `under` is the key of its parent, `seen_under` of whom it is seen today."""

    kind: UnitKind
    code: str
    name: str
    starts_on: date
    ends_on: date | None = None
    under: Key | None = None
    seen_under: Key | None = None
    place: dict[str, float] = field(default_factory=dict)

    @property
    def key(self) -> Key:
        return self.kind, self.code, self.starts_on


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def committee(name: str) -> str:
    """`Huyện Kim Sơn` → `Huyện ủy Kim Sơn`."""
    kind = next(kind for kind in COMMITTEES if name.startswith(f"{kind} "))
    return f"{COMMITTEES[kind]} {name.removeprefix(kind).strip()}"


def shipped_units() -> list[ShippedUnit]:
    """All units, parents before children."""
    before, kim_son = rows_of("communes_before_2025.csv"), rows_of("communes_kim_son_2021.csv")
    return [
        *provinces(before),
        *districts(before, kim_son),
        *old_communes(before, kim_son),
        *todays_communes(),
    ]


def province_key(code: str) -> Key:
    return UnitKind.PROVINCIAL, code, RECORDS_BEGIN


def provinces(before: Sequence[dict[str, str]]) -> Iterable[ShippedUnit]:
    """Ninh Bình lives on across 2025; Hà Nam and Nam Định ended in it, and are seen by it."""
    names = {row["province_code"]: row["province"] for row in before}
    for code in sorted(names, key=lambda code: code != NINH_BINH):
        lives = code == NINH_BINH
        yield ShippedUnit(
            UnitKind.PROVINCIAL,
            code,
            committee(names[code]),
            RECORDS_BEGIN,
            None if lives else BEFORE_SECOND,
            seen_under=None if lives else province_key(NINH_BINH),
        )


def districts(
    before: Sequence[dict[str, str]], kim_son: Sequence[dict[str, str]]
) -> Iterable[ShippedUnit]:
    known_early = {row["district_code"] for row in kim_son}
    for row in {row["district_code"]: row for row in before}.values():
        begin = RECORDS_BEGIN if row["district_code"] in known_early else FIRST_CHANGE
        yield ShippedUnit(
            UnitKind.DISTRICT,
            row["district_code"],
            committee(row["district"]),
            begin,
            BEFORE_SECOND,
            under=province_key(row["province_code"]),
        )


def old_communes(
    before: Sequence[dict[str, str]], kim_son: Sequence[dict[str, str]]
) -> Iterable[ShippedUnit]:
    early = {row["code"] for row in kim_son}
    districts_early = {row["district_code"] for row in kim_son}
    still_there = {row["code"] for row in before}
    for row in [*before, *(row for row in kim_son if row["code"] not in still_there)]:
        begin = RECORDS_BEGIN if row["district_code"] in districts_early else FIRST_CHANGE
        yield ShippedUnit(
            UnitKind.COMMUNE,
            row["code"],
            row["name"],
            RECORDS_BEGIN if row["code"] in early else FIRST_CHANGE,
            BEFORE_SECOND if row["code"] in still_there else BEFORE_FIRST,
            under=(UnitKind.DISTRICT, row["district_code"], begin),
            place=place_of(row),
        )


def todays_communes() -> Iterable[ShippedUnit]:
    for row in rows_of("communes_2025.csv"):
        yield ShippedUnit(
            UnitKind.COMMUNE,
            row["code"],
            row["name"],
            SECOND_CHANGE,
            under=province_key(NINH_BINH),
            place=place_of(row),
        )


def place_of(row: dict[str, str]) -> dict[str, float]:
    return {name: float(row[name]) for name in ("lat", "lon") if row.get(name)}


@transaction.atomic
def load_shipped_units(*, by: User | None = None) -> int:
    """Write what is not yet there and return the number of new units; a second run changes nothing."""
    units = shipped_units()
    ids = unit_ids()
    new = [unit for unit in units if unit.key not in ids]
    for level in (UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.COMMUNE):
        write_units([unit for unit in new if unit.kind == level], ids)
    write_parents([unit for unit in new if unit.under], ids)
    write_changes("commune_changes_2025_01.csv", FIRST_CHANGE, RECORDS_BEGIN)
    write_changes("commune_changes_2025_07.csv", SECOND_CHANGE, SECOND_CHANGE)
    write_province_merger(ids)
    if new:
        root = Unit.objects.get(pk=ids[province_key(NINH_BINH)][0])
        audit.record("units_loaded", root, by=by, units=len(new))
    return len(new)


def unit_ids() -> dict[Key, tuple[int, str]]:
    """Primary key and path of each unit that has a code, by kind, code and first day."""
    rows = Unit.objects.exclude(code="").values_list("kind", "code", "starts_on", "pk", "path")
    return {(kind, code, starts_on): (pk, path) for kind, code, starts_on, pk, path in rows}


def write_units(shipped: Sequence[ShippedUnit], ids: dict[Key, tuple[int, str]]) -> None:
    above = {unit.key: unit.under or unit.seen_under for unit in shipped}
    rows = []
    for unit in sorted(shipped, key=lambda unit: above[unit.key] is not None):
        row = Unit(
            kind=unit.kind,
            code=unit.code,
            name=unit.name,
            starts_on=unit.starts_on,
            ends_on=unit.ends_on,
            **unit.place,
        )
        row.fill_keys()
        rows.append(row)
    Unit.objects.bulk_create(rows)
    for row in rows:
        key = (row.kind, row.code, row.starts_on)
        over = above[key]
        row.path = f"{ids[over][1] if over else '/'}{row.pk}/"
        ids[key] = (row.pk, row.path)
    Unit.objects.bulk_update(rows, ["path"], batch_size=500)


def write_parents(shipped: Iterable[ShippedUnit], ids: dict[Key, tuple[int, str]]) -> None:
    UnitParent.objects.bulk_create(
        UnitParent(
            unit_id=ids[unit.key][0],
            parent_id=ids[unit.under][0],
            starts_on=unit.starts_on,
            ends_on=unit.ends_on,
        )
        for unit in shipped
        if unit.under
    )


def write_changes(name: str, effective_on: date, new_since: date) -> None:
    """Old communes end the day before; the new ones began on that day, or (merged into) lived before."""
    eve = effective_on - timedelta(days=1)
    communes = Unit.objects.communes()
    old = dict(communes.filter(ends_on=eve).values_list("code", "pk"))
    new = dict(communes.filter(starts_on=new_since).on(effective_on).values_list("code", "pk"))
    reorganisation, _ = Reorganisation.objects.get_or_create(
        decision=f"Sắp xếp đơn vị hành chính cấp xã, {effective_on:%d/%m/%Y}",
        effective_on=effective_on,
    )
    Succession.objects.bulk_create(
        (
            Succession(
                reorganisation=reorganisation,
                old_id=old[row["old_code"]],
                new_id=new[row["new_code"]],
                kind=CHANGES[row["change"]],
            )
            for row in rows_of(name)
        ),
        ignore_conflicts=True,
    )


def write_province_merger(ids: dict[Key, tuple[int, str]]) -> None:
    reorganisation, _ = Reorganisation.objects.get_or_create(
        decision=f"Hợp nhất tỉnh Ninh Bình, Hà Nam, Nam Định, {SECOND_CHANGE:%d/%m/%Y}",
        effective_on=SECOND_CHANGE,
    )
    ended = Unit.objects.filter(kind=UnitKind.PROVINCIAL, ends_on=BEFORE_SECOND)
    Succession.objects.bulk_create(
        (
            Succession(
                reorganisation=reorganisation,
                old_id=old,
                new_id=ids[province_key(NINH_BINH)][0],
                kind=SuccessionKind.MERGED,
            )
            for old in ended.values_list("pk", flat=True)
        ),
        ignore_conflicts=True,
    )
