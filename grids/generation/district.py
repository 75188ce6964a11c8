"""A whole district: townships, villages inside them, basic grids inside those, dedicated grids laid over."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import shapely
from shapely import Point, Polygon
from shapely.geometry.base import BaseGeometry

from grids.choices import CellKind
from grids.generation import hosts, tiling
from grids.geometry import METRES_PER_DEGREE, Plane

DECIMALS = 6  # of a degree: 0.1 m
FIRST_DEDICATED = 501
ROW_M = 400.0  # grids whose middles differ by less from north to south are numbered as one row
DRAWN = (130, 420)
# Fewest and most households of a grid, and those of one that is too small and of one that is too large.
IN_TOWN, IN_COUNTRY = (300, 500, 180, 640), (40, 280, 8, 410)
COMMITTEE = re.compile(r"(?:居民委员会|村民委员会|居委会|村委会)$|(?<=社区)居$")  # zh: endings of names


@dataclass(frozen=True, slots=True)
class Place:
    """A township or village by its 12-digit code; `anchor` is where its middle roughly lies, if that is known."""

    code: str
    name: str
    anchor: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnCell:
    """One grid, with the fields of grids.Cell under the same names."""

    code: str
    name: str
    kind: str
    village_id: str
    boundary: dict[str, Any]
    lng: float
    lat: float
    area_m2: int
    households: int
    residents: int
    host_kind: str = ""


@dataclass(frozen=True, slots=True)
class _Lot:
    """Ground of one grid before it is numbered, in metres."""

    village: Place
    ground: BaseGeometry


def draw_district(
    *,
    townships: Sequence[Place],
    villages: Sequence[Place],
    basic: int,
    dedicated: int,
    seed: int,
    centre: tuple[float, float] = (117.59, 34.75),
    width_m: float = 31_000,
    height_m: float = 27_000,
) -> list[DrawnCell]:
    """Grids that tile a district without gap or overlap, and dedicated ones each inside one of them.

    Every village gets at least one basic grid, communities in town more. The same arguments give the same grids, in the
    order of their codes. Raises ValueError for fewer basic grids than villages, or fewer than dedicated ones.
    """
    if basic < len(villages) or basic < dedicated:
        raise ValueError("a basic grid is needed for each village and under each dedicated grid")
    random = Random(seed)  # noqa: S311  # a map for show, not a secret
    plane = Plane(centre[1])
    county = tiling.outline(
        centre=(plane.x(centre[0]), plane.y(centre[1])), width=width_m, height=height_m, random=random
    )
    lots = _lots(county, townships=townships, villages=villages, basic=basic, plane=plane, random=random)
    phases = [random.uniform(0, 6.28) for _ in range(4)]
    shared = tiling.share_borders([lot.ground for lot in lots])
    lots = [_Lot(lot.village, tiling.bend(ground, phases=phases)) for lot, ground in zip(lots, shared, strict=True)]
    cells = _basic_cells(lots, plane=plane, random=random)
    cells += _dedicated_cells(random.sample(lots, dedicated), plane=plane, random=random)
    return sorted(cells, key=lambda cell: cell.code)


def _lots(
    county: Polygon,
    *,
    townships: Sequence[Place],
    villages: Sequence[Place],
    basic: int,
    plane: Plane,
    random: Random,
) -> list[_Lot]:
    counts = _counts(villages, total=basic, random=random)
    inside: defaultdict[str, list[Place]] = defaultdict(list)
    for village in villages:
        inside[village.code[:9]].append(village)
    lots = []
    for township, ground in zip(townships, _township_grounds(county, townships, plane, random), strict=True):
        those = inside[township.code[:9]]
        if not those:
            continue
        for village, village_ground in zip(those, tiling.split(ground, parts=len(those), random=random), strict=True):
            parts = tiling.split(village_ground, parts=counts[village.code], random=random)
            lots += [_Lot(village, part) for part in parts]
    return lots


def _township_grounds(county: Polygon, townships: Sequence[Place], plane: Plane, random: Random) -> list[Polygon]:
    if all(township.anchor for township in townships):
        points = [Point(plane.x(one.anchor[0]), plane.y(one.anchor[1])) for one in townships if one.anchor]
        return tiling.around(points, ground=county)
    return tiling.split(county, parts=len(townships), random=random)


def _counts(villages: Sequence[Place], *, total: int, random: Random) -> Counter[str]:
    """One basic grid each; the rest thrice as readily to communities in town (sequence below 200) as to villages."""
    counts = Counter({village.code: 1 for village in villages})
    weights = [3 if village.code[9:12] < "200" else 1 for village in villages]
    counts.update(one.code for one in random.choices(villages, weights=weights, k=total - len(villages)))
    return counts


def _basic_cells(lots: Sequence[_Lot], *, plane: Plane, random: Random) -> list[DrawnCell]:
    cells = []
    for village, grounds in _by_village(lots).items():
        for number, ground in enumerate(grounds, start=1):
            title = f"第{number}网格" if len(grounds) > 1 else "网格"  # zh: name of the grid
            households = _households(village, drawn=random.randint(*DRAWN))
            cells.append(
                _cell(village, ground, number=number, title=title, plane=plane, households=households, random=random)
            )
    return cells


def _households(village: Place, *, drawn: int) -> int:
    """As many as the standard asks for of a community or a village; one in a hundred and fifty has outgrown it."""
    low, high = DRAWN
    few, many, tiny, huge = IN_TOWN if village.code[9:12] < "200" else IN_COUNTRY
    if drawn <= low + 1:
        return tiny
    return huge if drawn >= high - 1 else few + (drawn - low) * (many - few) // (high - low)


def _dedicated_cells(lots: Sequence[_Lot], *, plane: Plane, random: Random) -> list[DrawnCell]:
    cells = []
    chosen = hosts.choose(count=len(lots), random=random)
    for village, grounds in _by_village(lots).items():
        for number, around in enumerate(grounds, start=FIRST_DEDICATED):
            host = chosen.pop()
            ground = hosts.ground(host, inside=around, random=random)
            title = f"{random.choice(host.endings)}专属网格"  # zh: name of the grid
            cells.append(
                _cell(village, ground, number=number, title=title, plane=plane, host_kind=str(host.kind), random=random)
            )
    return cells


def _by_village(lots: Sequence[_Lot]) -> dict[Place, list[BaseGeometry]]:
    """Grounds of each village as GB/T 30428 numbers them: from west to east and from north to south."""
    grounds: defaultdict[Place, list[BaseGeometry]] = defaultdict(list)
    for lot in lots:
        grounds[lot.village].append(lot.ground)
    for those in grounds.values():
        those.sort(key=lambda ground: (-round(ground.centroid.y / ROW_M), ground.centroid.x))
    return dict(grounds)


def _cell(
    village: Place,
    ground: BaseGeometry,
    *,
    number: int,
    title: str,
    plane: Plane,
    random: Random,
    households: int = 0,
    host_kind: str = "",
) -> DrawnCell:
    scale = (plane.metres_per_degree_lng, METRES_PER_DEGREE)
    shape = shapely.transform(ground, lambda points: (points / scale).round(DECIMALS))
    middle = shapely.point_on_surface(shape)
    return DrawnCell(
        code=f"{village.code}{number:03d}",
        name=f"{COMMITTEE.sub('', village.name)}{title}",
        kind=CellKind.DEDICATED.value if host_kind else CellKind.BASIC.value,
        village_id=village.code,
        boundary=_geojson(shape),
        lng=round(middle.x, DECIMALS),
        lat=round(middle.y, DECIMALS),
        area_m2=round(ground.area),
        households=households,
        residents=round(households * random.uniform(2.4, 3.3)),
        host_kind=host_kind,
    )


def _geojson(shape: BaseGeometry) -> dict[str, Any]:
    geometry: Mapping[str, Any] = shapely.geometry.mapping(shape)
    rings = [[[float(x), float(y)] for x, y in ring] for ring in geometry["coordinates"]]
    return {"type": "Polygon", "coordinates": rings}
