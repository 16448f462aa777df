"""What is done to the draft of a reorganisation by hand: operations come and go, the draft is reopened or dropped."""

from django.db import transaction

from config.lib.errors import refuse_if
from config.lib.status import change_status
from roster import audit
from roster.actions import reorganisations, reorganised_units
from roster.changes import Change
from roster.models import Operation, Reorganisation, User
from roster.states import ReorganisationStatus


@transaction.atomic
def add_operation(reorganisation: Reorganisation, change: Change, *, by: User) -> None:
    """One more operation; where its old unit's things go is asked anew."""
    refuse_if(reorganisations.why_not_change(reorganisation))
    before = set(reorganisation.operations.values_list("pk", flat=True))
    reorganised_units.note_operations(reorganisation, [change])
    added = reorganisation.operations.exclude(pk__in=before)
    reorganisation.rehomings.filter(old__in=added.values("old")).delete()
    refuse_if(reorganisations.why_not_touch(reorganisation, by))
    reorganisations.look_again(reorganisation)
    audit.record("reorganisation_operation_added", reorganisation, by=by, change=str(added.first()))


@transaction.atomic
def remove_operation(operation: Operation, *, by: User) -> None:
    reorganisation = operation.reorganisation
    refuse_if(reorganisations.why_not_change(reorganisation))
    audit.record("reorganisation_operation_removed", reorganisation, by=by, change=str(operation))
    reorganisation.rehomings.filter(old=operation.old).delete()
    moved = reorganisation.rehomings.filter(what="moved", object_id=operation.old_id or 0)
    moved.delete()
    operation.delete()
    reorganised_units.forget_unit(reorganisation, operation.new)
    reorganisations.look_again(reorganisation)


def why_not_reopen(reorganisation: Reorganisation) -> str | None:
    if reorganisation.status != ReorganisationStatus.SCHEDULED:
        return "Chỉ việc sắp xếp đang chờ đến ngày mới đưa về dự thảo được."
    return None


@transaction.atomic
def reopen(reorganisation: Reorganisation, *, by: User) -> None:
    """Until it runs an approved one can be a draft again."""
    refuse_if(why_not_reopen(reorganisation))
    change_status(reorganisation, ReorganisationStatus.DRAFT)
    audit.record("reorganisation_reopened", reorganisation, by=by)


@transaction.atomic
def drop_draft(reorganisation: Reorganisation, *, by: User) -> None:
    """Nothing of it stays but its events."""
    refuse_if(reorganisations.why_not_change(reorganisation))
    audit.record("reorganisation_dropped", reorganisation, by=by)
    reorganisation.rehomings.all().delete()
    operations = list(reorganisation.operations.select_related("new"))
    reorganisation.operations.all().delete()
    for unit in {operation.new for operation in operations}:
        reorganised_units.forget_unit(reorganisation, unit)
    reorganisation.delete()
