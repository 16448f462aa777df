"""The best plan: as many branches as can be, then the least cost. Exact, over all pairs.

A min-cost flow: hub → official (one arc per branch, each dearer than the one before) → (official, day),
at most one → branch. A branch nobody reaches is served by a dear arc from the hub, so one flow answers both.
The solver sees the cheapest pairs of each branch only; shortest distances in what is left of the network
then say whether any pair that was left out would help. The most helpful are added until none would.

At first leaving a branch out costs little more than the dearest pair: small numbers are solved faster. A plan
that leaves nobody out is the best at any such price; otherwise it is raised to the full one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assignments.planning.problem import AT_ONCE, FORBIDDEN, MOST_BRANCHES, Numbers, Pair, Problem

KEPT: Final = 80
ADDED: Final = 20  # pairs a branch at a time
NOBODY: Final = -1
FAR: Final = 2**60  # not to be reached


@dataclass(frozen=True)
class Arcs:
    """The pairs the solver sees, sorted by branch."""

    branches: Numbers
    officials: Numbers
    costs: Numbers

    @classmethod
    def of(cls, problem: Problem, kept: NDArray[np.bool_]) -> "Arcs":
        branches, officials = np.nonzero(kept)
        return cls(branches, officials, problem.costs[branches, officials].astype(np.int64))


@dataclass(frozen=True)
class Plan:
    """Who goes where: `holders` has for each branch the place of its official, or `NOBODY`.

    `price` is what its network counts for a branch left out: less than it costs only if there is none.
    """

    problem: Problem
    holders: Numbers
    arcs: Arcs
    rounds: int
    price: int

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        officials, branches = self.problem.officials, self.problem.branches
        return tuple(
            (officials[holder].key, branch.key)
            for holder, branch in zip(self.holders.tolist(), branches, strict=True)
            if holder != NOBODY
        )

    @cached_property
    def uncovered(self) -> tuple[int, ...]:
        return tuple(self.problem.branches[row].key for row in np.flatnonzero(~self.is_covered))

    @cached_property
    def is_covered(self) -> NDArray[np.bool_]:
        covered: NDArray[np.bool_] = self.holders != NOBODY
        return covered

    @cached_property
    def loads(self) -> Numbers:
        """How many branches each official has."""
        own = self.holders[self.is_covered]
        return np.bincount(own, minlength=len(self.problem.officials)).astype(np.int64)

    @cached_property
    def pair_costs(self) -> Numbers:
        """What each branch's pair costs, without load; 0 where there is none."""
        rows = np.flatnonzero(self.is_covered)
        costs = np.zeros(len(self.holders), np.int64)
        costs[rows] = self.problem.costs[rows, self.holders[rows]]
        return costs

    @cached_property
    def cost(self) -> int:
        """Of all pairs, with load: nothing for an official's first branch, once the weight for the second, …"""
        load = self.loads * (self.loads - 1) // 2 * self.problem.weights.load
        return int(self.pair_costs.sum() + load.sum())


@dataclass(frozen=True)
class Distances:
    """The cheapest way in the remaining network from a start to each node; at least `FAR // 2`: there is none."""

    hub: int
    officials: Numbers
    days: Numbers  # officials down, days across
    branches: Numbers


def solve(
    problem: Problem, *, kept: int = KEPT, before_round: Callable[[int], None] = lambda _: None
) -> Plan:
    """The optimal plan. `kept` changes how long it takes and which of equal plans is found, never its cost.

    `before_round` is called with the number of each round, the first is 1; what it raises ends the search.
    """
    seen = cheapest(problem, kept)
    price, rounds = problem.low_price, 0
    while True:
        rounds += 1
        before_round(rounds)
        arcs = Arcs.of(problem, seen)
        plan = Plan(problem, _flow(problem, arcs, price), arcs, rounds, price)
        if _add_helpful(seen, problem, distances(plan)):
            continue
        if not plan.uncovered or price == problem.uncovered:
            return plan
        price = problem.uncovered


def is_optimal(plan: Plan) -> bool:
    """Whether no exchange over all pairs, seen by the solver or not, would better the plan."""
    try:
        distances_over_all(plan)
    except ArithmeticError:
        return False
    return not plan.uncovered or plan.price == plan.problem.uncovered


def distances(plan: Plan, start: int | None = None) -> Distances:
    """From the hub, or from the branch at place `start`, over the pairs the solver saw.

    Bellman–Ford in whole sweeps. A plan that could be bettered has a cycle of negative cost and would
    be swept for ever: ArithmeticError.
    """
    problem = plan.problem
    now = Distances(
        0 if start is None else FAR,
        np.full(len(problem.officials), FAR, np.int64),
        np.full((len(problem.officials), max(problem.slot_count, 1)), FAR, np.int64),
        np.full(len(problem.branches), FAR, np.int64),
    )
    if start is not None:
        now.branches[start] = 0
    for _ in range(2 * len(problem.branches) + len(problem.officials) + 3):
        then = _sweep(plan, now)
        if then.hub == now.hub and _same(then, now):
            return then
        now = then
    raise ArithmeticError("The plan is not optimal: its network has a cycle of negative cost.")


def distances_over_all(plan: Plan, start: int | None = None) -> Distances:
    """As `distances`, over every pair: those that shorten a way are added until none does."""
    seen = np.zeros(plan.problem.costs.shape, np.bool_)
    seen[plan.arcs.branches, plan.arcs.officials] = True
    while True:
        ways = distances(plan, start)
        if not _add_helpful(seen, plan.problem, ways):
            return ways
        plan = replace(plan, arcs=Arcs.of(plan.problem, seen))


def _same(one: Distances, other: Distances) -> bool:
    return all(
        np.array_equal(mine, others)
        for mine, others in (
            (one.officials, other.officials),
            (one.branches, other.branches),
            (one.days, other.days),
        )
    )


def _sweep(plan: Plan, now: Distances) -> Distances:
    """One step from every node: hub → officials → days → branches → hub, and back where the flow may be undone."""
    problem, weight = plan.problem, plan.problem.weights.load
    rows = np.flatnonzero(plan.is_covered)
    own, slots = plan.holders[rows], problem.slots[rows]
    undone = _further(now.branches[rows], -plan.pair_costs[rows])
    free = plan.loads < problem.capacities
    to_official = _further(np.where(free, now.hub, FAR), plan.loads * weight)
    officials = np.minimum(now.officials, to_official)
    np.minimum.at(officials, own, undone)
    days = np.minimum(now.days, officials[:, None])
    days[own, slots] = undone  # the day is taken: only by undoing what takes it
    branches = np.minimum(now.branches, _by_pairs(plan, days))
    can_drop = plan.is_covered & ~problem.pinned
    dropped = _further(np.where(can_drop, now.hub, FAR), plan.price)
    branches = np.minimum(branches, dropped)
    back = _further(np.where(plan.loads > 0, officials, FAR), -(plan.loads - 1) * weight)
    taken_up = _further(np.where(plan.is_covered, FAR, branches), -plan.price)
    hub = min(now.hub, int(back.min(initial=FAR)), int(taken_up.min(initial=FAR)))
    return Distances(hub, officials, days, branches)


def _further(distance: Numbers, cost: Numbers | int) -> Numbers:
    """A step on; what is out of reach stays so."""
    return np.where(distance >= FAR // 2, FAR, distance + cost)


def _by_pairs(plan: Plan, days: Numbers) -> Numbers:
    arcs = plan.arcs
    branches = np.full(len(plan.holders), FAR, np.int64)
    if len(arcs.branches):
        reached = _further(days[arcs.officials, plan.problem.slots[arcs.branches]], arcs.costs)
        first = np.flatnonzero(np.diff(arcs.branches, prepend=-1))
        branches[arcs.branches[first]] = np.minimum.reduceat(reached, first)
    return branches


def cheapest(problem: Problem, kept: int) -> NDArray[np.bool_]:
    allowed: NDArray[np.bool_] = problem.costs != FORBIDDEN
    if kept >= len(problem.officials):
        return allowed
    seen = np.zeros(problem.costs.shape, np.bool_)
    for first in range(0, len(problem.branches), AT_ONCE):
        costs = problem.costs[first : first + AT_ONCE]
        best = np.argpartition(costs, kept - 1, axis=1)[:, :kept]
        np.put_along_axis(seen[first : first + AT_ONCE], best, values=True, axis=1)
    seen &= allowed
    return seen


def _add_helpful(seen: NDArray[np.bool_], problem: Problem, ways: Distances) -> bool:
    """The `ADDED` most helpful pairs of each branch; whether there were any."""
    found = False
    for first, saved in _saved(problem, ways):
        helpful = saved < 0
        if helpful.any():
            found = True
            if saved.shape[1] > ADDED:
                best = np.argpartition(saved, ADDED - 1, axis=1)[:, :ADDED]
                is_best = np.zeros(saved.shape, np.bool_)
                np.put_along_axis(is_best, best, values=True, axis=1)
                helpful &= is_best
            seen[first : first + len(saved)] |= helpful
    return found


def _saved(problem: Problem, ways: Distances) -> Iterator[tuple[int, Numbers]]:
    """The reduced cost of each pair: below 0 it would shorten a way. The first of some branches, then theirs."""
    for first in range(0, len(problem.branches), AT_ONCE):
        rows = slice(first, first + AT_ONCE)
        costs, there = problem.costs[rows], ways.days.T[problem.slots[rows]]
        reduced = there + costs - ways.branches[rows][:, None]
        reduced[(costs == FORBIDDEN) | (there >= FAR // 2)] = 0
        yield first, reduced


def _flow(problem: Problem, arcs: Arcs, price: int) -> Numbers:
    """The solver's flow over these arcs, as holders."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow  # noqa: PLC0415 takes 1.5 s

    people, branch_count = len(problem.officials), len(problem.branches)
    days, day_of = np.unique(
        arcs.officials * problem.slot_count + problem.slots[arcs.branches], return_inverse=True
    )
    first_day = 1 + people
    first_branch = first_day + len(days)
    network = SimpleMinCostFlow()

    def add(tails: Numbers, heads: Numbers, costs: Numbers) -> Numbers:
        ones = np.ones(len(tails), np.int64)
        return np.asarray(
            network.add_arcs_with_capacity_and_unit_cost(
                tails.astype(np.int32), heads.astype(np.int32), ones, costs.astype(np.int64)
            )
        )

    everybody = np.arange(people)
    for count in range(MOST_BRANCHES):
        can = everybody[problem.capacities > count]
        add(np.zeros_like(can), 1 + can, np.full(len(can), count * problem.weights.load))
    add(
        1 + days // max(problem.slot_count, 1),
        first_day + np.arange(len(days)),
        np.zeros_like(days),
    )
    used = add(first_day + day_of, first_branch + arcs.branches, arcs.costs)
    loose = np.flatnonzero(~problem.pinned)
    add(np.zeros_like(loose), first_branch + loose, np.full(len(loose), price))
    network.set_node_supply(0, branch_count)
    for row in range(branch_count):
        network.set_node_supply(first_branch + row, -1)
    if network.solve() != network.OPTIMAL:
        raise ArithmeticError("The network has no flow, though every branch can be left out.")
    chosen = np.flatnonzero(network.flows(used)) if len(used) else used
    holders = np.full(branch_count, NOBODY, np.int64)
    holders[arcs.branches[chosen]] = arcs.officials[chosen]
    return holders
