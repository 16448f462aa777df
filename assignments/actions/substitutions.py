"""Somebody else goes: asked for with a typed reason, and a substitute found, or none."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assignments import rules
from assignments.models import Assignment, Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from notices import actions as notices
from roster import audit
from roster.actions.accounts import ensure_account
from roster.models import Official, User
from roster.states import AbsenceReason, Role


@transaction.atomic
def ask_for_substitute(
    assignment: Assignment,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: AbsenceReason,
    note: str = "",
    by: User,
) -> Substitution:
    """Ask the desk to send somebody else on these days (both inclusive). Asking again for the same days is the same request."""
    refuse_if(rules.why_not_ask(assignment, by, starts_on, ends_on))
    same = assignment.substitutions.open().filter(starts_on=starts_on, ends_on=ends_on)
    if asked := same.first():
        return asked
    substitution = Substitution.objects.create(
        assignment=assignment, starts_on=starts_on, ends_on=ends_on, reason=reason, note=note
    )
    audit.record("substitute_asked", substitution, by=by, reason=reason)
    notices.owe(
        "assignments.substitute_asked",
        to=desk_of(assignment),
        occasion=occasion(substitution),
        facts=facts_of(substitution),
    )
    return substitution


@transaction.atomic
def accept_substitution(substitution: Substitution, *, substitute: Official, by: User) -> None:
    """`substitute` goes; rights to the meeting's page follow the days. Both are told."""
    refuse_if(rules.why_not_answer(substitution, by))
    refuse_if(rules.why_not_stand_in(substitution, substitute))
    try:
        with transaction.atomic():
            change_status(substitution, SubstitutionStatus.ACCEPTED, substitute=substitute)
    except IntegrityError:
        raise Refused("Đã có người thay trong những ngày này.") from None
    audit.record("substitute_accepted", substitution, by=by, substitute=substitute.pk)
    notices.withdraw(occasion(substitution))
    tell_about(substitution, "assignments.standing_in", to=ensure_account(substitute, by=by))
    tell_about(substitution, "assignments.substitute_found", to=assignee(substitution))


@transaction.atomic
def decline_substitution(substitution: Substitution, *, answer: str, by: User) -> None:
    """Nobody is sent instead; the assignee is told why. The answer is kept in the audit."""
    refuse_if(rules.why_not_answer(substitution, by))
    change_status(substitution, SubstitutionStatus.DECLINED)
    audit.record("substitute_declined", substitution, by=by, answer=answer)
    notices.withdraw(occasion(substitution))
    tell_about(
        substitution, "assignments.substitute_declined", to=assignee(substitution), answer=answer
    )


@transaction.atomic
def withdraw_substitution(substitution: Substitution, *, by: User) -> None:
    """The assignee goes after all; a substitute already found is told."""
    refuse_if(rules.why_not_withdraw(substitution, by, timezone.localdate()))
    change_status(substitution, SubstitutionStatus.WITHDRAWN)
    audit.record("substitute_withdrawn", substitution, by=by)
    notices.withdraw(occasion(substitution))
    if substitution.substitute:
        users = User.objects.filter(official=substitution.substitute)
        tell_about(substitution, "assignments.standing_in_ended", to=users)


@transaction.atomic
def appoint_substitute(
    assignment: Assignment,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: AbsenceReason,
    substitute: Official,
    by: User,
) -> Substitution:
    """The desk sends somebody else without being asked."""
    refuse_if(rules.why_not_decide(assignment.unit, by))
    substitution = ask_for_substitute(
        assignment, starts_on=starts_on, ends_on=ends_on, reason=reason, by=by
    )
    accept_substitution(substitution, substitute=substitute, by=by)
    return substitution


def desk_of(assignment: Assignment) -> list[User]:
    """The officers who can answer: those of the commune, and of the commission above it."""
    above = [*assignment.unit.ancestor_ids, assignment.unit_id]
    officers = [Role.COMMUNE_OFFICER, Role.COMMISSION_OFFICER]
    return list(User.objects.filter(is_active=True, role__in=officers, unit__in=above))


def assignee(substitution: Substitution) -> list[User]:
    return list(User.objects.filter(official=substitution.assignment.official_id))


def occasion(substitution: Substitution) -> str:
    return f"substitution:{substitution.pk}"


def tell_about(substitution: Substitution, kind: str, *, to: Any, **facts: str) -> None:
    notices.owe(
        kind,
        to=to,
        occasion=f"{occasion(substitution)}:{substitution.status}",
        facts={**facts_of(substitution), **facts},
    )


def facts_of(substitution: Substitution) -> dict[str, str]:
    assignment = substitution.assignment
    return {
        "official": str(assignment.official),
        "unit": assignment.unit.committee_name,
        "starts_on": f"{substitution.starts_on:%d/%m/%Y}",
        "ends_on": f"{substitution.ends_on:%d/%m/%Y}" if substitution.ends_on else "",
        "reason": substitution.get_reason_display(),
        "note": substitution.note,
        "substitute": str(substitution.substitute) if substitution.substitute else "",
        "url": reverse("assignments:substitution_detail", args=[substitution.pk]),
    }
