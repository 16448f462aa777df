"""Statuses as tables of steps, and the one way to change one."""

from collections.abc import Collection, Mapping
from typing import Any, Final, Self

from django.db import connection
from django.db.models import Model, TextChoices

from config.lib.errors import Conflict, Refused

LOCK: Final = "SELECT FROM {table} WHERE id = %s AND status = %s FOR UPDATE"


class Status(TextChoices):
    """A status whose members say which members may follow; the first member is where a row begins."""

    @classmethod
    def steps(cls) -> Mapping[Self, Collection[Self]]:
        raise NotImplementedError


def change_status(obj: Model, to: Status, **fields: Any) -> None:
    """Move `obj` from the status it was loaded with to `to`, and set `fields` with it.

    The old status is in the UPDATE's WHERE clause: of two racing requests one wins and
    the other gets Conflict. No row lock is taken.
    """
    before = type(to)(obj.status)  # type: ignore[attr-defined]
    if to not in before.steps().get(before, ()):
        raise Refused(f"{before.label} → {to.label}: không được phép.")
    changes = {"status": to, **fields}
    if not type(obj)._default_manager.filter(pk=obj.pk, status=before).update(**changes):
        raise Conflict
    for name, value in changes.items():
        setattr(obj, name, value)


def lock_status(obj: Model) -> None:
    """Nobody else changes `obj` until the transaction ends, in which its own change comes last; Conflict if somebody has."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(table=obj._meta.db_table), [obj.pk, obj.status])  # type: ignore[attr-defined]
        if not cursor.rowcount:
            raise Conflict
