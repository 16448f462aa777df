"""How long somebody has gone to one place without a break: a few weeks between two terms are none."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Final

from assignments.models import Assignment
from roster.models import Policy, Unit
from roster.states import PolicyKey

PAUSE: Final = timedelta(days=31)
MONTH: Final = 30.44
USUAL_MONTHS: Final = 36
Turn = tuple[int, int, date, date | None]
Stays = Mapping[tuple[int, int], tuple[date, date]]


def stays(turns: Iterable[Turn], day: date) -> Stays:
    """From turns (official, unit, first and last day) in order: when each pair's last stay began, and until when it runs."""
    found: dict[tuple[int, int], tuple[date, date]] = {}
    for official, unit, first, last in turns:
        before = found.get((official, unit))
        begun = before[0] if before and first - before[1] <= PAUSE else first
        found[official, unit] = (begun, last or day)
    return found


def longest_stay(day: date) -> int:
    """In days, by the policy of that day."""
    row = Policy.objects.on(day).filter(key=PolicyKey.LONGEST_STAY_MONTHS).first()
    return round((row.value if row else USUAL_MONTHS) * MONTH) - 1


def stayed_longest(unit: Unit, day: date) -> set[int]:
    """Officials who have been the unit's main attendee as long as is allowed, up to `day`."""
    past = Assignment.objects.filter(unit=unit, in_force=True, starts_on__lt=day).main()
    turns = past.order_by("starts_on", "pk").values_list("official", "unit", "starts_on", "ends_on")
    longest = longest_stay(day)
    return {
        official
        for (official, _), (begun, until) in stays(turns, day).items()
        if until >= day - PAUSE and (day - begun).days >= longest
    }
