"""Writing the audit, in the same transaction as the act."""

from typing import Any

from django.db.models import Model

from roster.models import Event, User


def record(verb: str, target: Model, *, by: User | None, **detail: Any) -> Event:
    """Note that `by` (None: the system) did `verb` to `target`; `detail` must be JSON-able."""
    return Event.objects.create(
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:250],
        by=by,
        detail=detail,
    )
