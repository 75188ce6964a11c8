"""Writing some columns of many rows in one statement: for runs over a whole table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import Field, Model
from psycopg2 import sql

from kernel.arrays import array_text

UPDATE = "UPDATE {table} SET {sets} FROM unnest({arrays}) AS new ({names}) WHERE {table}.{key} = new.{key}"


def write_columns(rows: Sequence[Model], *, columns: Sequence[str]) -> None:
    """Write the named columns of rows of one model, by primary key; nothing else of them is touched.

    The columns hold numbers, instants, ids, booleans and texts: what needs a field to be written is not for here.
    """
    if not rows:
        return
    meta = rows[0]._meta
    assert meta.pk is not None
    fields: list[Field[Any, Any]] = [meta.pk, *(meta.get_field(name) for name in columns)]  # type: ignore[list-item]
    names = [sql.Identifier(str(field.column)) for field in fields]
    statement = sql.SQL(UPDATE).format(
        table=sql.Identifier(meta.db_table),
        sets=sql.SQL(", ").join(sql.SQL("{name} = new.{name}").format(name=name) for name in names[1:]),
        arrays=sql.SQL(", ").join(sql.SQL("%s::" + _type_of(field) + "[]") for field in fields),
        names=sql.SQL(", ").join(names),
        key=names[0],
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [array_text(getattr(row, field.attname) for row in rows) for field in fields])


def _type_of(field: Field[Any, Any]) -> str:
    return str(field.rel_db_type(connection) if field.primary_key else field.db_type(connection))
