"""What a plan says of itself: its figures, who moved, and what blocks each unit left out, with the cheapest way out."""

from functools import lru_cache
from typing import Any

import numpy as np

from assignments.models import Proposal
from assignments.plan_rows import pairs, problem_of
from assignments.planning.certificates import blockade, in_words, with_others
from assignments.planning.flow import KEPT, Arcs, Plan, cheapest
from assignments.planning.problem import FORBIDDEN, MOST_BRANCHES, Problem


def facts_of(plan: Plan, proposal: Proposal) -> dict[str, Any]:
    rows = np.flatnonzero(plan.is_covered)
    holders = plan.holders[rows].tolist()
    kilometres = [
        distance(plan.problem, row, holder)
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
        "blocked": blocked(plan),
    }


def distance(problem: Problem, row: int, column: int) -> float:
    """In kilometres, by air."""
    here = problem.branches[row].seat.on_the_globe
    there = problem.officials[column].seat.on_the_globe
    return float(sum((a - b) ** 2 for a, b in zip(here, there, strict=True)) ** 0.5 * 6371)


def blocked(plan: Plan) -> list[dict[str, Any]]:
    """Sets of units for which there are too few people: one set says it of each unit left out in it."""
    left = dict.fromkeys(plan.uncovered)
    found: list[dict[str, Any]] = []
    while left:
        first = next(iter(left))
        blocking = with_others(plan, blockade(plan, first))
        own = [unit for unit in left if unit in blocking.branches]
        for unit in own:
            del left[unit]
        found.append(
            {
                "units": own,
                "among": len(blocking.branches),
                "places": blocking.places(plan.problem),
                "words": in_words(plan.problem, blocking),
                "way_out": way_out(plan, first),
            }
        )
    return found


def way_out(plan: Plan, unit: int) -> dict[str, Any] | None:
    """The cheapest of: one more place for somebody free on that day, or another day for the unit.

    Nobody else is moved for it. None: neither would do.
    """
    problem, row = plan.problem, plan.problem.row[unit]
    held: dict[int, set[int]] = {}
    for other in np.flatnonzero(plan.is_covered).tolist():
        held.setdefault(int(plan.holders[other]), set()).add(int(problem.slots[other]))
    costs = problem.costs[row]
    days = np.unique([one.slot for one in problem.branches]).tolist()
    ways = []
    for place in np.flatnonzero(costs != FORBIDDEN).tolist():
        load = int(plan.loads[place])
        extra = int(costs[place]) + load * problem.weights.load
        official = problem.officials[place].key
        busy = held.get(place, set())
        full = load >= problem.capacities[place]
        if full and load < MOST_BRANCHES and int(problem.slots[row]) not in busy:
            ways.append((extra, 0, official, 0))
        elif not full:
            free = [day for slot, day in enumerate(days) if slot not in busy]
            ways.extend((extra, 1, official, day) for day in free[:1])
    if not ways:
        return None
    extra, kind, official, day = min(ways)
    return {"kind": ("capacity", "day")[kind], "official": official, "day": day, "extra": extra}


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
