"""New rows by COPY: a third of the time of INSERTs, and made while they are sent, so that thousands take no room."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice
from typing import Any, Final

from django.db import connection
from django.db.models import Field, Model

SLICE: Final = 200  # rows that are sent at once
ESCAPES: Final = str.maketrans({"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"})


class Pieces:
    """What COPY reads from: text in pieces (none of them empty) that are made when it asks for more."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self.pieces = iter(pieces)

    def read(self, _size: int) -> str:
        return next(self.pieces, "")


def copy_rows(rows: Sequence[Model]) -> None:
    """Write new rows of one model as they stand, and give them their keys. Constraints and triggers hold as ever."""
    if not rows:
        return
    model = type(rows[0])
    for row, key in zip(rows, new_keys(model, len(rows)), strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias
    names = [field.attname for field in fields_of(model)]
    copy_text(
        model,
        slices(line_of({name: written(row.__dict__[name]) for name in names}) for row in rows),
    )


def copy_new(model: type[Model], rows: Iterable[Mapping[str, Any]], count: int) -> list[int]:
    """Write `count` new rows, each told by its columns that differ from the model's defaults; returns their keys.

    The rows are read while they are written, and may ask nothing of the database.
    """
    if not count:
        return []
    keys = new_keys(model, count)
    blank = {field.attname: written(field.get_default()) for field in fields_of(model)}
    lines = (
        line_of(blank | {name: written(value) for name, value in said.items()} | {"id": str(key)})
        for key, said in zip(keys, rows, strict=True)
    )
    copy_text(model, slices(lines))
    return keys


def copy_row(row: Model, name: str, document: Iterable[str]) -> None:
    """Write one new row whose column `name` comes as JSON in pieces; it is read back if anybody asks for it."""
    row.pk = new_keys(type(row), 1)[0]
    row._state.adding, row._state.db = False, connection.alias
    values = {field.attname: field.pre_save(row, add=True) for field in fields_of(type(row))}
    names = list(values)
    before, after = names[: names.index(name)], names[names.index(name) + 1 :]
    copy_text(
        type(row),
        chain(
            (f"{written(values[one])}\t" for one in before),
            map(escaped, document),
            (f"\t{written(values[one])}" for one in after),
            "\n",
        ),
    )
    del row.__dict__[name]


def new_keys(model: type[Model], count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval((SELECT pg_get_serial_sequence(%s, 'id'))::regclass))"
            " FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        keys: list[int] = cursor.fetchone()[0]
        return keys


def copy_text(model: type[Model], pieces: Iterable[str]) -> None:
    """Rows with all columns of the model, as COPY's text format has them."""
    named = ", ".join(connection.ops.quote_name(str(field.column)) for field in fields_of(model))
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {table} ({named}) FROM STDIN", Pieces(pieces))


def fields_of(model: type[Model]) -> "list[Field[Any, Any]]":
    return list(model._meta.concrete_fields)


def slices(lines: Iterable[str]) -> Iterator[str]:
    left = iter(lines)
    while text := "".join(islice(left, SLICE)):
        yield text


def line_of(texts: Mapping[str, str]) -> str:
    return "\t".join(texts.values()) + "\n"


def written(value: Any) -> str:
    """As COPY's text format has it; days and numbers write themselves."""
    if isinstance(value, str):
        return escaped(value)
    if value is None:
        return "\\N"
    return escaped(json.dumps(value)) if isinstance(value, dict | list) else str(value)


def escaped(text: str) -> str:
    return text if text.isprintable() and "\\" not in text else text.translate(ESCAPES)
