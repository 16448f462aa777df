"""Who may open and do what in assignments. Order of the roles: see table.py."""

from datetime import date, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from assignments.models import Assignment, Decision, Removal, Substitution
from assignments.states import DecisionStatus
from roster.models import StoredFile
from roster.states import AbsenceReason
from tests import factories
from tests.permissions.table import Row, the
from tests.permissions.world import World

TERM = {"starts_on": date(2026, 1, 1)}


def draft(world: World) -> Decision:
    """A draft of the inside province with one line into the inside branch."""
    decision: Decision = factories.DecisionFactory(
        issuer=world.province, status=DecisionStatus.DRAFT, number="90-QĐ/TU", **TERM
    )
    factories.AssignmentFactory(
        decision=decision, official=world.official, unit=world.branch, in_force=False, **TERM
    )
    return decision


def a_draft(world: World) -> list[Any]:
    return [draft(world).pk]


def a_line(world: World) -> list[Any]:
    return [Assignment.objects.get(decision=draft(world)).pk]


def a_proposal(world: World) -> list[Any]:
    proposed = draft(world)
    Decision.objects.filter(pk=proposed.pk).update(status=DecisionStatus.PROPOSED)
    return [proposed.pk]


def a_docx(world: World) -> list[Any]:
    return [*issued(world), "docx"]


def a_removal(world: World) -> list[Any]:
    amendment = factories.DecisionFactory(
        issuer=world.province, status=DecisionStatus.DRAFT, amends=world.decision, **TERM
    )
    return [Removal.objects.create(decision=amendment, assignment=world.assignment).pk]


def issued(world: World) -> list[Any]:
    assert world.assignment
    return [world.decision.pk]


def with_file(world: World) -> list[Any]:
    stored = StoredFile(name="87.pdf", content_type="application/pdf", size=4, sha256="0" * 64)
    stored.content.save("87.pdf", ContentFile(b"%PDF"))
    assert world.assignment
    Decision.objects.filter(pk=world.decision.pk).update(
        signed_file=stored, signed_sha256=stored.sha256
    )
    return [world.decision.pk]


def asked(world: World) -> list[Any]:
    day = timezone.localdate() + timedelta(days=7)
    return [
        Substitution.objects.create(
            assignment=world.assignment, starts_on=day, ends_on=day, reason=AbsenceReason.DUTY
        ).pk
    ]


def offered(world: World) -> list[Any]:
    """To the inside official, who is the assignee's account too: only that person answers."""
    assert world.assignment
    other = factories.OfficialFactory(full_name="Lê Văn Khác", agency=world.agency)
    Assignment.objects.filter(pk=world.assignment.pk).update(official=other)
    pk = asked(world)[0]
    Substitution.objects.filter(pk=pk).update(status="offered", substitute=world.official)
    return [pk]


def taken(world: World) -> list[Any]:
    pk = offered(world)[0]
    Substitution.objects.filter(pk=pk).update(status="accepted")
    return [pk]


def new_decision(world: World) -> dict[str, Any]:
    return {"kind": "qd", "issuer": world.province.pk, "starts_on": "2026-01-01"}


def a_substitute(world: World) -> dict[str, Any]:
    substitute = factories.OfficialFactory(full_name="Trần Văn Thay", agency=world.agency)
    return {"substitute": substitute.pk}


NEW_LINE = {"official": "0", "units": ["0"], "role": "main"}
ENDING = {"ended_on": "2026-11-30", "reason": "Chuyển công tác"}
DAYS = {"starts_on": "2027-01-03", "ends_on": "2027-01-03", "reason": "duty"}
STAFF = "200 200 200 200 403 403 403 200"

ROWS: list[Row] = [
    Row("assignments:assignment_list", inside=STAFF, outside=STAFF),
    Row("assignments:assignment_list", query="?by=people", inside=STAFF, outside=STAFF),
    Row("assignments:assignment_mine", inside="200", outside="200"),
    Row(
        "assignments:unit_attendees",
        the("branch"),
        inside="200 200 200 200 404 200 404 200",
        outside="404",
    ),
    Row(
        "assignments:official_assignments",
        the("official"),
        inside="200 200 200 404 200 404 404 200",
        outside="404",
    ),
    Row(
        "assignments:unit_supplement",
        the("branch"),
        method="post",
        inside="403 302 302 302 404 403 404 403",
        outside="404",
    ),
    Row(
        "assignments:assignment_end",
        the("assignment"),
        method="post",
        data=ENDING,
        inside="403 302 302 403 403 403 404 403",
        outside="404",
    ),
    Row("assignments:decision_list", inside=STAFF, outside=STAFF),
    Row(
        "assignments:decision_detail",
        issued,
        inside="200 200 200 200 404 404 404 200",
        outside="404 404 404 200 404 404 404 404",  # it sends somebody into that commune too
    ),
    Row(
        "assignments:decision_detail",
        a_draft,
        inside="200 200 200 404 404 404 404 200",
        outside="404",
    ),
    Row(
        "assignments:decision_new",
        inside="403 200 200 200 403 403 403 403",
        outside="403 200 200 200 403 403 403 403",
    ),
    Row(
        "assignments:decision_new",
        method="post",
        data=new_decision,
        inside="403 302 302 200 403 403 403 403",  # 200: the form, the issuer is not the commune's
        outside="403 200 200 200 403 403 403 403",
    ),
    Row(
        "assignments:decision_edit",
        a_draft,
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_issue",
        a_draft,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_grid",
        a_draft,
        method="get",
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:grid_assign",
        a_draft,
        method="post",
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:grid_swap",
        a_draft,
        method="post",
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:grid_clear",
        a_draft,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:grid_undo",
        a_draft,
        method="post",
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_propose",
        a_draft,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_take_back",
        a_proposal,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_paper",
        a_docx,
        inside="200 200 200 200 404 404 404 200",
        outside="404 404 404 200 404 404 404 404",
    ),
    Row(
        "assignments:decision_amend",
        issued,
        method="post",
        data={"starts_on": "2026-12-01"},
        inside="403 302 302 403 404 404 404 403",
        outside="404 404 404 403 404 404 404 404",
    ),
    Row(
        "assignments:removal_add",
        a_draft,
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:removal_keep",
        a_removal,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:decision_end",
        issued,
        method="post",
        data=ENDING,
        inside="403 302 302 403 404 404 404 403",
        outside="404 404 404 403 404 404 404 404",
    ),
    Row(
        "assignments:decision_file",
        with_file,
        inside="200 200 200 200 404 404 404 200",
        outside="404 404 404 200 404 404 404 404",
    ),
    Row(
        "assignments:decision_file_add",
        issued,
        inside="403 200 200 403 404 404 404 403",
        outside="404 404 404 403 404 404 404 404",
    ),
    Row(
        "assignments:line_add",
        a_draft,
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:line_add",
        a_draft,
        method="post",
        data=NEW_LINE,  # nobody's: the form comes back with the reason
        inside="403 200 200 404 404 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:line_remove",
        a_line,
        method="post",
        inside="403 302 302 404 404 404 404 403",
        outside="404",
    ),
    Row("assignments:substitution_list", inside="200", outside="200"),
    Row(
        "assignments:substitution_new",
        the("assignment"),
        method="post",
        data=DAYS,
        inside="403 302 302 302 302 403 404 403",
        outside="404",
    ),
    Row(
        "assignments:substitution_detail",
        asked,
        inside="200 200 200 200 200 404 404 200",
        outside="404",
    ),
    Row(
        "assignments:substitution_accept",
        asked,
        method="post",
        data=a_substitute,
        inside="403 302 302 302 403 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:substitution_offer",
        asked,
        method="post",
        data=a_substitute,
        inside="403 302 302 302 302 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:substitution_take",
        offered,
        method="post",
        inside="422 422 422 422 302 404 404 422",
        outside="404",
    ),
    Row(
        "assignments:substitution_refuse",
        offered,
        method="post",
        data={"reason": "duty"},
        inside="422 422 422 422 302 404 404 422",
        outside="404",
    ),
    Row(
        "assignments:substitution_pass_on",
        taken,
        inside="403 200 200 200 200 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:substitution_decline",
        asked,
        method="post",
        data={"answer": "Không còn ai rảnh"},
        inside="403 302 302 302 403 404 404 403",
        outside="404",
    ),
    Row(
        "assignments:substitution_withdraw",
        asked,
        method="post",
        inside="422 302 302 302 302 404 404 422",
        outside="404",
    ),
]
