"""What is done to the draft of a reorganisation by hand: operations come and go, the draft is reopened or dropped."""

from collections.abc import Iterable
from typing import Final

from django.db import transaction

from config.lib.errors import refuse_if
from config.lib.status import change_status
from roster import audit
from roster.actions import reorganisations, reorganised_units
from roster.changes import Change
from roster.models import Operation, Reorganisation, User
from roster.states import OperationKind, ReorganisationStatus, UnitKind

ENDING: Final = frozenset({OperationKind.MERGE, OperationKind.DISSOLVE, OperationKind.RENAME})


@transaction.atomic
def add_operation(reorganisation: Reorganisation, change: Change, *, by: User) -> None:
    """One more operation; where its old unit's things go is asked anew."""
    refuse_if(reorganisations.why_not_change(reorganisation))
    before = set(reorganisation.operations.values_list("pk", flat=True))
    reorganised_units.note_operations(reorganisation, [change])
    added = reorganisation.operations.exclude(pk__in=before)
    for operation in added.select_related("old", "new"):
        others = reorganisation.operations.exclude(pk=operation.pk).select_related("old", "new")
        refuse_if(why_not_together(operation, others))
    reorganisation.rehomings.filter(old__in=added.values("old")).delete()
    refuse_if(reorganisations.why_not_touch(reorganisation, by))
    reorganisations.look_again(reorganisation)
    audit.record("reorganisation_operation_added", reorganisation, by=by, change=str(added.first()))


def why_not_together(operation: Operation, others: Iterable[Operation]) -> str | None:
    """What makes no sense by itself, or beside what the draft says already."""
    return why_not_alone(operation) or next(
        (sentence for other in others if (sentence := why_not_beside(operation, other))), None
    )


def why_not_alone(operation: Operation) -> str | None:
    old, new = operation.old, operation.new
    if old is None or new is None:
        return None
    if operation.kind == OperationKind.MERGE and old == new:
        return f"{old} không nhập vào chính nó được: chọn đơn vị khác."
    if operation.kind != OperationKind.MOVE:
        return None
    if new.path.startswith(old.path):
        return f"{old} không chuyển về chính nó hay đơn vị dưới nó được."
    if new.kind in {UnitKind.BRANCH, UnitKind.AGENCY}:
        return f"{new} không làm cấp trên được: chọn một đảng ủy."
    return None


def why_not_beside(operation: Operation, other: Operation) -> str | None:
    """A unit ends once, has one new superior, and does not end while others go into it."""
    if operation.old and operation.old == other.old:
        return why_not_twice(operation, other)
    if ends(other) and operation.new == other.old:
        return f"{other.old} kết thúc theo việc “{other.get_kind_display()}” của dự thảo này: chọn đơn vị khác."
    if ends(operation) and operation.old == other.new:
        return (
            f"Dự thảo này đã đưa {other.old or 'đơn vị khác'} về {operation.old}: bỏ việc ấy trước."
        )
    return None


def why_not_twice(operation: Operation, other: Operation) -> str | None:
    kinds = {operation.kind, other.kind}
    if OperationKind.MOVE in kinds and len(kinds) > 1:
        return None
    mains = operation.kind == other.kind == OperationKind.SPLIT_MAIN
    if kinds <= OperationKind.splits() and operation.new != other.new and not mains:
        return None
    return f"{operation.old} đã có việc “{other.get_kind_display()}” trong dự thảo này: bỏ việc ấy trước."


def ends(operation: Operation) -> bool:
    return operation.kind in ENDING and operation.old is not None and operation.old != operation.new


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
