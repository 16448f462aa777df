"""Somebody else goes: asked for with a typed reason, and a substitute found, or none."""

from datetime import date, timedelta
from typing import Any, Final, cast

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assignments import rules
from assignments.models import Assignment, Refusal, Substitution
from assignments.states import SubstitutionStatus
from config.lib.errors import Refused, refuse_if
from config.lib.status import change_status
from notices import actions as notices
from roster import audit
from roster.actions.accounts import ensure_account
from roster.models import Official, Unit, User
from roster.states import AbsenceReason, Role

ONE_DAY: Final = timedelta(days=1)


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
    """Ask the desk to send somebody else on these days (both inclusive). Asking again for some of the same days is the same request."""
    refuse_if(rules.why_not_ask(assignment, by, starts_on, ends_on))
    Assignment.objects.select_for_update().get(pk=assignment.pk)  # of two at once one asks
    if asked := asked_already(assignment, starts_on, ends_on):
        return asked
    substitution = Substitution.objects.create(
        assignment=assignment, starts_on=starts_on, ends_on=ends_on, reason=reason, note=note
    )
    audit.record("substitute_asked", substitution, by=by, reason=reason)
    tell_desk(substitution, "assignments.substitute_asked")
    return substitution


def asked_already(
    assignment: Assignment, starts_on: date, ends_on: date | None
) -> Substitution | None:
    """The open request that covers these days; Refused when one covers some of them only."""
    near = assignment.substitutions.open().overlapping(starts_on, ends_on).order_by("-pk")
    for asked in near:
        if asked.is_on(starts_on) and asked.is_on(ends_on or date.max):
            return asked
    for asked in near:
        until = f" đến {asked.ends_on:%d/%m/%Y}" if asked.ends_on else ""
        raise Refused(
            f"Đã có đề nghị cử người thay từ {asked.starts_on:%d/%m/%Y}{until}. "
            "Rút đề nghị ấy, hoặc chọn những ngày khác."
        )
    return None


@transaction.atomic
def pass_on(
    substitution: Substitution,
    *,
    starts_on: date,
    ends_on: date | None,
    reason: AbsenceReason,
    note: str = "",
    by: User,
) -> Substitution:
    """The substitute cannot go on some of these days: ask the desk for somebody else; until then the days stay as they are."""
    refuse_if(rules.why_not_pass_on(substitution, by, starts_on, ends_on, timezone.localdate()))
    days = {"starts_on": starts_on, "ends_on": ends_on}
    asked, is_new = Substitution.objects.unanswered().get_or_create(
        assignment=substitution.assignment,
        instead_of=substitution,
        **days,
        defaults={"reason": reason, "note": note},
    )
    if is_new:
        audit.record("substitute_asked", asked, by=by, reason=reason, instead_of=substitution.pk)
        tell_desk(asked, "assignments.substitute_asked")
    return asked


@transaction.atomic
def offer_substitution(substitution: Substitution, *, substitute: Official, by: User) -> None:
    """Ask `substitute` to go, who says yes or no. An offer to somebody else is taken back."""
    refuse_if(rules.why_not_offer(substitution, by, timezone.localdate()))
    refuse_unless_free(substitution, substitute)
    if substitution.status == SubstitutionStatus.OFFERED:
        tell_substitute(substitution, "assignments.standing_in_ended")
        change_status(substitution, SubstitutionStatus.ASKED, substitute=None)
    change_status(substitution, SubstitutionStatus.OFFERED, substitute=substitute)
    event = audit.record("substitute_offered", substitution, by=by, substitute=substitute.pk)
    notices.owe(
        "assignments.standing_in_offered",
        to=ensure_account(substitute, by=by),
        occasion=f"{occasion(substitution)}:offered:{event.pk}",
        facts=facts_of(substitution),
    )


@transaction.atomic
def take_offer(substitution: Substitution, *, by: User) -> None:
    """Who was offered goes."""
    refuse_if(rules.why_not_take_offer(substitution, by, timezone.localdate()))
    settle(substitution, cast("Official", substitution.substitute), by=by)


@transaction.atomic
def refuse_offer(
    substitution: Substitution, *, reason: AbsenceReason, note: str = "", by: User
) -> None:
    """Who was offered cannot go: the request is open again; the desk and whoever asked are told. It counts for nothing else (R6)."""
    refuse_if(rules.why_not_take_offer(substitution, by, timezone.localdate()))
    official = cast("Official", substitution.substitute)
    Refusal.objects.get_or_create(
        substitution=substitution, official=official, defaults={"reason": reason, "note": note}
    )
    change_status(substitution, SubstitutionStatus.ASKED, substitute=None)
    event = audit.record("offer_refused", substitution, by=by, official=official.pk, reason=reason)
    notices.owe(
        "assignments.offer_refused",
        to=[*desk_of(substitution.assignment), *assignee(substitution)],
        occasion=f"{occasion(substitution)}:refused:{event.pk}",
        facts={
            **facts_of(substitution),
            "substitute": str(official),
            "why": AbsenceReason(reason).label,
        },
    )


@transaction.atomic
def accept_substitution(substitution: Substitution, *, substitute: Official, by: User) -> None:
    """The desk notes that `substitute` goes, or went (agreed by telephone, say)."""
    refuse_if(rules.why_not_note_substitute(substitution, by))
    refuse_unless_free(substitution, substitute)
    settle(substitution, substitute, by=by)


def refuse_unless_free(substitution: Substitution, substitute: Official) -> None:
    """Of two desks that choose the same person for the same days, the second hears of the first."""
    Official.objects.select_for_update(no_key=True).get(pk=substitute.pk)
    refuse_if(rules.why_not_stand_in(substitution, substitute))


def settle(substitution: Substitution, substitute: Official, *, by: User) -> None:
    """`substitute` goes; rights to the meeting's page follow the days. All concerned are told."""
    if substitution.instead_of:
        give_up_days(substitution.instead_of, substitution, by=by)
    try:
        with transaction.atomic():
            change_status(substitution, SubstitutionStatus.ACCEPTED, substitute=substitute)
    except IntegrityError:
        raise Refused("Đã có người thay trong những ngày này.") from None
    audit.record("substitute_accepted", substitution, by=by, substitute=substitute.pk)
    notices.withdraw(occasion(substitution))
    tell_about(substitution, "assignments.standing_in", to=ensure_account(substitute, by=by))
    tell_about(substitution, "assignments.substitute_found", to=assignee(substitution))


def give_up_days(earlier: Substitution, later: Substitution, *, by: User) -> None:
    """`later` takes its days over from `earlier`, which keeps those before and after: on each day one substitute goes."""
    before = later.starts_on - ONE_DAY
    after = later.ends_on + ONE_DAY if later.ends_on else None
    keeps_head = earlier.starts_on <= before
    keeps_tail = after is not None and (earlier.ends_on is None or after <= earlier.ends_on)
    whole = Substitution.objects.filter(pk=earlier.pk, status=SubstitutionStatus.ACCEPTED)
    end = earlier.ends_on
    if keeps_head:
        whole.update(ends_on=before)
    elif keeps_tail:
        whole.update(starts_on=after)
    else:
        change_status(earlier, SubstitutionStatus.PASSED_ON)
    if keeps_head and keeps_tail and after:
        Substitution.objects.create(
            assignment=earlier.assignment,
            substitute=earlier.substitute,
            instead_of=earlier.instead_of,
            status=SubstitutionStatus.ACCEPTED,
            starts_on=after,
            ends_on=end,
            reason=earlier.reason,
            note=earlier.note,
        )
    audit.record("days_passed_on", earlier, by=by, to=later.pk)


def follow_move(unit: Unit, before: date, after: date, *, by: User | None) -> int:
    """A meeting was moved: what was asked or arranged for its one day goes along, unless that day is taken."""
    rows = Substitution.objects.open().filter(
        assignment__unit=unit, starts_on=before, ends_on=before
    )
    moved = 0
    for row in rows.select_related("assignment").order_by("pk"):
        taken = row.assignment.substitutions.accepted().overlapping(after, after)
        if row.assignment.is_on(after) and not taken.exclude(pk=row.pk).exists():
            Substitution.objects.filter(pk=row.pk).update(starts_on=after, ends_on=after)
            audit.record("moved_along", row, by=by, before=str(before), after=str(after))
            moved += 1
    return moved


@transaction.atomic
def decline_substitution(substitution: Substitution, *, answer: str, by: User) -> None:
    """Nobody is sent instead; the assignee is told why. The answer is kept in the audit."""
    refuse_if(rules.why_not_answer(substitution, by, timezone.localdate()))
    if substitution.status == SubstitutionStatus.OFFERED:
        tell_substitute(substitution, "assignments.standing_in_ended")
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
    tell_substitute(substitution, "assignments.standing_in_ended")


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
    """Who asked: the assignee; of a chain the substitute who asked in turn too."""
    asking = {substitution.assignment.official_id, substitution.absent.pk}
    return list(User.objects.filter(official__in=asking))


def tell_desk(substitution: Substitution, kind: str) -> None:
    notices.owe(
        kind,
        to=desk_of(substitution.assignment),
        occasion=occasion(substitution),
        facts=facts_of(substitution),
    )


def tell_substitute(substitution: Substitution, kind: str) -> None:
    """Who goes, or was asked to, if anybody."""
    if substitution.substitute:
        users = User.objects.filter(official=substitution.substitute)
        tell_about(substitution, kind, to=users)


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
        "official": str(substitution.absent),
        "unit": assignment.unit.committee_name,
        "starts_on": f"{substitution.starts_on:%d/%m/%Y}",
        "ends_on": f"{substitution.ends_on:%d/%m/%Y}" if substitution.ends_on else "",
        "reason": substitution.get_reason_display(),
        "note": substitution.note,
        "substitute": str(substitution.substitute) if substitution.substitute else "",
        "url": reverse("assignments:substitution_detail", args=[substitution.pk]),
    }
