"""Why this official and not another: the terms of a cost, and what any other pair would cost the whole plan."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from assignments.planning.flow import FAR, NOBODY, Plan, distances_over_all
from assignments.planning.problem import FORBIDDEN, Numbers

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

    Marginal and exact: the best plan with the pair forced, less the best plan.
    """
    problem, row = plan.problem, plan.problem.row[branch]
    totals = _totals(plan, row)
    nearest = np.argsort(totals, kind="stable")[: count + 1].tolist()
    others = [place for place in nearest if place != plan.holders[row] and totals[place] < FAR]
    return [
        _choice(plan, problem.officials[place].key, branch, int(totals[place]))
        for place in others[:count]
    ]


def why_not(plan: Plan, official: int, branch: int) -> Choice | None:
    """What the plan would cost with this pair in it, as in `runners_up`; None if it may or can not be."""
    problem = plan.problem
    row, column = problem.row[branch], problem.column[official]
    if plan.holders[row] == column:
        return why(plan, branch)
    total = int(_totals(plan, row)[column])
    return _choice(plan, official, branch, total) if total < FAR else None


def _totals(plan: Plan, row: int) -> Numbers:
    """For each official the cheapest cycle through the pair: it is taken in, and everything else makes room."""
    problem = plan.problem
    full = replace(plan, price=problem.uncovered)
    there = distances_over_all(full, row).days[:, problem.slots[row]]
    costs = problem.costs[row]
    return np.where((costs == FORBIDDEN) | (there >= FAR // 2), FAR, there + costs)


def _choice(plan: Plan, official: int, branch: int, total: int) -> Choice:
    """Branches lost are dear, everything else together is less than one of them is."""
    lost = round(total / plan.problem.uncovered)
    terms = plan.problem.cost(official, branch)
    return Choice(official, branch, terms, total - lost * plan.problem.uncovered, lost)
