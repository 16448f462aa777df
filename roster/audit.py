"""Writing the audit, in the same transaction as the act."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Model

from roster.models import Event, User


def record(verb: str, target: Model, *, by: User | None, **detail: Any) -> Event:
    """Note that `by` (None: the system) did `verb` to `target`; `detail` must be JSON-able."""
    event = event_of(verb, target, by=by, **detail)
    event.save()
    return event


def record_many(verb: str, targets: Iterable[Model], *, by: User | None = None) -> None:
    """The same of many targets, in one statement."""
    Event.objects.bulk_create(event_of(verb, target, by=by) for target in targets)


def event_of(verb: str, target: Model, *, by: User | None, **detail: Any) -> Event:
    return Event(
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:250],
        by=by,
        detail=detail,
    )
