"""The planner beside greedy and scipy's dense assignment, on one published instance (`instance`, seed 2026).

Every figure is of one run on the same costs. Scipy knows no clash of days: it is a relaxation.
"""

import resource
import time
from collections.abc import Iterator
from datetime import date

import numpy as np
from django.db import connection
from scipy.optimize import linear_sum_assignment

from assignments.actions import proposals
from assignments.models import Assignment, Decision, Proposal
from assignments.planning.flow import NOBODY, Plan, is_optimal
from assignments.planning.problem import FORBIDDEN, Problem
from roster.models import MeetingRule, Official, Unit
from roster.states import UnitKind
from tests.bench.measure import Figure

SEED = 2026
COMMUNES = 129
AGENCIES = 60
DAYS = 28
FIRST = date(2027, 1, 1)
WEST, EAST, SOUTH, NORTH = 105.6, 106.6, 19.9, 20.7


def figures() -> Iterator[Figure]:
    """`plan_…` on 3,000 × 6,000, then 250 × 1,500 and 10,000 × 6,000."""
    decision = instance(3_000, 6_000, capacity=3)
    plan, took = planned(decision)
    holders, scipy_took = relaxed(plan.problem)
    greedy = greedily(plan.problem)
    ours, relaxation, theirs = (cost(plan.problem, one) for one in (plan.holders, holders, greedy))
    yield Figure("plan_time", took, scipy_took)
    yield Figure("plan_gap", 0.0 if is_optimal(plan) and feasible(plan) else 1.0, 0.0, "")
    yield Figure("plan_over_relaxation", ours, relaxation, "points")
    yield Figure("plan_over_greedy", ours, theirs, "points")
    for name, one in (("plan", plan.holders), ("greedy", greedy), ("relaxation", holders)):
        yield Figure(f"{name}_uncovered", float((one == NOBODY).sum()), 0.0, "branches")
        yield Figure(f"{name}_clashes", float(clashes(plan.problem, one)), 0.0, "clashes")
    yield Figure(
        "plan_memory_mb", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 0, "MB"
    )
    del plan
    for officials, branches, capacity in ((250, 1_500, 4), (10_000, 6_000, 1)):
        uproot()
        plan, took = planned(instance(officials, branches, capacity=capacity))
        yield Figure(f"plan_{officials}x{branches}_s", took, 0)
        yield Figure(
            f"plan_{officials}x{branches}_covered", float(plan.is_covered.sum()), 0, "branches"
        )


def planned(decision: Decision) -> tuple[Plan, float]:
    """From rows in the database to the plan in the database."""
    proposal = Proposal.objects.create(
        decision=decision, weights=proposals.plan_rows.weights_on(decision.starts_on)
    )
    began = time.perf_counter()
    plan = proposals.make_plan(proposal)
    took = time.perf_counter() - began
    assert Assignment.objects.filter(decision=decision).count() == len(plan.pairs)
    return plan, took


def relaxed(problem: Problem) -> tuple[np.ndarray, float]:
    """Each official once for each place, dearer by the load; days may clash. Only scipy's solve is timed."""
    columns = np.repeat(np.arange(len(problem.officials)), problem.capacities)
    nth = np.concatenate([np.arange(count) for count in problem.capacities])
    dense = problem.costs[:, columns].astype(np.float64) + nth * problem.weights.load
    dense[problem.costs[:, columns] == FORBIDDEN] = 1e9
    began = time.perf_counter()
    rows, found = linear_sum_assignment(dense)
    took = time.perf_counter() - began
    holders = np.full(len(problem.branches), NOBODY)
    holders[rows] = columns[found]
    return holders, took


def greedily(problem: Problem) -> np.ndarray:
    """Branch after branch the cheapest who is free, load counted."""
    holders = np.full(len(problem.branches), NOBODY)
    loads = np.zeros(len(problem.officials), np.int64)
    busy = np.zeros((len(problem.officials), problem.slot_count), np.bool_)
    for row, slot in enumerate(problem.slots):
        costs = problem.costs[row] + loads * problem.weights.load
        free = (problem.costs[row] != FORBIDDEN) & (loads < problem.capacities) & ~busy[:, slot]
        if free.any():
            best = int(np.where(free, costs, FORBIDDEN * 2).argmin())
            holders[row] = best
            loads[best] += 1
            busy[best, slot] = True
    return holders


def cost(problem: Problem, holders: np.ndarray) -> float:
    rows = np.flatnonzero(holders != NOBODY)
    loads = np.bincount(holders[rows], minlength=len(problem.officials))
    load = (loads * (loads - 1) // 2).sum() * problem.weights.load
    return float(problem.costs[rows, holders[rows]].astype(np.int64).sum() + load)


def clashes(problem: Problem, holders: np.ndarray) -> int:
    """Second meetings on one day, and forbidden pairs or places beyond the capacity: the same check for all three."""
    rows = np.flatnonzero(holders != NOBODY)
    days = holders[rows] * problem.slot_count + problem.slots[rows]
    loads = np.bincount(holders[rows], minlength=len(problem.officials))
    over = np.maximum(loads - problem.capacities, 0).sum()
    forbidden = (problem.costs[rows, holders[rows]] == FORBIDDEN).sum()
    return int(len(days) - len(np.unique(days)) + over + forbidden)


def feasible(plan: Plan) -> bool:
    return clashes(plan.problem, plan.holders) == 0


def instance(officials: int, branches: int, *, capacity: int) -> Decision:
    """Communes and agencies over a rectangle of the province's size; the same rows for the same numbers."""
    draw = np.random.default_rng(SEED)
    top = Unit(kind=UnitKind.PROVINCIAL, name="Tỉnh", starts_on=date(2025, 7, 1))
    top.save()
    Unit.objects.filter(pk=top.pk).update(path=f"/{top.pk}/")
    top.refresh_from_db()
    communes = plant(draw, top, UnitKind.COMMUNE, [top] * COMMUNES, placed=True)
    agencies = plant(draw, top, UnitKind.AGENCY, [top] * AGENCIES, placed=True)
    parents = [communes[place] for place in draw.integers(0, COMMUNES, branches)]
    units = plant(draw, top, UnitKind.BRANCH, parents, placed=False)
    days = draw.integers(1, DAYS + 1, branches).tolist()
    MeetingRule.objects.bulk_create(
        MeetingRule(unit=unit, day=day, starts_on=date(2025, 7, 1))
        for unit, day in zip(units, days, strict=True)
    )
    seats = draw.integers(0, AGENCIES, officials).tolist()
    people = [
        Official(full_name=f"Cán bộ {n}", agency=agencies[seat], capacity=capacity, rank=n)
        for n, seat in enumerate(seats)
    ]
    Official.objects.bulk_create(people)
    run("ANALYZE")
    decision: Decision = Decision.objects.create(issuer=top, starts_on=FIRST)
    return decision


def plant(
    draw: np.random.Generator, top: Unit, kind: UnitKind, parents: list[Unit], *, placed: bool
) -> list[Unit]:
    units = [
        Unit(
            kind=kind,
            name=f"{kind} {n}",
            starts_on=date(2025, 7, 1),
            lat=float(draw.uniform(SOUTH, NORTH)) if placed else None,
            lon=float(draw.uniform(WEST, EAST)) if placed else None,
        )
        for n in range(len(parents))
    ]
    Unit.objects.bulk_create(units)
    for unit, parent in zip(units, parents, strict=True):
        unit.path = f"{parent.path}{unit.pk}/"
    Unit.objects.bulk_update(units, ["path"], batch_size=2_000)
    return units


def uproot() -> None:
    run("SET session_replication_role = replica")
    run("TRUNCATE roster_unit CASCADE")
    run("SET session_replication_role = DEFAULT")


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
