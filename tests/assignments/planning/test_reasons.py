"""Why a branch is left out, why an official was chosen, and what another would cost."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from assignments.planning.certificates import (
    blockade,
    blockades,
    in_words,
    is_short,
    with_others,
)
from assignments.planning.flow import solve
from assignments.planning.problem import Place, Problem, Stop, Traveller
from assignments.planning.reasons import runners_up, why, why_not
from tests.assignments.planning.cases import brute_force, problems

HERE, FAR_OFF = Place(16.0, 107.5), Place(16.5, 107.5)


@settings(max_examples=300, deadline=None)
@given(problems())
def test_every_branch_left_out_has_a_blockade_that_holds(problem: Problem) -> None:
    plan = solve(problem, kept=1)

    found = list(blockades(plan))

    assert tuple(one.branch for one in found) == plan.uncovered
    assert all(is_short(problem, one) for one in found)
    assert all(is_short(problem, with_others(plan, one)) for one in found)


@settings(max_examples=100, deadline=None)
@given(problems(), st.sampled_from([1, 80]))
def test_every_other_pair_costs_what_brute_force_says(problem: Problem, kept: int) -> None:
    plan = solve(problem, kept=kept)
    coverage, cost = len(plan.uncovered), plan.cost

    for stop in problem.branches:
        for one in problem.officials:
            choice = why_not(plan, one.key, stop.key)
            best = brute_force(problem, (one.key, stop.key))
            told = choice and (coverage + choice.lost, cost + choice.extra)
            assert told == best


def test_a_blockade_that_leaves_somebody_out_proves_nothing() -> None:
    branches = [Stop(key, 3, HERE) for key in (10, 11)]
    problem = Problem.of([Traveller(1, 2, HERE)], branches)
    plan = solve(problem)
    found = blockade(plan, plan.uncovered[0])

    assert is_short(problem, found)
    assert not is_short(problem, replace(found, days=frozenset()))
    assert not is_short(problem, replace(found, branches=frozenset({found.branch})))
    assert not is_short(Problem.of([Traveller(1, 2, HERE), Traveller(2, 1, HERE)], branches), found)


def test_a_blockade_is_said_in_words() -> None:
    day_full = Problem.of([Traveller(1, 2, HERE)], [Stop(10, 3, HERE), Stop(11, 3, HERE)])
    used_up = Problem.of([Traveller(1, 1, HERE)], [Stop(10, 3, HERE), Stop(11, 14, HERE)])
    nobody = Problem.of([Traveller(1, 0, HERE)], [Stop(10, 3, HERE)])

    said = [in_words(one, next(blockades(solve(one)))) for one in (day_full, used_up, nobody)]

    assert said == [
        "Ngày mùng 3: 2 chi bộ, 1 đồng chí rảnh. Hãy đổi ngày họp hoặc thêm người rảnh ngày đó.",
        "Ngày mùng 3, 14: 2 chi bộ, 1 lượt đi của 1 đồng chí. Hãy nâng định mức hoặc thêm người.",
        "Ngày mùng 3: không đồng chí nào được đến chi bộ này. Hãy bỏ bớt cấm hoặc thêm người.",
    ]


def test_the_choice_and_its_three_runners_up_are_named_in_order() -> None:
    seats = [HERE, Place(16.1, 107.5), Place(16.2, 107.5), Place(16.3, 107.5), FAR_OFF]
    officials = [Traveller(key, 1, seat) for key, seat in enumerate(seats)]
    plan = solve(Problem.of(officials, [Stop(10, 3, HERE)]))

    chosen, others = why(plan, 10), runners_up(plan, 10)

    assert chosen
    assert chosen.official == 0
    assert chosen.terms == {"distance": 0, "seniority": 0, "keep": 0, "rotation": 0, "fields": 0}
    assert [(one.official, one.extra, one.lost) for one in others] == [
        (1, 110, 0),
        (2, 220, 0),
        (3, 330, 0),
    ]


def test_a_branch_left_out_has_no_choice_but_says_what_each_would_cost() -> None:
    problem = Problem.of([Traveller(1, 1, HERE)], [Stop(10, 3, HERE), Stop(11, 3, FAR_OFF)])
    plan = solve(problem)

    assert plan.uncovered == (11,)
    assert why(plan, 11) is None
    assert [(one.official, one.extra, one.lost) for one in runners_up(plan, 11)] == [(1, 560, 0)]
