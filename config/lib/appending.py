"""Rows that acts append to their tables; those of several acts go in one statement."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any, Final, Generic, TypeVar

from django.db import connection
from django.db.models import Model
from django.db.models.expressions import DatabaseDefault

M = TypeVar("M", bound=Model)
FEW: Final = 200  # beyond, the database takes `bulk_create`'s arrays faster
INSERT: Final = "INSERT INTO {table} ({columns}) VALUES {rows} RETURNING id"


def append(rows: Collection[Model]) -> None:
    """New rows of one model in one statement; a plain one for a few: what `bulk_create` builds takes longer than that."""
    if not rows:
        return
    model = type(next(iter(rows)))
    if len(rows) > FEW:
        model._default_manager.bulk_create(rows)
        return
    fields = columns_of(model)
    cells = [[cell_of(field, row) for field in fields] for row in rows]
    sql = INSERT.format(
        table=model._meta.db_table,
        columns=", ".join(field.column for field in fields),
        rows=", ".join(f"({', '.join(mark for mark, _ in line)})" for line in cells),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [value for line in cells for _, values in line for value in values])
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk, row._state.adding, row._state.db = key, False, connection.alias


@lru_cache(maxsize=64)
def columns_of(model: type[Model]) -> list[Any]:
    fields = model._meta.concrete_fields
    return [field for field in fields if not field.primary_key and not field.generated]


def cell_of(field: Any, row: Model) -> tuple[str, list[Any]]:
    """The placeholder and what goes there: nothing where the database has the default."""
    value = field.pre_save(row, add=True)
    if isinstance(value, DatabaseDefault):
        return "DEFAULT", []
    return "%s", [field.get_db_prep_save(value, connection)]


class Appender(Generic[M]):
    """Writes rows at once, or inside `with …together():` all of them at its end; until then they have no key."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self.waiting: ContextVar[list[M] | None] = ContextVar(model.__name__, default=None)

    def add(self, *rows: M) -> None:
        waiting = self.waiting.get()
        if waiting is None:
            append(rows)
        else:
            waiting.extend(rows)

    @contextmanager
    def together(self) -> Iterator[None]:
        """When the block fails its rows are lost, like all else in the transaction around it."""
        rows: list[M] = []
        before = self.waiting.set(rows)
        try:
            yield
        finally:
            self.waiting.reset(before)
        self.add(*rows)
