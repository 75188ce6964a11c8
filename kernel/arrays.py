"""A column of values as one array literal: what is written for thousands of rows goes to the database as a few strings.

Handed over as a list, every value becomes an expression of its own that PostgreSQL parses, plans and evaluates; a
literal is read in one go. The statement names the type: `%s::uuid[]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

_WRITTEN: dict[type, Callable[[Any], str]] = {
    UUID: str,
    int: str,
    Decimal: str,
    bool: lambda value: "t" if value else "f",
    datetime: datetime.isoformat,
    type(None): lambda _value: "NULL",
}


def array_text(values: Iterable[Any]) -> str:
    """The literal of an array of numbers, instants, ids, booleans, texts and NULLs."""
    return "{" + ",".join(_WRITTEN.get(type(value), _quoted)(value) for value in values) + "}"


def _quoted(value: Any) -> str:
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
