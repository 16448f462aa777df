"""Why a branch stays without anybody: a set of branches for which there are too few people.

By alternating reachability from the branch (Hall's theorem): who could go there, what takes them up,
who could go there instead, and so on. What is found is closed, and one branch too many for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from assignments.planning.flow import NOBODY, Plan
from assignments.planning.problem import FORBIDDEN, Problem

DAYS_NAMED = 7  # of more days only how many
MUNG = 10  # "mùng 1" to "mùng 10", then plain numbers


@dataclass(frozen=True)
class Blockade:
    """These branches can be reached only by officials at their capacity (`exhausted`) and by other officials
    on one day each (`days`: official, slot). Together they can serve fewer branches than there are."""

    branch: int
    branches: frozenset[int]
    exhausted: frozenset[int]
    days: frozenset[tuple[int, int]]

    def places(self, problem: Problem) -> int:
        """How many of the branches could be served at most."""
        own = sum(int(problem.capacities[problem.column[key]]) for key in self.exhausted)
        return own + len(self.days)


def blockades(plan: Plan) -> Iterator[Blockade]:
    """One for each branch left out, in the order of their keys."""
    return (blockade(plan, key) for key in plan.uncovered)


def blockade(plan: Plan, branch: int) -> Blockade:
    """What blocks a branch that the plan leaves out. The plan must be of most branches, or there is nothing to find."""
    problem, search = plan.problem, _Search(plan, plan.problem.row[branch])
    search.run()
    return Blockade(
        branch,
        frozenset(problem.branches[row].key for row in search.rows),
        frozenset(problem.officials[place].key for place in np.flatnonzero(search.exhausted)),
        frozenset(
            (problem.officials[place].key, problem.branches[row].slot)
            for place, row in search.taken
            if not search.exhausted[place]
        ),
    )


def with_others(plan: Plan, found: Blockade) -> Blockade:
    """The same set with all other branches left out that it blocks as well: nobody but its people could go there."""
    problem = plan.problem
    outside = np.array([one.key not in found.exhausted for one in problem.officials], np.bool_)
    held = np.zeros((problem.slot_count, len(problem.officials)), np.bool_)
    slot_of = {
        one.slot: int(slot) for one, slot in zip(problem.branches, problem.slots, strict=True)
    }
    for official, day in found.days:
        held[slot_of[day], problem.column[official]] = True
    blocked = {
        key
        for key in plan.uncovered
        for row in [problem.row[key]]
        if not ((problem.costs[row] != FORBIDDEN) & outside & ~held[problem.slots[row]]).any()
    }
    return replace(found, branches=found.branches | blocked)


def is_short(problem: Problem, found: Blockade) -> bool:
    """Whether the blockade proves what it says; looks at the problem alone, at no plan.

    Nobody else may go to these branches, and those who may cannot serve them all.
    """
    closed = all(
        official.key in found.exhausted or (official.key, problem.branches[row].slot) in found.days
        for row in (problem.row[key] for key in found.branches)
        for official, cost in zip(problem.officials, problem.costs[row], strict=True)
        if cost != FORBIDDEN
    )
    return closed and found.branch in found.branches and found.places(problem) < len(found.branches)


def in_words(
    problem: Problem, found: Blockade, *, called: str = "chi bộ", communes: int = 0
) -> str:
    """The reason as a person reads it, with what would help; `called`: the meetings, in how many communes."""
    count, places = len(found.branches), found.places(problem)
    when = _when(problem, found)
    if not places:
        where = f"{called} này" if count == 1 else f"{count} {called} này"
        return f"{when}: không đồng chí nào được đến {where}. Hãy bỏ bớt cấm hoặc thêm người."
    where = f"{when}, {communes} xã, phường" if communes else when
    if not found.exhausted:
        return (
            f"{where}: {count} {called}, {places} đồng chí rảnh. "
            "Hãy đổi ngày họp hoặc thêm người rảnh ngày đó."
        )
    return (
        f"{where}: {count} {called}, {places} lượt đi của {_people(found)} đồng chí. "
        "Hãy nâng định mức hoặc thêm người."
    )


def _when(problem: Problem, found: Blockade) -> str:
    slots = sorted({problem.branches[problem.row[key]].slot for key in found.branches})
    named = ", ".join(f"mùng {slot}" if slot <= MUNG else str(slot) for slot in slots)
    return f"Ngày {named}" if len(slots) <= DAYS_NAMED else f"{len(slots)} ngày trong tháng"


def _people(found: Blockade) -> int:
    return len(found.exhausted | {official for official, _ in found.days})


class _Search:
    """Walks from a branch to all that could, by any chain of exchanges, free somebody for it."""

    def __init__(self, plan: Plan, start: int) -> None:
        self.plan = plan
        self.rows = [start]
        self.known = {start}
        self.exhausted = np.zeros(len(plan.problem.officials), np.bool_)
        self.taken: set[tuple[int, int]] = set()  # an official, and the branch that takes the day
        self.held: dict[int, list[int]] = {}
        for row, holder in enumerate(plan.holders.tolist()):
            self.held.setdefault(holder, []).append(row)
        self.held.pop(NOBODY, None)

    def run(self) -> None:
        problem = self.plan.problem
        for row in self.rows:  # it grows while we walk
            could = (problem.costs[row] != FORBIDDEN) & ~self.exhausted
            for official in np.flatnonzero(could).tolist():
                self._look_at(official, int(problem.slots[row]))

    def _look_at(self, official: int, slot: int) -> None:
        """Free on the day: then the capacity is used up, by all that the official holds."""
        held = self.held.get(official, [])
        taking = [row for row in held if self.plan.problem.slots[row] == slot]
        if taking:
            self.taken.update((official, row) for row in taking)
        else:
            self.exhausted[official] = True
        self._add(taking or held)

    def _add(self, rows: list[int]) -> None:
        for row in rows:
            if row not in self.known:
                self.known.add(row)
                self.rows.append(row)
