"""Small months for the planner, and the slow truth about them."""

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from assignments.planning.problem import Place, Problem, Stop, Traveller, Weights

PLACES = st.builds(Place, st.integers(0, 3).map(lambda n: 16 + n / 8), st.just(107.5))
FIELDS = st.frozensets(st.integers(0, 2), max_size=2)
KEYS = 100  # branches are numbered from here, officials from 0


@st.composite
def problems(draw: st.DrawFn) -> Problem:
    people, stops = draw(st.integers(1, 4)), draw(st.integers(1, 5))
    pairs = st.tuples(st.integers(0, people - 1), st.integers(KEYS, KEYS + stops - 1))
    officials = [draw(_travellers(key, stops)) for key in range(people)]
    branches = [draw(_stops(KEYS + key, people)) for key in range(stops)]
    small = st.integers(0, 60)
    weights = draw(st.builds(Weights, small, small, small, small, small, small))
    return Problem.of(
        officials, branches, weights=weights, forbids=draw(st.sets(pairs, max_size=4))
    )


def _travellers(key: int, stops: int) -> st.SearchStrategy[Traveller]:
    return st.builds(
        Traveller,
        key=st.just(key),
        capacity=st.integers(0, 3),
        seat=PLACES,
        seniority=st.integers(0, 2),
        is_absent=st.sampled_from([False] * 5 + [True]),
        barred=st.frozensets(st.integers(KEYS, KEYS + stops - 1), max_size=2),
        fields=FIELDS,
    )


def _stops(key: int, people: int) -> st.SearchStrategy[Stop]:
    official = st.integers(0, people - 1)
    return st.builds(
        Stop,
        key=st.just(key),
        slot=st.integers(3, 5),
        seat=PLACES,
        priority=st.integers(0, 2),
        holder=st.none() | official,
        attended=st.lists(official, max_size=2).map(tuple),
        fields=FIELDS,
    )


def brute_force(problem: Problem, forced: tuple[int, int] | None = None) -> tuple[int, int] | None:
    """Branches left out and cost of the best plan, by trying every one; with the forced pair in it."""
    tried = [
        value
        for plan in every_plan(problem)
        if forced is None or plan[problem.row[forced[1]]] == forced[0]
        if (value := worth(problem, plan))
    ]
    return min(tried, default=None)


def least_moved(
    problem: Problem, former: set[tuple[int, int]], uncovered: int
) -> tuple[int, tuple[int, int]]:
    """Pairs given up, then worth, of the plan that gives up fewest among those that leave so many out."""
    tried = []
    for plan in every_plan(problem):
        value = worth(problem, plan)
        if value and value[0] == uncovered:
            pairs = zip(plan, (stop.key for stop in problem.branches), strict=True)
            tried.append((len(former - set(pairs)), value))
    return min(tried)


def every_plan(problem: Problem) -> Iterator[tuple[int | None, ...]]:
    """Within what each pair allows, whatever it is worth."""
    people: list[int | None] = [None, *(one.key for one in problem.officials)]
    options = [
        [one for one in people if one is None or problem.may_go(one, stop.key)]
        for stop in problem.branches
    ]
    return product(*options)


def worth(problem: Problem, plan: tuple[int | None, ...]) -> tuple[int, int] | None:
    """Branches left out and cost of a plan by the rules as they are said, None if it breaks one."""
    taken: set[tuple[int, int]] = set()
    loads = dict.fromkeys(problem.column, 0)
    cost = 0
    for stop, official in zip(problem.branches, plan, strict=True):
        if official is None:
            if any(branch == stop.key for _, branch in problem.pins):
                return None
            continue
        if (official, stop.slot) in taken:
            return None
        taken.add((official, stop.slot))
        cost += sum(problem.cost(official, stop.key).values())
        cost += loads[official] * problem.weights.load
        loads[official] += 1
    if any(loads[one.key] > one.capacity for one in problem.officials):
        return None
    return plan.count(None), cost
