"""Where places are, and how far they lie apart as the crow flies."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from roster.models import Unit

EARTH_KM: Final = 6371.0
Point = tuple[float, float]


@dataclass(frozen=True)
class Seats:
    """The coordinates on record, in degrees, by the primary key of the unit."""

    known: Mapping[int, Point]

    @classmethod
    def on_record(cls) -> "Seats":
        placed = Unit.objects.exclude(lat=None).exclude(lon=None).values_list("pk", "lat", "lon")
        return cls({pk: (lat or 0.0, lon or 0.0) for pk, lat, lon in placed})

    def find(self, path: str) -> Point | None:
        """The seat of the unit with this path, or of the nearest above it."""
        above = (self.known.get(int(part)) for part in reversed(path.split("/")) if part)
        return next((seat for seat in above if seat), None)

    def km(self, one: Unit, other: Unit) -> float | None:
        return km_between(self.find(one.path), self.find(other.path))


def km_between(one: Point | None, other: Point | None) -> float | None:
    """Great-circle distance; None where a seat is not on record."""
    if one is None or other is None:
        return None
    (lat, lon), (other_lat, other_lon) = (map(math.radians, point) for point in (one, other))
    half_lat = math.sin((lat - other_lat) / 2) ** 2
    half_lon = math.sin((lon - other_lon) / 2) ** 2
    root = math.sqrt(half_lat + math.cos(lat) * math.cos(other_lat) * half_lon)
    return 2 * EARTH_KM * math.asin(root)
