"""What we know on a list's day: the units under its owner, to which the list's words are matched."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from config.lib.errors import Refused
from config.lib.spreadsheets.limits import NOTHING_WRITTEN
from config.lib.text import fold, spelling
from roster.models import Unit, UnitParent
from roster.sheets import values
from roster.states import UnitKind

ISSUING_KINDS = (UnitKind.PROVINCIAL, UnitKind.DISTRICT, UnitKind.COMMUNE, UnitKind.GRASSROOTS)
WRITTEN_AS = {"dang bo tinh": "tinh uy", "dang bo huyen": "huyen uy", "dang bo": "dang uy"}


@dataclass(frozen=True)
class Agency:
    """Where an official works: a unit we know, or (`unit` is None) an agency to be created under the owner."""

    name: str
    unit: Unit | None


class KnownUnits:
    """Units on a day; communes and agencies only below `owner`."""

    def __init__(self, owner: Unit, on: date) -> None:
        self.owner, self.on = owner, on

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
        """By folded name, also the owner and the committees of its communes by theirs."""
        agencies = self._below(Unit.objects.agencies().on(self.on))
        named = [(unit.name, unit) for unit in agencies]
        committees = [(unit.committee_name, unit) for unit in [*self.communes, self.owner]]
        return {fold(name): unit for name, unit in [*named, *committees]}

    def _below(self, units: Iterable[Unit]) -> list[Unit]:
        return [unit for unit in units if self._is_below(unit.pk)]

    def _is_below(self, pk: int | None) -> bool:
        while pk is not None and pk != self.owner.pk:
            pk = self.parents.get(pk)
        return pk is not None

    def commune(self, name: str) -> Unit:
        """The commune that a list calls `name`, with or without "Xã"; ValueError names the nearest ones."""
        wanted = fold(name)
        exact = [unit for unit in self.communes if fold(unit.name) == wanted]
        if not exact and bare(name) == wanted:
            exact = [unit for unit in self.communes if bare(unit.name) == wanted]
        if len(exact) == 1:
            return exact[0]
        if exact:
            raise ValueError(
                f"Có {len(exact)} đơn vị tên “{name}” ngày {self.on:%d/%m/%Y}: ghi rõ cấp trên."
            )
        raise ValueError(
            f"Không có xã, phường “{name}” ngày {self.on:%d/%m/%Y}.{self.nearest(name)}"
        )

    def nearest(self, name: str) -> str:
        """` Có phải: Xã Đồng Hướng?`, or nothing when no name is near."""
        by_name: dict[str, list[str]] = defaultdict(list)
        for unit in self.communes:
            by_name[bare(unit.name)].append(unit.name)
        near = get_close_matches(bare(name), by_name, n=3, cutoff=0.6)
        names = [full for key in near for full in by_name[key]]
        return f" Có phải: {', '.join(names)}?" if names else ""

    def agency(self, name: str | None) -> Agency:
        """The agency of that name, or one to be created; a list without agencies means the owner itself."""
        if name is None:
            return Agency(self.owner.name, self.owner)
        if unit := self.agencies.get(fold(name)):
            return Agency(name, unit)
        commune = values.commune(name) or ""
        if fold(name).startswith(("dang uy xa ", "dang uy phuong ", "dang uy thi tran ")):
            return Agency(name, self.commune(commune))
        return Agency(name, None)


def bare(name: str) -> str:
    """Folded, without the word for its kind: `Xã Đồng Hướng` → `dong huong`."""
    full = values.unit_words(name)
    for word in values.PLACES:
        full = full.removeprefix(f"{word} ")
    return fold(full)


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

    def named(self, parent: Unit, name: str) -> Unit | None:
        """The branch of that name, letter by letter."""
        return self.spelled.get((parent.pk, spelling(name)))

    def alike(self, parent: Unit, name: str) -> list[Unit]:
        """Branches whose names differ from it only in diacritics."""
        return self.folded.get((parent.pk, fold(name)), [])

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
    """The unit in whose name a list was issued, from the lines above its title: the last that we know."""
    by_name: dict[str, list[Unit]] = defaultdict(list)
    for unit in Unit.objects.filter(kind__in=ISSUING_KINDS).on(on):
        by_name[fold(unit.committee_name)].append(unit)
    found = [units for line in issuers if (units := by_name.get(official_name(line)))]
    return found[-1][0] if found and len(found[-1]) == 1 else None


def official_name(line: str) -> str:
    folded = fold(line)
    for written, meant in WRITTEN_AS.items():
        if folded.startswith(f"{written} "):
            return f"{meant} {folded.removeprefix(written).strip()}"
    return folded
