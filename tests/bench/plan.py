"""The planner beside a careful clerk and scipy's dense assignment, on the published instance (`province`).

Every figure is of the same costs, and all three results go through the same check (`broken_rules`).
The clerk takes branch after branch the cheapest who is free, load counted, in four orders: down the list,
weak branches first, fullest evenings first, at random; the best of the four counts. Scipy knows no clash of evenings:
it is a relaxation. Each run is in a process of its own. Ours is the whole way from rows in the database to
the plan in the database, with the worker's first import of the solver; of scipy only the solve is timed.
"""

import os
import statistics
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

import numpy as np
from django.db import connection, connections

from assignments.actions import proposals
from assignments.models import Assignment, Decision, Proposal
from assignments.plan_facts import plan_again
from assignments.planning.certificates import blockades, is_short
from assignments.planning.flow import NOBODY, Plan, is_optimal
from assignments.planning.problem import FORBIDDEN, Problem
from roster.models import Job
from tests.bench.measure import Apart, Figure, apart, seconds
from tests.bench.province import SEED, instance

ROUNDS = 3
OTHERS = {(250, 1_500): {4: 1.0}, (10_000, 6_000): {1: 0.8, 2: 0.2}}  # capacities


def figures() -> Iterator[Figure]:
    """`plan_…` on 3,000 × 6,000, then 250 × 1,500 (not enough people) and 10,000 × 6,000."""
    yield from beside_others(instance(3_000, 6_000).pk)
    for (officials, branches), capacities in OTHERS.items():
        uproot()
        decision = instance(officials, branches, capacities).pk
        yield from alone(f"plan_{officials}x{branches}", decision)


def beside_others(decision: int) -> Iterator[Figure]:
    problem = problem_of(decision)
    ours: list[Apart] = []
    theirs: list[Apart] = []
    for _ in range(ROUNDS):
        theirs.append(apart(partial(relaxed, problem)))
        ours.append(apart(partial(planned, decision)))
    plan = kept(decision)
    plans = Proposal.objects.filter(decision=decision).values_list("pairs", flat=True)
    assert all(pairs == plans[0] for pairs in plans), "the same rows give the same plan"
    relaxation = np.array(theirs[0].told[0])
    greedy = min(
        (greedily(problem, order) for order in orders(problem)), key=partial(worth, problem)
    )
    took = statistics.median(run.seconds for run in ours)
    yield Figure("plan_time", took, statistics.median(run.told[1] for run in theirs))
    yield Figure("plan_gap", gap(plan), 0.0, "")
    yield Figure("plan_over_relaxation", cost(problem, plan.holders), cost(problem, relaxation), "")
    yield Figure("plan_over_greedy", cost(problem, plan.holders), cost(problem, greedy), "")
    yield Figure("plan_cancelled_s", cancelled(decision), 0)
    yield Figure("plan_memory_mb", max(run.peak for run in ours), 0, "MB")
    yield Figure("relaxation_memory_mb", max(run.peak for run in theirs), 0, "MB")
    for name, one in (("plan", plan.holders), ("greedy", greedy), ("relaxation", relaxation)):
        yield Figure(f"{name}_uncovered", float((one == NOBODY).sum()), 0, "branches")
        yield Figure(f"{name}_broken_rules", float(broken_rules(problem, one)), 0, "pairs")


def alone(name: str, decision: int) -> Iterator[Figure]:
    """`…_unproven`: branches left out whose blocking set is not really short."""
    run = apart(partial(planned, decision))
    plan = kept(decision)
    yield Figure(f"{name}_s", run.seconds, 0)
    yield Figure(f"{name}_memory_mb", run.peak, 0, "MB")
    yield Figure(f"{name}_gap", gap(plan), 0, "")
    yield Figure(f"{name}_uncovered", float(len(plan.uncovered)), 0, "branches")
    unproven = sum(not is_short(plan.problem, one) for one in blockades(plan))
    yield Figure(f"{name}_unproven", float(unproven), 0, "branches")


def problem_of(decision: int) -> Problem:
    """As the planner reads it."""
    draft = Decision.objects.get(pk=decision)
    weights = proposals.plan_rows.weights_on(draft.starts_on)
    proposal = Proposal(decision=draft, weights=weights)
    proposal.rows = proposals.plan_rows.read(draft, proposal.reach)
    problem = proposals.plan_rows.problem_of(proposal)
    assert problem.costs.any(), "worked out before the forks"
    return problem


def planned(decision: int) -> None:
    """From rows in the database to the plan in the database, as the worker does it."""
    draft = Decision.objects.select_related("by").get(pk=decision)
    proposal = proposals.ask_for_plan(draft, by=draft.by)
    proposals.run_plan(proposal.pk)


def cancelled(decision: int) -> float:
    """From the cancelling in the middle of the search to the end of its process; the list stays as it was."""
    before = list(Assignment.objects.filter(decision=decision).values_list("pk", flat=True))
    draft = Decision.objects.select_related("by").get(pk=decision)
    proposal = proposals.ask_for_plan(draft, by=draft.by)
    connections.close_all()
    child = os.fork()
    if child == 0:
        proposals.run_plan(proposal.pk)
        os._exit(0)
    while "vòng" not in Job.objects.get(pk=proposal.job_id).sentence:
        time.sleep(0.05)
    proposals.cancel_plan(proposal, by=draft.by)
    took = seconds(lambda: os.waitpid(child, 0))
    assert before == list(
        Assignment.objects.filter(decision=decision).values_list("pk", flat=True)
    ), "the draft keeps the list it has"
    return took


def kept(decision: int) -> Plan:
    """The last plan as the database has it, which is the draft's list."""
    proposal = Proposal.objects.filter(decision=decision).latest("pk")
    written = Assignment.objects.filter(decision=decision).values_list("official", "unit")
    assert sorted(map(list, written)) == sorted(proposal.pairs)
    return plan_again(proposal.pk)


def gap(plan: Plan) -> float:
    """0: proven optimal over all pairs, and within all rules."""
    return 0.0 if is_optimal(plan) and not broken_rules(plan.problem, plan.holders) else 1.0


def relaxed(problem: Problem) -> tuple[list[int], float]:
    """Each official once for each place, dearer by the load; days may clash. Only scipy's solve is timed."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415 - in the process that needs it

    columns = np.repeat(np.arange(len(problem.officials)), problem.capacities)
    nth = np.concatenate([np.arange(count) for count in problem.capacities])
    dense = problem.costs[:, columns].astype(np.float64)
    dense += nth * problem.weights.load
    dense[dense >= FORBIDDEN] = 1e9
    found: list[Any] = []
    took = seconds(lambda: found.extend(linear_sum_assignment(dense)))
    holders = np.full(len(problem.branches), NOBODY)
    holders[found[0]] = columns[found[1]]
    return holders.tolist(), took


def orders(problem: Problem) -> Sequence[np.ndarray]:
    """Down the list (by commune), weak branches first, fullest evenings first, at random."""
    weak = np.array([-branch.priority for branch in problem.branches])
    full = -np.bincount(problem.slots)[problem.slots]
    by_key = (np.argsort(key, kind="stable") for key in (weak, full))
    return [np.arange(len(weak)), *by_key, np.random.default_rng(SEED).permutation(len(weak))]


def greedily(problem: Problem, order: np.ndarray) -> np.ndarray:
    holders = np.full(len(problem.branches), NOBODY)
    loads = np.zeros(len(problem.officials), np.int64)
    busy = np.zeros((len(problem.officials), problem.slot_count), np.bool_)
    for row, slot in zip(order.tolist(), problem.slots[order].tolist(), strict=True):
        costs = problem.costs[row] + loads * problem.weights.load
        free = (problem.costs[row] != FORBIDDEN) & (loads < problem.capacities) & ~busy[:, slot]
        if free.any():
            best = int(np.where(free, costs, FORBIDDEN * 2).argmin())
            holders[row] = best
            loads[best] += 1
            busy[best, slot] = True
    return holders


def worth(problem: Problem, holders: np.ndarray) -> tuple[int, float]:
    return int((holders == NOBODY).sum()), cost(problem, holders)


def cost(problem: Problem, holders: np.ndarray) -> float:
    rows = np.flatnonzero(holders != NOBODY)
    loads = np.bincount(holders[rows], minlength=len(problem.officials))
    load = (loads * (loads - 1) // 2).sum() * problem.weights.load
    return float(problem.costs[rows, holders[rows]].astype(np.int64).sum() + load)


def broken_rules(problem: Problem, holders: np.ndarray) -> int:
    """Second meetings on one day, places beyond the capacity, forbidden pairs: the same check for all three."""
    rows = np.flatnonzero(holders != NOBODY)
    days = holders[rows] * problem.slot_count + problem.slots[rows]
    loads = np.bincount(holders[rows], minlength=len(problem.officials))
    over = np.maximum(loads - problem.capacities, 0).sum()
    forbidden = (problem.costs[rows, holders[rows]] == FORBIDDEN).sum()
    return int(len(days) - len(np.unique(days)) + over + forbidden)


def uproot() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("TRUNCATE roster_unit, roster_official, assignments_decision CASCADE")
        cursor.execute("SET session_replication_role = DEFAULT")
