"""What one run has seen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing that is wrong, as grids.Finding keeps it. `key` is "" for ground, which is known again by its place."""

    kind: str
    key: str
    place: str
    name: str
    other: str = ""
    lacks: str = ""
    value: int | None = None
    limit: int | None = None
    lng: float | None = None
    lat: float | None = None
    shape: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """What the audit knows of one grid. The shape is in metres of the plane of the whole map."""

    code: str
    name: str
    basic: bool
    households: int
    residents: int
    phone: str
    lng: float
    lat: float
    shape: Any
