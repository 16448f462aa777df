"""What a plan says of itself: its figures, who moved, and what blocks each unit left out, with the cheapest way out."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from assignments.listing import communes_of
from assignments.models import Proposal
from assignments.plan_rows import pairs, problem_of
from assignments.planning.certificates import Blockade, blockade, in_words, with_others
from assignments.planning.flow import KEPT, Arcs, Plan, cheapest
from assignments.planning.problem import FORBIDDEN, MOST_BRANCHES
from roster.models import Unit
from roster.states import UnitKind


def facts_of(plan: Plan, proposal: Proposal) -> dict[str, Any]:
    rows = np.flatnonzero(plan.is_covered)
    holders = plan.holders[rows].tolist()
    kilometres = [
        plan.problem.branches[row].seat.km(plan.problem.officials[holder].seat)
        for row, holder in zip(rows.tolist(), holders, strict=True)
    ]
    held = {(stop.holder, stop.key) for stop in plan.problem.branches if stop.holder}
    former = pairs(proposal.former.pairs) if proposal.former else None
    now = set(plan.pairs)
    return {
        "units": len(plan.holders),
        "covered": len(rows),
        "people": len(set(holders)),
        "officials": len(plan.problem.officials),
        "cost": plan.cost,
        "km": round(sum(kilometres), 1),
        "loads": np.bincount(plan.loads).tolist(),
        "kept": len(now & held),
        "changed": len(now - held),
        "moved": sorted(map(list, now - former)) if former is not None else None,
        "unscheduled": proposal.rows.get("unscheduled", 0),
        "unplaced": proposal.rows.get("unplaced", 0),
        "blocked": blocked(plan, proposal.reach),
    }


def blocked(plan: Plan, reach: str) -> list[dict[str, Any]]:
    """Sets of units for which there are too few people: one set says it of each unit left out in it.

    Each of these has its own way out.
    """
    sets = list(blocking_sets(plan))
    units = Unit.objects.in_bulk({unit for blocking, _ in sets for unit in blocking.branches})
    communes = communes_of(units.values())
    ways = WaysOut(plan)
    called = "hội nghị" if reach == UnitKind.COMMUNE else "chi bộ"
    return [
        {
            "units": own,
            "among": len(blocking.branches),
            "places": blocking.places(plan.problem),
            "words": in_words(
                plan.problem,
                blocking,
                called=called,
                communes=len({communes[one] for one in blocking.branches if one in communes}),
            ),
            "ways": [ways.find(unit) for unit in own],
        }
        for blocking, own in sets
    ]


def blocking_sets(plan: Plan) -> Iterator[tuple[Blockade, list[int]]]:
    """Each with the units left out of which it is told."""
    left = dict.fromkeys(plan.uncovered)
    while left:
        blocking = with_others(plan, blockade(plan, next(iter(left))))
        own = [unit for unit in left if unit in blocking.branches]
        for unit in own:
            del left[unit]
        yield blocking, own


class WaysOut:
    """The cheapest way to have somebody at a unit left out, nobody else being moved for it."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.days = np.unique([one.slot for one in plan.problem.branches]).tolist()
        self.busy: dict[int, set[int]] = {}
        for row in np.flatnonzero(plan.is_covered).tolist():
            held = self.busy.setdefault(int(plan.holders[row]), set())
            held.add(int(plan.problem.slots[row]))

    def find(self, unit: int) -> dict[str, Any] | None:
        """One more place for somebody free on that day, or another day for the unit. None: neither would do."""
        row = self.plan.problem.row[unit]
        could = np.flatnonzero(self.plan.problem.costs[row] != FORBIDDEN).tolist()
        ways = [way for place in could if (way := self._way(row, place))]
        if not ways:
            return None
        extra, kind, official, day = min(ways)
        return {"kind": ("capacity", "day")[kind], "official": official, "day": day, "extra": extra}

    def _way(self, row: int, place: int) -> tuple[int, int, int, int] | None:
        """What it adds to the cost, its kind, the official, the new day."""
        problem = self.plan.problem
        load = int(self.plan.loads[place])
        extra = int(problem.costs[row, place]) + load * problem.weights.load
        official = problem.officials[place].key
        busy = self.busy.get(place, set())
        if load < problem.capacities[place]:
            day = next((day for slot, day in enumerate(self.days) if slot not in busy), None)
            return (extra, 1, official, day) if day is not None else None
        if load < MOST_BRANCHES and int(problem.slots[row]) not in busy:
            return extra, 0, official, 0
        return None


@lru_cache(maxsize=2)
def plan_again(pk: int) -> Plan:
    """A kept plan as the solver left it, to be asked why; a plan that is done never changes."""
    proposal = Proposal.objects.select_related("former").get(pk=pk)
    problem = problem_of(proposal)
    holders = np.full(len(problem.branches), -1, np.int64)
    seen = cheapest(problem, KEPT)
    for official, unit in proposal.pairs:
        holders[problem.row[unit]] = problem.column[official]
        seen[problem.row[unit], problem.column[official]] = True
    return Plan(problem, holders, Arcs.of(problem, seen), 0, problem.uncovered)
