"""How far two places lie apart, as the crow flies."""

import math
from typing import Final

from roster.models import Unit

EARTH_KM: Final = 6371.0


def km_between(one: Unit, other: Unit) -> float | None:
    """Great-circle distance of their seats; None where a seat is not on record."""
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return None
    lat, other_lat = math.radians(one.lat), math.radians(other.lat)
    half_lat = math.sin((lat - other_lat) / 2) ** 2
    half_lon = math.sin(math.radians(one.lon - other.lon) / 2) ** 2
    return (
        2
        * EARTH_KM
        * math.asin(math.sqrt(half_lat + math.cos(lat) * math.cos(other_lat) * half_lon))
    )
