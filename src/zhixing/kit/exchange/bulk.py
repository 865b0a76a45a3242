"""Writing many rows at once, column-wise: COPY on PostgreSQL, one prepared statement on SQLite.

Only importers use this, inside a deed: it runs no model code and writes no audit of its own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection, models

from zhixing.kit.search import indexed_at_once

# A column is an Arrow array or a list with one value per row, or one value for all rows.
Column = Any


class AmongKeys(models.Expression):
    """The condition that a column holds one of many values, given as one parameter.

    `__in` prepares each value by itself, which for 20,000 keys takes longer than finding them.
    """

    conditional = True

    def __init__(self, column: str, values: Sequence[str | int]) -> None:
        super().__init__(output_field=models.BooleanField())
        self.column, self.values = column, list(values)

    def as_sqlite(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        sql = f"{self._column(compiler, connection)} IN (SELECT value FROM json_each(%s))"
        return sql, [json.dumps(self.values, ensure_ascii=False)]

    def as_postgresql(self, compiler: Any, connection: Any, **_extra: Any) -> tuple[str, list[Any]]:
        return f"{self._column(compiler, connection)} = ANY(%s)", [self.values]

    def _column(self, compiler: Any, connection: Any) -> str:
        quote = connection.ops.quote_name
        return f"{quote(compiler.query.get_initial_alias())}.{quote(self.column)}"


def insert_rows(model: type[models.Model], columns: Mapping[str, Column], count: int) -> None:
    """Insert `count` rows; columns by attribute name (`region_id`), others take their defaults.

    Raises:
        IntegrityError: a constraint of the table refuses a row; none is then written.
    """
    if not count:
        return
    fields = [f for f in model._meta.concrete_fields if not f.primary_key]
    data = [_for_database(f, columns.get(f.attname, _Default), count) for f in fields]
    rows = list(zip(*data, strict=True))
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    names = ", ".join(quote(str(f.column)) for f in fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            places = ", ".join(["%s"] * len(fields))
            with indexed_at_once(model._meta.db_table):
                cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)


def update_rows(
    model: type[models.Model], keys: Sequence[int], columns: Mapping[str, Column], count: int
) -> None:
    """Set the columns of the rows with these primary keys.

    Raises:
        IntegrityError: a constraint of the table refuses a row.
    """
    if not count:
        return
    fields = [f for f in model._meta.concrete_fields if f.attname in columns]
    data = [_for_database(f, columns[f.attname], count) for f in fields]
    quote = connection.ops.quote_name
    sets = ", ".join(f"{quote(str(f.column))} = %s" for f in fields)
    key = model._meta.pk
    assert key is not None
    with indexed_at_once(model._meta.db_table, keys), connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(model._meta.db_table)} SET {sets} WHERE {quote(str(key.column))} = %s",
            list(zip(*data, keys, strict=True)),
        )


class _Default:
    """Stands for the default of a model field."""


def _for_database(field: models.Field[Any, Any], column: Column, count: int) -> Iterator[Any]:
    if isinstance(column, pa.ChunkedArray | pa.Array):
        return iter(_adapted(field, column))
    if isinstance(column, list):
        return iter([field.get_db_prep_save(value, connection) for value in column])
    value = field.get_default() if column is _Default else column
    if isinstance(field, models.JSONField):
        return repeat(json.dumps(value, ensure_ascii=False), count)
    return repeat(field.get_db_prep_save(value, connection), count)


def _adapted(field: models.Field[Any, Any], column: pa.Array) -> list[Any]:
    """The values of an Arrow column as the driver wants them; JSON fields come as JSON text."""
    if not field.null and column.null_count:
        default = field.get_default()
        if isinstance(field, models.JSONField):
            default = json.dumps(default)
        column = pc.fill_null(column, pa.scalar(default, column.type))
    if connection.vendor == "sqlite" and pa.types.is_date(column.type):
        column = column.cast(pa.string())
    values: list[Any] = column.to_pylist()
    return values
