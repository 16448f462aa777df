"""The map of a plan: communes by their coordinates, seats, where somebody is missing, and one way that is looked at.

Places are numbers for SVG attributes; north is up.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from assignments.models import Proposal
from assignments.plan_grid import PlanTable
from assignments.planning.problem import Place
from roster.models import Unit

SIZE: Final = 420.0
EDGE: Final = 28.0
SHORT_NAMED: Final = 8


@dataclass(frozen=True)
class Sheet:
    """How degrees become places on the sheet."""

    west: float
    north: float
    scale: float
    squeeze: float  # a degree of longitude is so much shorter than one of latitude

    @classmethod
    def over(cls, places: list[Place]) -> "Sheet":
        lats, lons = [one.lat for one in places], [one.lon for one in places]
        squeeze = math.cos(math.radians(sum(lats) / len(lats)))
        span = max(max(lats) - min(lats), (max(lons) - min(lons)) * squeeze) or 1.0
        return cls(min(lons), max(lats), (SIZE - 2 * EDGE) / span, squeeze)

    def put(self, place: Place) -> tuple[str, str]:
        x = EDGE + (place.lon - self.west) * self.squeeze * self.scale
        return f"{x:.1f}", f"{EDGE + (self.north - place.lat) * self.scale:.1f}"


def map_of(proposal: Proposal, table: PlanTable, looked_at: Unit | None = None) -> dict[str, Any]:
    """Empty without coordinates. `looked_at`: the unit whose way is drawn."""
    communes = communes_with_places(proposal)
    if not communes:
        return {}
    short = ancestors(set(table.stops) - set(table.holders))
    seen = ancestors([looked_at.pk]) if looked_at else set()
    seats = {table.people[one].seat for one in table.loads}
    sheet = Sheet.over([place for _, place in communes])
    dots = [dot(sheet, unit, place, short, seen) for unit, place in communes]
    missing = [one["name"] for one in dots if one["is_short"]]
    return {
        "dots": dots,
        "seats": sorted(dict.fromkeys(sheet.put(seat) for seat in seats)),
        "missing": missing,
        "are_named": len(missing) <= SHORT_NAMED,
        "way": way(sheet, table, looked_at.pk) if looked_at else None,
    }


def communes_with_places(proposal: Proposal) -> list[tuple[Unit, Place]]:
    decision = proposal.decision
    below = Unit.objects.communes().on(decision.starts_on).under(decision.issuer)
    return [
        (unit, Place(unit.lat, unit.lon))
        for unit in below.order_by("pk")
        if unit.lat is not None and unit.lon is not None
    ]


def ancestors(units: Iterable[int]) -> set[int]:
    """The units and all above them."""
    found = Unit.objects.filter(pk__in=list(units)).values_list("path", flat=True)
    return {int(part) for path in found for part in path.split("/") if part}


def dot(sheet: Sheet, unit: Unit, place: Place, short: set[int], seen: set[int]) -> dict[str, Any]:
    x, y = sheet.put(place)
    return {
        "name": unit.name,
        "called": unit.name.split(" ", 1)[-1],
        "x": x,
        "y": y,
        "is_short": unit.pk in short,
        "is_seen": unit.pk in seen,
    }


def way(sheet: Sheet, table: PlanTable, unit: int) -> dict[str, Any] | None:
    """From the official's seat to the unit, as the plan sends."""
    holder = table.holders.get(unit)
    if holder is None:
        return None
    here, there = table.people[holder].seat, table.stops[unit].seat
    (x, y), (to_x, to_y) = sheet.put(here), sheet.put(there)
    return {"x": x, "y": y, "to_x": to_x, "to_y": to_y, "km": here.km(there)}
