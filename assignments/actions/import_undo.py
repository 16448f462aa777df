"""Undoing a whole import, as long as nothing was built on it."""

from django.db import transaction
from django.utils import timezone

from assignments.actions.imports import lock_imports
from config.lib.errors import refuse_if
from config.lib.status import change_status
from notices import actions as notices
from roster import audit
from roster.actions.footprints import revert, why_not_revert
from roster.models import RosterImport, User
from roster.states import ImportStatus


def why_not_undo(roster_import: RosterImport) -> str | None:
    if roster_import.status != ImportStatus.COMMITTED:
        return f"Lần nhập này: {roster_import.get_status_display().lower()}."
    return why_not_revert(roster_import.footprint)


@transaction.atomic
def undo_import(roster_import: RosterImport, *, by: User) -> None:
    """What it made goes, what it changed is as before; the file and its preview stay in the books.

    Messages about its assignments that were not sent yet are withdrawn; accounts that it made stay.
    """
    lock_imports()
    roster_import.refresh_from_db()
    refuse_if(why_not_undo(roster_import))
    change_status(roster_import, ImportStatus.UNDONE, undone_at=timezone.now())
    made = roster_import.footprint["made"]
    notices.withdraw(f"decision:{pk}:assigned" for pk in made.get("assignments.decision", ()))
    revert(roster_import.footprint)
    audit.record("roster_undone", roster_import, by=by, rows=sum(len(pks) for pks in made.values()))
