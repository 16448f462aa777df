"""Decisions and their lists: drafted, issued (the list comes into force), ended."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from assignments import papers, rules
from assignments.actions import amendments
from assignments.actions.ending import end_rows, tell_ended
from assignments.actions.lines import add_assignment, remove_assignment
from assignments.actions.numbering import number_at_issue
from assignments.conflicts import conflicts
from assignments.models import Assignment, Decision, IssuedPaper
from assignments.states import DecisionStatus
from config.lib.errors import Conflict, Refused, refuse_if
from config.lib.status import change_status
from notices import actions as notices
from notices.actions import Due
from roster import audit
from roster.actions.accounts import ensure_accounts
from roster.actions.files import store_upload
from roster.file_types import PDF
from roster.models import StoredFile, Unit, User
from roster.states import Role

__all__ = ["add_assignment", "remove_assignment"]

ISSUING = 730_001  # the advisory lock of those who bring assignments into force
NAMED_AT_MOST = 5  # clashes in one sentence


@transaction.atomic
def create_decision(*, issuer: Unit, by: User, **fields: Any) -> Decision:
    """A draft; `fields` are the columns of Decision."""
    refuse_if(rules.why_not_decide(issuer, by))
    return save_decision(Decision(issuer=issuer, by=by, **fields), by=by)


@transaction.atomic
def save_decision(decision: Decision, *, by: User) -> Decision:
    """Save a draft as filled in; the periods of its lines follow its own."""
    refuse_if(rules.why_not_edit(decision, by))
    verb = "changed" if decision.pk else "drafted"
    decision.save()
    decision.assignments.update(starts_on=decision.starts_on, ends_on=decision.ends_on)
    audit.record(verb, decision, by=by)
    return decision


@transaction.atomic
def propose_decision(decision: Decision, *, by: User) -> None:
    """Put the draft before whoever signs; its list stands still meanwhile. The commission's leaders are told."""
    refuse_if(rules.why_not_propose(decision, by, change_count(decision)))
    change_status(decision, DecisionStatus.PROPOSED)
    event = audit.record("proposed", decision, by=by)
    leaders = User.objects.filter(
        is_active=True, role=Role.COMMISSION_LEADER, unit=decision.issuer_id
    )
    notices.owe(
        "assignments.proposed",
        to=list(leaders),
        occasion=f"decision:{decision.pk}:proposed:{event.pk}",
        facts={"decision": str(decision), "by": by.full_name, "url": decision.get_absolute_url()},
    )


@transaction.atomic
def take_back_decision(decision: Decision, *, by: User) -> None:
    """What was proposed is a draft again, and can be changed."""
    refuse_if(rules.why_not_take_back(decision, by))
    change_status(decision, DecisionStatus.DRAFT)
    audit.record("taken_back", decision, by=by)


@transaction.atomic
def issue_decision(decision: Decision, *, by: User) -> int:
    """The draft becomes a numbered decision and its list comes into force; returns how many lines.

    Refused with every clash named when somebody else already goes where the list sends one.
    Of an amendment the lines it ends hold to the day before its own first day. What its
    document says is frozen.
    """
    lines = decision.assignments.select_related("official", "unit", "decision")
    refuse_if(rules.why_not_issue(decision, by, change_count(decision)))
    signed_on = decision.signed_on or timezone.localdate()
    number = number_at_issue(decision, signed_on=signed_on, by=by)
    change_status(decision, DecisionStatus.ISSUED, number=number, signed_on=signed_on)
    paper = papers.gather(decision, today=signed_on)
    IssuedPaper.objects.create(decision=decision, facts=paper)
    audit.record("issued", decision, by=by, lines=lines.count(), number=number)
    amendments.carry_out(decision, by=by)
    return bring_into_force(lines, by=by)


def change_count(decision: Decision) -> int:
    """How many lines the decision adds or ends."""
    return decision.assignments.count() + decision.removals.count()


@transaction.atomic
def bring_into_force(assignments: Iterable[Assignment], *, by: User | None) -> int:
    """Let assignments hold from their first day on; returns how many came into force.

    In one statement, or none: Refused with the clashes. Who is sent somewhere now or later gets
    an account and is told; lists of past terms are only history. Idempotent.
    """
    waiting = [row for row in assignments if not row.in_force]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ISSUING])  # else two could deadlock
    rows = Assignment.objects.filter(pk__in=[row.pk for row in waiting], in_force=False)
    try:
        with transaction.atomic():
            count = rows.update(in_force=True)
    except IntegrityError:
        raise Refused(name_conflicts(waiting)) from None
    today = timezone.localdate()
    tell_assigned([row.pk for row in waiting if not row.ends_on or row.ends_on >= today], by=by)
    return count


def name_conflicts(lines: list[Assignment]) -> str:
    sentences = [text for texts in conflicts(lines).values() for text in texts]
    if not sentences:
        raise Conflict
    left = len(sentences) - NAMED_AT_MOST
    more = f" Còn {left} chỗ trùng nữa." if left > 0 else ""
    return f"Chưa ban hành được. {' '.join(sentences[:NAMED_AT_MOST])}{more}"


def tell_assigned(pks: list[int], *, by: User | None) -> None:
    """Accounts for those who have none, and one message for each person and decision."""
    rows = Assignment.objects.filter(pk__in=pks).select_related("official", "unit", "decision")
    new = ensure_accounts([row.official for row in rows], by=by)
    notices.owe_many("assignments.account_made", [welcome(user) for user in new])
    lists: dict[tuple[Decision, int], list[Assignment]] = defaultdict(list)
    for row in rows:
        lists[row.decision, row.official_id].append(row)
    users = User.objects.in_bulk({pk for _, pk in lists}, field_name="official_id")
    notices.owe_many(
        "assignments.assigned",
        [
            Due(users[pk], f"decision:{decision.pk}:assigned", facts_of(decision, own))
            for (decision, pk), own in lists.items()
        ],
    )


def welcome(user: User) -> Due:
    """How to get in. No key lies in the outbox: the owner asks for a one-time link on that page."""
    url = reverse("account_reset_password")
    return Due(user, f"account:{user.pk}", {"username": user.username, "url": url})


def in_order(row: Assignment) -> tuple[str, int]:
    return row.unit.name_key, row.unit_id


def facts_of(decision: Decision, own: list[Assignment]) -> dict[str, Any]:
    """What the message about somebody's lines of a decision says."""
    return {
        "decision": str(decision),
        "signed_on": f"{decision.signed_on:%d/%m/%Y}" if decision.signed_on else "",
        "units": [row.unit.committee_name for row in sorted(own, key=in_order)],
        "starts_on": f"{own[0].starts_on:%d/%m/%Y}",
        "ends_on": f"{own[0].ends_on:%d/%m/%Y}" if own[0].ends_on else "",
        "url": reverse("assignments:assignment_mine"),
    }


@transaction.atomic
def end_decision(decision: Decision, *, ended_on: date, reason: str, by: User) -> int:
    """The decision and its assignments hold to `ended_on` and no longer; who goes there is told. Returns how many it ends."""
    refuse_if(rules.why_not_end(decision, by))
    refuse_if(rules.why_not_end_on(decision, ended_on))
    last = max(ended_on, decision.starts_on)
    change_status(decision, DecisionStatus.ENDED, ends_on=last)
    running = decision.assignments.filter(in_force=True).overlapping(last, None)
    ending = list(running.exclude(ends_on=last).select_related("unit"))
    count = end_rows(Assignment.objects.filter(pk__in=[row.pk for row in ending]), last, reason)
    today = timezone.localdate()
    tell_ended([row for row in ending if not row.ends_on or row.ends_on >= today], last, reason)
    audit.record("ended", decision, by=by, ended_on=last, reason=reason, lines=count)
    return count


@transaction.atomic
def end_assignment(assignment: Assignment, *, ended_on: date, reason: str, by: User) -> None:
    """One person stops going there before the decision's end; the reason is kept."""
    refuse_if(rules.why_not_end_assignment(assignment, by, timezone.localdate()))
    refuse_if(rules.why_not_end_on(assignment, ended_on))
    if not end_rows(Assignment.objects.filter(pk=assignment.pk, in_force=True), ended_on, reason):
        raise Conflict
    assignment.refresh_from_db()
    audit.record("assignment_ended", assignment, by=by, ended_on=ended_on, reason=reason)
    tell_ended([assignment], ended_on, reason)


@transaction.atomic
def file_signed_decision(
    decision: Decision, *, upload: UploadedFile[bytes], by: User
) -> StoredFile:
    """Keep the signed PDF with its SHA-256; it is not exchanged afterwards."""
    refuse_if(rules.why_not_file(decision, by))
    stored = store_upload(upload, by=by, allowed={PDF})
    rows = Decision.objects.filter(pk=decision.pk, signed_sha256="")
    if not rows.update(signed_file=stored, signed_sha256=stored.sha256):
        raise Conflict
    decision.refresh_from_db()
    audit.record("signed_file_kept", decision, by=by, sha256=stored.sha256)
    return stored


def supplement_to_draft(unit: Unit, *, by: User, today: date) -> Decision:
    """The draft into which a forgotten branch goes: the user's latest, or a new one like the last decision."""
    own = Decision.objects.filter(issuer=by.unit)
    draft = own.drafts().filter(by=by).order_by("-pk").first()
    if draft:
        return draft
    last = own.standing().order_by(F("signed_on").desc(), "-pk").first()
    ends_on = last.ends_on if last and last.ends_on and last.ends_on >= today else None
    return create_decision(
        issuer=by.unit or unit,
        by=by,
        subject="Về việc phân công bổ sung cán bộ dự sinh hoạt chi bộ",
        signer=last.signer if last else "",
        starts_on=today,
        ends_on=ends_on,
    )
