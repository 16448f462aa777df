"""What we know on a list's day: the units under its owner, to which the list's words are matched."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from config.lib.errors import Refused
from config.lib.spreadsheets.limits import NOTHING_WRITTEN
from config.lib.text import fold, spelling
from roster.models import Unit, UnitParent
from roster.sheets import values
from roster.states import UnitKind

NEAR: Final = 0.6
AS_NEAR: Final = 0.15
VERY_NEAR: Final = 0.75
BEGINS_SO: Final = 0.99  # "Chi bộ xóm 1" of "Chi bộ xóm 1 (xã Như Hòa cũ)"
NUMBERS: Final = re.compile(r"\d+|\b[ivx]+\b")
MOST_OFFERED: Final = 3
ISSUING_KINDS: Final = (
    UnitKind.PROVINCIAL,
    UnitKind.DISTRICT,
    UnitKind.COMMUNE,
    UnitKind.GRASSROOTS,
)
ABBREVIATED: Final = {
    "ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "ubmttq": "uy ban mat tran to quoc", "mttq": "mat tran to quoc",
    "tu": "tinh uy", "hu": "huyen uy", "du": "dang uy", "vp": "van phong", "btc": "ban to chuc", "ubkt": "uy ban kiem tra",
    "nn": "nong nghiep", "mt": "moi truong", "gd": "giao duc", "dt": "dao tao", "kh": "khoa hoc", "cn": "cong nghe",
    "vh": "van hoa", "tt": "the thao", "&": "va",
}  # fmt: skip
WRITTEN_AS: Final = {"dang bo tinh": "tinh uy", "dang bo huyen": "huyen uy", "dang bo": "dang uy"}


@dataclass(frozen=True)
class Agency:
    """Where an official works: a unit we know, or (`unit` is None) an agency to be created under the owner."""

    name: str
    unit: Unit | None


class KnownUnits:
    """Units on a day; communes and agencies only below `owner`."""

    def __init__(self, owner: Unit, on: date) -> None:
        self.owner, self.on = owner, on
        self.looked_up: dict[str, Agency] = {}

    @cached_property
    def parents(self) -> Mapping[int, int]:
        """unit → parent, as the tree was on the day (branches left out)."""
        rows = UnitParent.objects.on(self.on).exclude(unit__kind=UnitKind.BRANCH)
        return dict(rows.values_list("unit_id", "parent_id"))

    @cached_property
    def communes(self) -> Sequence[Unit]:
        return self._below(Unit.objects.communes().on(self.on))

    @cached_property
    def agencies(self) -> Mapping[str, Unit]:
        """By folded name: a tone left out does not make another agency."""
        units = self._below(Unit.objects.agencies().on(self.on))
        return {fold(unit.name): unit for unit in units}

    @cached_property
    def committees(self) -> Mapping[str, Unit]:
        """The owner and its communes by their committees' names, letter by letter."""
        return {spelling(unit.committee_name): unit for unit in [*self.communes, self.owner]}

    def _below(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if self._is_below(unit.pk)]

    def _is_below(self, pk: int | None) -> bool:
        while pk is not None and pk != self.owner.pk:
            pk = self.parents.get(pk)
        return pk is not None

    def commune(self, name: str) -> Unit:
        """The commune that a list calls `name`, with or without "Xã"; ValueError names the nearest ones."""
        wanted = spelling(name)
        exact = self.communes_by_name.get(wanted) or self.communes_by_bare_name.get(wanted, [])
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise ValueError(
                f"Có {len(exact)} đơn vị tên “{name}” ngày {self.on:%d/%m/%Y}: ghi rõ cấp trên."
            )
        names = [(bare(unit.name), unit.name) for unit in self.communes]
        hint = nearest(bare(name), names)
        raise ValueError(f"Không có xã, phường “{name}” ngày {self.on:%d/%m/%Y}.{hint}")

    def commune_with_code(self, code: str) -> Unit:
        """The commune that had this code on the list's day: codes are reused."""
        found = [unit for unit in self.communes if same_code(unit.code, code)]
        if len(found) != 1:
            raise ValueError(f"Không có xã, phường mang mã “{code}” ngày {self.on:%d/%m/%Y}.")
        return found[0]

    @cached_property
    def communes_by_name(self) -> Mapping[str, list[Unit]]:
        return grouped((spelling(unit.name), unit) for unit in self.communes)

    @cached_property
    def communes_by_bare_name(self) -> Mapping[str, list[Unit]]:
        return grouped((spelling(bare(unit.name)), unit) for unit in self.communes)

    def agency_named(self, name: str) -> Agency:
        """The same, looked up once for all rows that name it."""
        if name not in self.looked_up:
            self.looked_up[name] = self.agency(name or None)
        return self.looked_up[name]

    def agency(self, name: str | None) -> Agency:
        """The agency of that name, or one to be created; a list without agencies means the owner itself."""
        if name is None:
            return Agency(self.owner.name, self.owner)
        if unit := self.committees.get(spelling(name)) or self.agencies.get(fold(name)):
            return Agency(name, unit)
        commune = values.commune(name) or ""
        if fold(name).startswith(("dang uy xa ", "dang uy phuong ", "dang uy thi tran ")):
            return Agency(name, self.commune(commune))
        return Agency(name, None)

    def agencies_near(self, name: str) -> list[Unit]:
        """Agencies that may be meant by a name we do not know: much alike once abbreviations are written out."""
        matcher = SequenceMatcher(b=written_out(name), autojunk=False)
        rated = [
            (likeness(matcher, words, VERY_NEAR), unit) for words, unit in self.agencies_in_full
        ]
        near = sorted((row for row in rated if row[0] >= VERY_NEAR), key=lambda row: -row[0])
        return [unit for _, unit in near[:MOST_OFFERED]]

    @cached_property
    def agencies_in_full(self) -> Sequence[tuple[str, Unit]]:
        return [(written_out(words), unit) for words, unit in self.agencies.items()]


def written_out(name: str) -> str:
    words = re.findall(r"[\w&]+", fold(name))
    return " ".join(ABBREVIATED.get(word, word) for word in words)


def same_code(one: str, other: str) -> bool:
    """Spreadsheets drop the zeros in front."""
    return bool(one) and one.lstrip("0").casefold() == other.lstrip("0").casefold()


def bare(name: str) -> str:
    """Without the word for its kind: `Xã Đồng Hướng` → `Đồng Hướng`."""
    full = values.unit_words(name)
    for word in values.PLACES:
        full = full.removeprefix(f"{word} ")
    return full


def grouped(pairs: Iterable[tuple[str, Unit]]) -> Mapping[str, list[Unit]]:
    groups: dict[str, list[Unit]] = defaultdict(list)
    for name, unit in pairs:
        groups[name].append(unit)
    return dict(groups)


def nearest(wanted: str, names: Iterable[tuple[str, str]]) -> str:
    """` Có phải: Xã Đồng Hướng?`: of (name, as shown) the up to three nearest, or nothing when none is near."""
    matcher = SequenceMatcher(b=fold(wanted), autojunk=False)
    rated = [
        (
            BEGINS_SO
            if fold(name).startswith(f"{fold(wanted)} ")
            else likeness(matcher, fold(name)),
            shown,
        )
        for name, shown in names
    ]
    best = max((ratio for ratio, _ in rated), default=0.0)
    near = sorted((row for row in rated if row[0] >= max(NEAR, best - AS_NEAR)), reverse=True)
    return f" Có phải: {', '.join(shown for _, shown in near[:MOST_OFFERED])}?" if near else ""


def likeness(matcher: SequenceMatcher[str], name: str, least: float = NEAR) -> float:
    """0 for names that are plainly too far, which is quick to see."""
    matcher.set_seq1(name)
    if matcher.real_quick_ratio() < least or matcher.quick_ratio() < least:
        return 0.0
    return matcher.ratio()


class KnownBranches:
    """The branches of some units on a day, by parent and name."""

    def __init__(self, parents: Iterable[Unit], on: date) -> None:
        rows = UnitParent.objects.on(on).filter(
            parent__in={unit.pk for unit in parents}, unit__kind=UnitKind.BRANCH
        )
        self.spelled: dict[tuple[int, str], Unit] = {}
        self.folded: dict[tuple[int, str], list[Unit]] = defaultdict(list)
        for row in rows.select_related("unit").order_by("unit__name_key", "unit_id"):
            self.spelled.setdefault((row.parent_id, spelling(row.unit.name)), row.unit)
            self.folded[row.parent_id, fold(row.unit.name)].append(row.unit)

    def coded(self, parent: Unit, code: str) -> Unit | None:
        """The branch that has this code on the list's day."""
        units = (unit for (pk, _), unit in self.spelled.items() if pk == parent.pk)
        return next((unit for unit in units if same_code(unit.code, code)), None)

    def named(self, parent: Unit, name: str) -> Unit | None:
        """The branch of that name, letter by letter."""
        return self.spelled.get((parent.pk, spelling(name)))

    def alike(self, parent: Unit, name: str) -> list[Unit]:
        """Branches whose names differ from it only in diacritics."""
        return self.folded.get((parent.pk, fold(name)), [])

    def near(self, parent: Unit, name: str) -> list[Unit]:
        """Branches that may be meant by the name: much alike, with the same numbers in it."""
        wanted = fold(name)
        matcher = SequenceMatcher(b=wanted, autojunk=False)
        rated = [
            (likeness(matcher, words, VERY_NEAR), unit)
            for (pk, words), units in self.folded.items()
            if pk == parent.pk and NUMBERS.findall(words) == NUMBERS.findall(wanted)
            for unit in units
        ]
        near = sorted((row for row in rated if row[0] >= VERY_NEAR), key=lambda row: -row[0])
        return [unit for _, unit in near[:MOST_OFFERED]]

    def names(self, parent: Unit) -> list[str]:
        return [
            unit.name for (pk, _), units in self.folded.items() if pk == parent.pk for unit in units
        ]


def unit_with_code(code: str, on: date) -> Unit:
    """The unit that has this code on the day: codes are reused."""
    found = list(Unit.objects.filter(code=code).on(on).exclude(kind=UnitKind.BRANCH)[:2])
    if len(found) != 1:
        raise Refused(f"Không có đơn vị mang mã “{code}” ngày {on:%d/%m/%Y}; {NOTHING_WRITTEN}")
    return found[0]


def issuing_unit(issuers: Sequence[str], on: date) -> Unit | None:
    """The unit in whose name a list was issued, from the lines above its title: the last that we know.

    Refused when that unit was not there on the day: the list is of another day.
    """
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(kind__in=ISSUING_KINDS):
        by_name[fold(unit.committee_name)].append(unit)
    found = next(
        (units for line in reversed(issuers) if (units := by_name.get(official_name(line)))), []
    )
    then = [unit for unit in found if unit.is_on(on)]
    if found and not then:
        raise Refused(not_there(found[0], on))
    return then[0] if len(then) == 1 else None


def not_there(unit: Unit, on: date) -> str:
    return f"{unit.committee_name} không có vào ngày {on:%d/%m/%Y}: ghi ngày của danh sách; {NOTHING_WRITTEN}"


def official_name(line: str) -> str:
    folded = fold(line)
    for written, meant in WRITTEN_AS.items():
        if folded.startswith(f"{written} "):
            return f"{meant} {folded.removeprefix(written).strip()}"
    return folded
