"""The plan is the best there is: beside brute force on small months."""

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assignments.planning.flow import NOBODY, Plan, is_optimal, solve
from assignments.planning.problem import Place, Problem, Stop, Traveller, Weights
from config.lib.errors import Refused
from tests.assignments.planning.cases import brute_force, least_moved, problems, worth

HERE = Place(16.0, 107.5)


def value(plan: Plan) -> tuple[int, int]:
    return len(plan.uncovered), plan.cost


@settings(max_examples=300, deadline=None)
@given(problems(), st.sampled_from([1, 2, 80]))
def test_coverage_and_cost_equal_brute_force_however_few_pairs_the_solver_sees_at_first(
    problem: Problem, kept: int
) -> None:
    plan = solve(problem, kept=kept)

    goes = {branch: official for official, branch in plan.pairs}
    assert value(plan) == brute_force(problem)
    assert worth(problem, tuple(goes.get(one.key) for one in problem.branches)) == value(plan)
    assert is_optimal(plan)


@settings(max_examples=100, deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_same_rows_in_any_order_give_the_same_plan(
    problem: Problem, chance: random.Random
) -> None:
    officials, branches = list(problem.officials), list(problem.branches)
    chance.shuffle(officials)
    chance.shuffle(branches)
    again = Problem.of(officials, branches, weights=problem.weights, forbids=problem.forbids)

    plans = [solve(one, kept=1).pairs for one in (problem, problem, again)]

    assert plans == [plans[0]] * 3


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_a_pin_holds_and_the_rest_is_the_best_beside_it(
    problem: Problem, data: st.DataObject
) -> None:
    free = [
        (one.key, stop.key)
        for one in problem.officials
        for stop in problem.branches
        if problem.may_go(one.key, stop.key)
    ]
    pin = data.draw(st.sampled_from(free)) if free else None
    pinned = Problem.of(
        problem.officials,
        problem.branches,
        weights=problem.weights,
        pins={pin} if pin else (),
        forbids=problem.forbids,
    )

    plan = solve(pinned, kept=1)

    assert {pin} - {None} <= set(plan.pairs)
    assert value(plan) == brute_force(problem, pin)


@settings(max_examples=60, deadline=None)
@given(problems())
def test_a_worse_plan_is_not_called_optimal(problem: Problem) -> None:
    plan = solve(problem)
    holders = plan.holders.copy()
    holders[plan.is_covered] = NOBODY

    nothing = replace(plan, holders=holders)

    assert is_optimal(nothing) == (not plan.pairs)


@settings(max_examples=100, deadline=None)
@given(problems(), st.data())
def test_planning_again_covers_most_then_moves_fewest_then_costs_least(
    problem: Problem, data: st.DataObject
) -> None:
    former = set(solve(problem).pairs)
    gone = data.draw(st.sampled_from(problem.officials))
    officials = [replace(one, is_absent=one.is_absent or one == gone) for one in problem.officials]
    later = Problem.of(
        officials, problem.branches, weights=problem.weights, forbids=problem.forbids
    )
    again = Problem.of(
        officials,
        problem.branches,
        weights=problem.weights,
        forbids=problem.forbids,
        former=former,
    )

    plan = solve(again, kept=1)

    goes = {branch: official for official, branch in plan.pairs}
    chosen = tuple(goes.get(one.key) for one in later.branches)
    moved = len(former - set(plan.pairs))
    assert (moved, worth(later, chosen)) == least_moved(later, former, len(plan.uncovered))
    assert worth(later, chosen)[0] == brute_force(later)[0]


def test_planning_again_with_nothing_changed_moves_nobody() -> None:
    officials = [Traveller(key, 2, HERE) for key in range(3)]
    branches = [Stop(10 + key, 3 + key % 2, HERE) for key in range(4)]
    former = solve(Problem.of(officials, branches)).pairs

    again = solve(Problem.of(officials[::-1], branches, former=former))

    assert again.pairs == former


def test_weights_too_great_to_count_are_refused() -> None:
    problem = Problem.of(
        [Traveller(1, 2, HERE)], [Stop(10, 3, HERE, 9)], weights=Weights(seniority=2**40)
    )

    with pytest.raises(Refused, match="Trọng số quá lớn"):
        solve(problem)


def test_nobody_goes_twice_on_a_day() -> None:
    problem = Problem.of(
        [Traveller(1, 4, HERE)], [Stop(10, 3, HERE), Stop(11, 3, HERE), Stop(12, 4, HERE)]
    )

    plan = solve(problem)

    assert plan.loads.tolist() == [2]
    assert len({11, 10} & set(plan.uncovered)) == 1


def test_load_is_spread_before_anybody_goes_twice() -> None:
    problem = Problem.of(
        [Traveller(1, 2, HERE), Traveller(2, 2, HERE)],
        [Stop(10, 3, HERE), Stop(11, 4, HERE)],
        weights=Weights(load=50),
    )

    assert solve(problem).loads.tolist() == [1, 1]


def test_a_month_without_branches_or_without_officials_is_planned() -> None:
    assert solve(Problem.of([Traveller(1, 2, HERE)], [])).pairs == ()
    assert solve(Problem.of([], [Stop(10, 3, HERE)])).uncovered == (10,)


def test_costs_are_named() -> None:
    near = Traveller(1, 2, HERE, seniority=1)
    branch = Stop(10, 3, Place(16.1, 107.5), priority=3, holder=2, attended=(1, 1))
    problem = Problem.of([near, Traveller(2, 2, HERE)], [branch])

    assert problem.cost(1, 10) == {
        "distance": 110,
        "seniority": 200,
        "keep": 200,
        "rotation": 200,
        "fields": 0,
    }
    assert problem.cost(2, 10) == {
        "distance": 110,
        "seniority": 300,
        "keep": 0,
        "rotation": 0,
        "fields": 0,
    }


@pytest.mark.parametrize(
    ("pins", "said"),
    [
        ({(1, 10), (1, 11)}, "hai chi bộ cùng ngày"),
        ({(1, 10), (2, 10)}, "cho hai đồng chí"),
        ({(2, 11), (2, 12)}, "quá định mức"),
        ({(3, 10)}, "không được phép"),
        ({(4, 10)}, "không còn trong danh sách"),
    ],
)
def test_pins_that_cannot_hold_are_refused(pins: set[tuple[int, int]], said: str) -> None:
    officials = [
        Traveller(1, 2, HERE),
        Traveller(2, 1, HERE),
        Traveller(3, 2, HERE, barred=frozenset({10})),
    ]
    branches = [Stop(10, 3, HERE), Stop(11, 3, HERE), Stop(12, 4, HERE)]

    with pytest.raises(Refused, match=said):
        Problem.of(officials, branches, pins=pins)


@pytest.mark.parametrize(
    ("officials", "weights", "said"),
    [
        ([Traveller(1, 5, HERE)], Weights(), "Định mức"),
        ([Traveller(1, 1, HERE)] * 2, Weights(), "hai dòng"),
        ([Traveller(1, 1, HERE)], Weights(load=-1), "Trọng số"),
    ],
)
def test_misshapen_rows_are_refused(
    officials: list[Traveller], weights: Weights, said: str
) -> None:
    with pytest.raises(Refused, match=said):
        Problem.of(officials, [], weights=weights)
