"""Plans for a draft's list: asked for, made in the background, cancelled."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import IntegrityError, connection, transaction

from assignments import plan_rows, rules
from assignments.actions.lines import keep_change
from assignments.models import Assignment, Decision, Proposal
from assignments.plan_facts import facts_of
from assignments.planning.flow import Plan, solve
from assignments.states import AttendeeRole, ProposalStatus
from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from roster import audit
from roster.actions.jobs import advance_job, open_job, running
from roster.models import User
from roster.states import UnitKind

STEPS: Final = 3
CANCELLED: Final = "Đã hủy theo yêu cầu; danh sách dự thảo giữ nguyên."
WRITE = """
INSERT INTO assignments_assignment
    (decision_id, official_id, unit_id, role, starts_on, ends_on, in_force, ended_because)
SELECT %s, pair.official, pair.unit, %s, %s, %s, false, ''
FROM unnest(%s::bigint[], %s::bigint[]) AS pair (official, unit)
"""


@transaction.atomic
def ask_for_plan(
    decision: Decision,
    *,
    by: User,
    reach: str = UnitKind.BRANCH,
    weights: Mapping[str, int] | None = None,
    pins: Sequence[Sequence[int]] = (),
    forbids: Sequence[Sequence[int]] = (),
    former: Proposal | None = None,
) -> Proposal:
    """A plan to be made by `run_plan`. With `former` as few of its people move as possible."""
    refuse_if(rules.why_not_edit(decision, by))
    proposal = Proposal(
        decision=decision,
        reach=reach,
        weights=dict(weights or plan_rows.weights_on(decision.starts_on)),
        pins=list(pins),
        forbids=list(forbids),
        former=former,
        by=by,
        job=open_job("plan", by=by, title=f"Lập phương án cho {decision}"),
    )
    try:
        with transaction.atomic():
            proposal.save()
    except IntegrityError:
        raise Refused(
            "Đang lập một phương án cho dự thảo này; chờ xong hoặc hủy rồi lập lại."
        ) from None
    audit.record("plan_asked", decision, by=by, proposal=proposal.pk, weights=proposal.weights)
    return proposal


@transaction.atomic
def cancel_plan(proposal: Proposal, *, by: User) -> None:
    """Nothing of it is written: the draft keeps the list it has."""
    refuse_if(rules.why_not_decide(proposal.decision.issuer, by))
    change_status(proposal, ProposalStatus.CANCELLED)
    audit.record("plan_cancelled", proposal.decision, by=by, proposal=proposal.pk)


def run_plan(pk: int) -> None:
    """Make the plan and write it; of a cancelled one, or a second time, nothing."""
    proposal = Proposal.objects.select_related("decision__issuer", "former", "job", "by").get(pk=pk)
    if proposal.status != ProposalStatus.WAITING or proposal.job is None:
        return
    try:
        with running(proposal.job.pk) as job:
            make_plan(
                proposal,
                tell=lambda done, text: advance_job(job, done=done, total=STEPS, sentence=text),
            )
            job.result_url = proposal.get_absolute_url()
    except Cancelled:
        return
    except Exception:
        if Proposal.objects.filter(pk=pk, status=ProposalStatus.WAITING).exists():
            change_status(proposal, ProposalStatus.FAILED)
        raise


class Cancelled(Refused):
    """Somebody cancelled the plan while it was being made."""


def make_plan(proposal: Proposal, *, tell: Any = lambda done, text: None) -> Plan:
    """From rows in the database to the plan in the database.

    Before each of its rounds the search looks whether it was cancelled meanwhile, and ends.
    """
    tell(0, "Đang đọc cán bộ, chi bộ và các lần dự trước")
    proposal.rows = plan_rows.read(proposal.decision, proposal.reach)
    problem = plan_rows.problem_of(proposal)
    many = f"{len(problem.officials)} cán bộ vào {len(problem.branches)} nơi"

    def look_up(turn: int) -> None:
        if not Proposal.objects.filter(pk=proposal.pk, status=ProposalStatus.WAITING).exists():
            raise Cancelled(CANCELLED)
        tell(1, f"Đang xếp {many}, vòng {turn}")

    plan = solve(problem, before_round=look_up)
    tell(2, "Đang ghi danh sách")
    keep_plan(proposal, plan)
    return plan


@transaction.atomic
def keep_plan(proposal: Proposal, plan: Plan) -> None:
    """The plan becomes the draft's list, unless it was cancelled or the draft is none any more."""
    decision = Decision.objects.select_for_update().get(pk=proposal.decision_id)
    if proposal.by:
        refuse_if(rules.why_not_edit(decision, proposal.by))
    change_status(
        proposal,
        ProposalStatus.DONE,
        rows=proposal.rows,
        pairs=[list(pair) for pair in plan.pairs],
        facts=facts_of(plan, proposal),
    )
    write_lines(decision, plan, proposal)
    audit.record(
        "planned",
        decision,
        by=proposal.by,
        proposal=proposal.pk,
        lines=len(plan.pairs),
        cost=plan.cost,
    )


def write_lines(decision: Decision, plan: Plan, proposal: Proposal) -> None:
    """The main lines of the kind that was planned are replaced; one undo takes the whole plan back."""
    lines = Assignment.objects.filter(decision=decision, in_force=False)
    old = lines.filter(unit__kind=proposal.reach).main()
    units = {*old.values_list("unit", flat=True), *(unit for _, unit in plan.pairs)}

    def write() -> None:
        old.delete()
        insert_pairs(decision, plan)

    if proposal.by:
        keep_change(decision, units, write, f"lập {proposal}", by=proposal.by)
    else:
        write()


def insert_pairs(decision: Decision, plan: Plan) -> None:
    """In one statement; who already stands there beside somebody else is left so."""
    second = set(decision.assignments.values_list("official", "unit"))
    pairs = [pair for pair in plan.pairs if pair not in second]
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            [
                decision.pk,
                AttendeeRole.MAIN,
                decision.starts_on,
                decision.ends_on,
                [official for official, _ in pairs],
                [unit for _, unit in pairs],
            ],
        )
