"""What an amendment changes, place by place: who goes until the day before, and who from its first day on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from assignments import listing
from assignments.models import Assignment, Removal
from roster.models import Unit


@dataclass
class Change:
    """One place: the lines that end there, and those that begin."""

    unit: Unit
    commune: Unit | None
    was: list[Removal] = field(default_factory=list)
    becomes: list[Assignment] = field(default_factory=list)

    @property
    def state(self) -> tuple[str, str]:
        """What happens, in words and shape."""
        if self.was and self.becomes:
            return "Thay người", "wait"
        return ("Thôi dự", "late") if self.was else ("Thêm", "info")


def changes_of(removals: Iterable[Removal], lines: Iterable[Assignment]) -> list[Change]:
    """By commune, then by name. The rows need unit and official loaded. One query."""
    ending, beginning = defaultdict(list), defaultdict(list)
    units: dict[int, Unit] = {}
    for removal in removals:
        ending[removal.assignment.unit_id].append(removal)
        units[removal.assignment.unit_id] = removal.assignment.unit
    for line in lines:
        beginning[line.unit_id].append(line)
        units[line.unit_id] = line.unit
    communes = listing.communes_of(list(units.values()))
    found = [
        Change(unit, communes.get(pk), ending[pk], beginning[pk]) for pk, unit in units.items()
    ]
    return sorted(found, key=place_of)


def place_of(change: Change) -> tuple[str, str, int]:
    commune = change.commune.name_key if change.commune else ""
    return commune, change.unit.name_key, change.unit.pk
