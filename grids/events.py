"""What happens to the map: codes only."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from kernel.events import DomainEvent, event


def cell(*, code: str) -> UUID:
    """The case under which everything about one grid is chained."""
    return uuid5(NAMESPACE_URL, f"grids/cell/{code}")


@event("cell.drawn")
@dataclass(frozen=True, kw_only=True)
class CellDrawn(DomainEvent):
    """A grid was drawn, or drawn anew."""

    cell_code: str
    kind: str
    area_m2: int


@event("cell.retired")
@dataclass(frozen=True, kw_only=True)
class CellRetired(DomainEvent):
    """A grid was taken off the map; its code stays in old cases."""

    cell_code: str
