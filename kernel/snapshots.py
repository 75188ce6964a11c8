"""Several statements that see the same instant of the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

REPEATABLE = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


@contextmanager
def one_snapshot(*, settings: str = "") -> Iterator[None]:
    """Every statement of the block sees the same instant; inside another transaction, what that one sees.

    `settings`: further SET LOCAL statements for the block. Nothing can be written in it.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"{REPEATABLE};{settings}")
        yield
