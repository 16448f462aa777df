"""Why this official and not another: the terms of a cost, and what any other pair would cost the whole plan."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from assignments.planning.flow import FAR, NOBODY, Distances, Plan, distances
from assignments.planning.problem import FORBIDDEN

RUNNERS_UP: Final = 3


@dataclass(frozen=True)
class Choice:
    """An official for a branch: the named terms of the pair, and how much dearer the whole plan would be
    with it (`extra`), leaving `lost` branches more without anybody. The plan's own choice has 0 and 0."""

    official: int
    branch: int
    terms: dict[str, int]
    extra: int = 0
    lost: int = 0


def why(plan: Plan, branch: int) -> Choice | None:
    """The plan's choice for a branch; None if it has none."""
    holder = int(plan.holders[plan.problem.row[branch]])
    if holder == NOBODY:
        return None
    official = plan.problem.officials[holder].key
    return Choice(official, branch, plan.problem.cost(official, branch))


def runners_up(plan: Plan, branch: int, count: int = RUNNERS_UP) -> list[Choice]:
    """The next best for a branch by what the whole plan would cost: fewest branches lost, then the least dear.

    Marginal: the best plan with the pair forced, less the best plan. Exact over the pairs the solver saw
    and the asked pair; a way round over pairs it did not see could only make it cheaper.
    """
    row = plan.problem.row[branch]
    ways = distances(plan, row)
    allowed = np.flatnonzero(plan.problem.costs[row] != FORBIDDEN).tolist()
    others = [place for place in allowed if place != plan.holders[row]]
    found = [choice for place in others if (choice := _choice(plan, ways, place, row))]
    return sorted(found, key=lambda one: (one.lost, one.extra, one.official))[:count]


def why_not(plan: Plan, official: int, branch: int) -> Choice | None:
    """What the plan would cost with this pair in it, as in `runners_up`; None if it may or can not be."""
    problem = plan.problem
    row, column = problem.row[branch], problem.column[official]
    if plan.holders[row] == column:
        return why(plan, branch)
    if not problem.may_go(official, branch):
        return None
    return _choice(plan, distances(plan, row), column, row)


def _choice(plan: Plan, ways: Distances, official: int, row: int) -> Choice | None:
    """The cheapest cycle through the pair: it is taken in, and everything else makes room."""
    problem = plan.problem
    there = int(ways.days[official, problem.slots[row]])
    if there >= FAR // 2:
        return None
    total = there + int(problem.costs[row, official])
    lost = round(total / problem.uncovered)
    person, branch = problem.officials[official].key, problem.branches[row].key
    terms = problem.cost(person, branch)
    return Choice(person, branch, terms, total - lost * problem.uncovered, lost)
