"""A plan as one looks through it: a row for each place, how far it is, how laden who goes, what changes against now."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import TextChoices

from assignments import listing
from assignments.models import Proposal
from assignments.plan_rows import pairs, stop, traveller
from roster.models import Official, Unit


class Shown(TextChoices):
    """Which places of a plan."""

    CHANGED = "changed", "Đổi người"
    NEW = "new", "Mới có người"
    KEPT = "kept", "Giữ người đang dự"
    UNCOVERED = "uncovered", "Chưa có người"
    PINNED = "pinned", "Đã ghim"
    MOVED = "moved", "Khác phương án trước"


BADGES = {
    Shown.CHANGED: ("Đổi người", "wait"),
    Shown.NEW: ("Mới", "new"),
    Shown.KEPT: ("Giữ", ""),
    Shown.UNCOVERED: ("Chưa có người", "late"),
}


@dataclass(frozen=True)
class PlanRow:
    """One place: who is to go, who goes `now`, `km` from the seat, `load` places of `capacity`."""

    place: listing.Place
    day: int
    official: Official | None
    now: Official | None
    km: float
    load: int
    capacity: int
    state: tuple[str, str]
    is_pinned: bool


class PlanTable:
    """A kept plan by its keys, before any name is read."""

    def __init__(self, proposal: Proposal) -> None:
        self.stops = {row[0]: stop(row) for row in proposal.rows["units"]}
        self.people = {row[0]: traveller(row) for row in proposal.rows["officials"]}
        self.holders: dict[int, int] = {unit: official for official, unit in proposal.pairs}
        self.loads = Counter(self.holders.values())
        self.pinned = {unit for _, unit in pairs(proposal.pins)}
        self.moved = {unit for _, unit in pairs(proposal.facts.get("moved") or [])}

    def change(self, unit: int) -> Shown:
        holder, now = self.holders.get(unit), self.stops[unit].holder
        if holder is None:
            return Shown.UNCOVERED
        if now is None:
            return Shown.NEW
        return Shown.KEPT if holder == now else Shown.CHANGED

    def units_shown(self, choice: Shown) -> set[int]:
        kept = {Shown.PINNED: self.pinned, Shown.MOVED: self.moved}
        if choice in kept:
            return kept[choice]
        return {unit for unit in self.stops if self.change(unit) == choice}

    def units_on(self, day: int) -> set[int]:
        return {unit for unit, one in self.stops.items() if one.slot == day}

    def rows(self, units: Sequence[Unit]) -> list[PlanRow]:
        """Three queries, however many units."""
        named = {self.holders.get(unit.pk) for unit in units} | {
            self.stops[unit.pk].holder for unit in units
        }
        people = Official.objects.select_related("agency").in_bulk(named - {None})
        communes = listing.communes_of(units)
        return [
            self._row(listing.Place(unit, communes.get(unit.pk), None, ()), people)
            for unit in units
        ]

    def _row(self, place: listing.Place, people: dict[int, Official]) -> PlanRow:
        unit = place.unit.pk
        one, holder = self.stops[unit], self.holders.get(unit, 0)
        sent = self.people.get(holder)
        return PlanRow(
            place=place,
            day=one.slot,
            official=people.get(holder),
            now=people.get(one.holder or 0),
            km=sent.seat.km(one.seat) if sent else 0.0,
            load=self.loads[holder],
            capacity=sent.capacity if sent else 0,
            state=BADGES[self.change(unit)],
            is_pinned=unit in self.pinned,
        )
