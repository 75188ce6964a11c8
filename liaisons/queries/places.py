"""Places that an official can be assigned to: a community or village, or one of its grids."""

from __future__ import annotations

from dataclasses import dataclass

from grids.models import Cell
from liaisons.choices import CELL_DIGITS
from organizations.choices import AreaLevel
from organizations.models import Area


@dataclass(frozen=True, slots=True)
class Place:
    """A community, or with `cell` one of its grids."""

    area: Area
    cell: Cell | None = None

    @property
    def code(self) -> str:
        """12 digits of the community, or 15 of the grid."""
        return self.cell.code if self.cell is not None else self.area.code

    @property
    def name(self) -> str:
        """Both names where it is a grid."""
        return f"{self.area.name} {self.cell.name}" if self.cell is not None else self.area.name


def place_of(*, code: str) -> Place | None:
    """The community or the grid of this code; None for any other code. One query."""
    if len(code) == CELL_DIGITS:
        cell = Cell.objects.drawn().select_related("village__parent").filter(code=code).first()
        return Place(cell.village, cell) if cell is not None else None
    area = Area.objects.select_related("parent").filter(code=code, level=AreaLevel.VILLAGE).first()
    return Place(area) if area is not None else None
