"""Writing the audit, in the same transaction as the act."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeVar

from django.db.models import Model

from config.lib.appending import Appender
from roster.models import Event, User

M = TypeVar("M", bound=Model)
EVENTS: Final = Appender(Event)


def record(verb: str, target: Model, *, by: User | None, **detail: Any) -> Event:
    """Note that `by` (None: the system) did `verb` to `target`; `detail` must be JSON-able."""
    event = event_of(verb, target, by=by, **detail)
    EVENTS.add(event)
    return event


def record_many(
    verb: str,
    targets: Iterable[M],
    *,
    by: User | None = None,
    detail: Callable[[M], Mapping[str, Any]] = lambda _: {},
) -> None:
    """The same of many targets, in one statement; `detail` gives what differs."""
    EVENTS.add(*(event_of(verb, one, by=by, **detail(one)) for one in targets))


def event_of(verb: str, target: Model, *, by: User | None, **detail: Any) -> Event:
    return Event(
        verb=verb,
        target_type=target._meta.label_lower,
        target_id=target.pk,
        target_label=str(target)[:250],
        by=by,
        detail=detail,
    )
