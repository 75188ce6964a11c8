"""Where things happen: a point inside of a grid, and how people would name the place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from random import Random
from typing import Any

import shapely

from governance.demo import files
from grids.choices import CellKind
from grids.models import Cell
from organizations.choices import AreaLevel
from organizations.models import Area

FEWEST = 60  # weight of a grid whose residents are not counted, such as a market's


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as it is reported: the grid, a point in it, and words for it."""

    cell_code: str
    lng: float
    lat: float
    place: str
    address: str


class Ground:
    """All grids of the district, read once."""

    def __init__(self) -> None:
        cells = Cell.objects.drawn().order_by("code").select_related("village")
        self.cells = list(cells)
        self.by_code = {cell.code: cell for cell in self.cells}
        self.townships = {one.code[:9]: one.name for one in Area.objects.filter(level=AreaLevel.TOWNSHIP)}
        self._shapes: dict[str, Any] = {}

    @cached_property
    def weights(self) -> list[int]:
        """How many people each grid has: where more live, more happens."""
        return [cell.residents or FEWEST for cell in self.cells]

    def spot(self, *, random: Random, cell_code: str = "") -> Spot:
        """A place somewhere, or in one grid."""
        cell = self.by_code[cell_code] if cell_code else random.choices(self.cells, weights=self.weights)[0]
        lng, lat = self._point(cell, random)
        kinds = files.words_by("places", key="kind", column="name")
        village, township = cell.village.name, self.townships[cell.code[:9]]
        if cell.kind == CellKind.DEDICATED:
            place = cell.name.removesuffix("专属网格")
        else:
            kind = random.choice(("street", "estate", "estate", "spot", "spot") if _in_town(cell) else ("spot",))
            place = random.choice(kinds[kind])
        return Spot(cell.code, lng, lat, place, f"{township}{village}{place}")

    def _point(self, cell: Cell, random: Random) -> tuple[float, float]:
        shape = self._shapes.get(cell.code)
        if shape is None:
            shape = self._shapes[cell.code] = shapely.geometry.shape(cell.boundary)
            shapely.prepare(shape)
        west, south, east, north = shape.bounds
        for _attempt in range(20):
            lng, lat = random.uniform(west, east), random.uniform(south, north)
            if shapely.intersects_xy(shape, lng, lat):
                return round(lng, 6), round(lat, 6)
        return cell.lng, cell.lat


def _in_town(cell: Cell) -> bool:
    """Communities in town are numbered below 200, villages from there."""
    return cell.code[9:12] < "200"
