"""A draft's list as one works on it: a row for each place, also where nobody stands yet, beside who goes there now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assignments import listing
from assignments.conflicts import conflicts
from assignments.distance import Seats
from assignments.models import Assignment, Decision
from assignments.states import AttendeeRole
from roster.models import Official, Unit, User


@dataclass(frozen=True)
class GridRow:
    """One place: `main` and `others` from the list, `now` who is the main attendee before it, `km` from the main one's seat."""

    place: listing.Place
    main: Assignment | None
    others: Sequence[Assignment]
    now: Official | None
    load: int
    km: float | None
    problems: Sequence[str]
    is_picked: bool

    @property
    def state(self) -> tuple[str, str]:
        """The change against today, in words and shape."""
        if self.main is None:
            return ("Chưa xếp", "wait") if self.now else ("Chưa có người", "late")
        if self.now is None:
            return ("Mới", "info")
        return ("Giữ", "") if self.now == self.main.official else ("Đổi người", "wait")


def grid_places(decision: Decision, user: User, kind: str) -> Any:
    """Places that the decision reaches."""
    return listing.places(user, decision.starts_on, kind).under(decision.issuer)


def grid_rows(
    decision: Decision,
    units: Sequence[Unit],
    *,
    picked: Collection[int],
    refused: Mapping[int, str],
) -> list[GridRow]:
    """A handful of queries, however many rows. `refused`: what an act just said of a unit."""
    found = decision.assignments.filter(unit__in=units)
    related = found.select_related("official__agency", "unit", "decision").order_by("role", "pk")
    lines: dict[int, list[Assignment]] = defaultdict(list)
    for line in related:
        lines[line.unit_id].append(line)
    named = [line for own in lines.values() for line in own]
    problems = conflicts(named)
    loads = loads_of(decision, {line.official_id for line in named})
    seats = Seats.on_record()
    return [
        grid_row(place, lines[place.unit.pk], problems, loads, seats, picked, refused)
        for place in listing.list_places(units, decision.starts_on)
    ]


def grid_row(
    place: listing.Place,
    lines: Sequence[Assignment],
    problems: Mapping[int, Sequence[str]],
    loads: Mapping[int, int],
    seats: Seats,
    picked: Collection[int],
    refused: Mapping[int, str],
) -> GridRow:
    pk = place.unit.pk
    main = next((line for line in lines if line.role == AttendeeRole.MAIN), None)
    sentences = [text for line in lines for text in problems.get(line.pk, ())]
    return GridRow(
        place,
        main,
        [line for line in lines if line is not main],
        next((one.official for one in place.attendees if one.role == AttendeeRole.MAIN), None),
        loads.get(main.official_id, 0) if main else 0,
        seats.km(main.official.agency, place.unit) if main else None,
        [*([refused[pk]] if pk in refused else []), *sentences],
        pk in picked,
    )


def loads_of(decision: Decision, officials: Collection[int]) -> Mapping[int, int]:
    """How many places each has in this list."""
    rows = decision.assignments.filter(official__in=officials)
    return Counter(rows.values_list("official", flat=True))
