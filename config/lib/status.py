"""Statuses as tables of steps, and the one way to change one."""

from collections.abc import Collection, Mapping
from typing import Any, Final, Self

from django.db import connection
from django.db.models import Model, TextChoices

from config.lib.errors import Conflict, Refused

LOCK: Final = "SELECT FROM {table} WHERE id = %s AND status = %s FOR UPDATE"
MOVE: Final = "UPDATE {table} SET {columns} WHERE id = %s AND status = %s"


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
    if not is_moved(obj, before, changes):
        raise Conflict
    for name, value in changes.items():
        setattr(obj, name, value)


def is_moved(obj: Model, before: Status, changes: Mapping[str, Any]) -> bool:
    """Write the changes in a plain statement: what the ORM builds for so many columns takes longer than it does."""
    fields: list[Any] = [obj._meta.get_field(name) for name in changes]
    sql = MOVE.format(
        table=obj._meta.db_table, columns=", ".join(f"{field.column} = %s" for field in fields)
    )
    keys = (value.pk if isinstance(value, Model) else value for value in changes.values())
    values = [
        field.get_db_prep_save(value, connection) for field, value in zip(fields, keys, strict=True)
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, obj.pk, before])
        return bool(cursor.rowcount)


def lock_status(obj: Model) -> None:
    """Nobody else changes `obj` until the transaction ends, in which its own change comes last; Conflict if somebody has."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK.format(table=obj._meta.db_table), [obj.pk, obj.status])  # type: ignore[attr-defined]
        if not cursor.rowcount:
            raise Conflict
