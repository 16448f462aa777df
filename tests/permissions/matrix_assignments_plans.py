"""Who may plan a draft's list, and ask why it is so. Order of the roles: see table.py."""

from typing import Any

from assignments.models import Assignment, Proposal
from assignments.states import ProposalStatus
from tests.permissions.matrix_assignments import a_draft, draft
from tests.permissions.table import Row
from tests.permissions.world import World

SEES_PLANS = "200 200 200 404 404 404 404 200"
PLANS = "403 302 302 404 404 404 404 403"


def a_plan(world: World, **values: Any) -> Proposal:
    decision = draft(world)
    holder: Assignment = Assignment.objects.get(decision=decision)
    row = [holder.unit_id, 3, 20.0, 106.0, 0, None, [], []]
    person = [holder.official_id, 2, 20.0, 106.0, 0, False, [], []]
    made: Proposal = Proposal.objects.create(
        decision=decision,
        weights={},
        rows={"officials": [person], "units": [row], "unscheduled": 0},
        pairs=[[holder.official_id, holder.unit_id]],
        facts={
            "covered": 1,
            "units": 1,
            "people": 1,
            "km": 0,
            "changed": 0,
            "moved": None,
            "blocked": [],
            "loads": [0, 1],
        },
        **{"status": ProposalStatus.DONE, **values},
    )
    return made


def a_done_plan(world: World) -> list[Any]:
    return [a_plan(world).pk]


def a_running_plan(world: World) -> list[Any]:
    return [a_plan(world, status=ProposalStatus.WAITING).pk]


def a_planned_unit(world: World) -> list[Any]:
    return [a_plan(world).pk, world.branch.pk]


def two_plans(world: World) -> list[Any]:
    one = a_plan(world)
    other = Proposal.objects.create(
        decision=one.decision, status=ProposalStatus.DONE, pairs=[], facts=one.facts
    )
    return [one.pk, other.pk]


def a_pin(world: World) -> dict[str, Any]:
    return {"act": "pin", "official": world.official.pk, "unit": world.branch.pk}


ROWS: list[Row] = [
    Row("assignments:plan_new", a_draft, inside="403 200 200 404 404 404 404 403", outside="404"),
    Row("assignments:plan_detail", a_done_plan, inside=SEES_PLANS, outside="404"),
    Row("assignments:plan_detail", a_running_plan, inside=SEES_PLANS, outside="404"),
    Row("assignments:plan_why", a_planned_unit, inside=SEES_PLANS, outside="404"),
    Row("assignments:plan_compare", two_plans, inside=SEES_PLANS, outside="404"),
    Row(
        "assignments:plan_again",
        a_done_plan,
        method="post",
        data=a_pin,
        inside=PLANS,
        outside="404",
    ),
    Row("assignments:plan_cancel", a_running_plan, method="post", inside=PLANS, outside="404"),
]
