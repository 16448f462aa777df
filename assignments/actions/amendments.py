"""A decision that changes an earlier one's list from a day: it adds lines, ends lines, or both for one branch."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from assignments import rules
from assignments.actions.ending import end_rows, tell_ended
from assignments.models import Assignment, Decision, Removal
from assignments.states import DecisionStatus
from config.lib.errors import refuse_if
from config.lib.status import change_status
from roster import audit
from roster.models import User


@transaction.atomic
def draft_amendment(decision: Decision, *, starts_on: date, by: User) -> Decision:
    """A draft of the same kind, issuer and signer that changes this decision's list from `starts_on` on."""
    refuse_if(rules.why_not_amend(decision, by))
    day = max(starts_on, decision.starts_on)
    fields: dict[str, Any] = {
        name: getattr(decision, name)
        for name in ("kind", "issuer", "signer", "authority", "office", "ends_on")
    }
    amendment = Decision.objects.create(amends=decision, starts_on=day, by=by, **fields)
    audit.record("drafted", amendment, by=by, amends=decision.pk)
    return amendment


@transaction.atomic
def remove_lines(amendment: Decision, lines: list[Assignment], *, by: User) -> int:
    """These lines of the amended decision are to end; twice is once. Returns how many are new."""
    refuse_if(rules.why_not_edit(amendment, by))
    for line in lines:
        refuse_if(rules.why_not_remove(amendment, line))
    there = set(amendment.removals.values_list("assignment", flat=True))
    new = [line for line in lines if line.pk not in there]
    Removal.objects.bulk_create([Removal(decision=amendment, assignment=line) for line in new])
    audit.record("removals_added", amendment, by=by, lines=[line.pk for line in new])
    return len(new)


@transaction.atomic
def keep_line(removal: Removal, *, by: User) -> None:
    """The line is not to end after all."""
    refuse_if(rules.why_not_edit(removal.decision, by))
    audit.record("removal_taken_back", removal.decision, by=by, line=removal.assignment_id)
    removal.delete()


def carry_out(amendment: Decision, *, by: User) -> None:
    """At issue: the lines it ends hold to the day before, and who went there is told."""
    if amendment.amends is None:
        return
    last, reason = amendment.starts_on - timedelta(days=1), f"theo {amendment}"
    rows = Assignment.objects.filter(removals__decision=amendment, in_force=True)
    ending = list(rows.select_related("unit"))
    end_rows(Assignment.objects.filter(pk__in=[row.pk for row in ending]), last, reason[:200])
    tell_ended(ending, last, reason)
    if amendment.amends.status == DecisionStatus.ISSUED:
        change_status(amendment.amends, DecisionStatus.AMENDED)
    audit.record("amended", amendment.amends, by=by, amendment=amendment.pk, ended=len(ending))
