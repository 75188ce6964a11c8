"""Cutting convex ground into convex parts, in metres (pure, deterministic by the generator given)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random

import numpy as np
import shapely
from shapely import MultiPoint, Point, Polygon
from shapely.geometry.base import BaseGeometry

ROUNDS = 4  # of Lloyd's relaxation: parts become of about equal size
GRAIN_M = 0.01  # corners nearer than this are one corner
STRIDE_M = 250.0
WAVES = ((130.0, 5200.0), (70.0, 2700.0))  # amplitude and length, in metres


def outline(*, centre: tuple[float, float], width: float, height: float, random: Random) -> Polygon:
    """A convex ground of about the size given."""
    corners = []
    for step in range(40):
        angle = 2 * math.pi * step / 40
        reach = random.uniform(0.9, 1.08)
        corners.append(
            (centre[0] + width / 2 * reach * math.cos(angle), centre[1] + height / 2 * reach * math.sin(angle))
        )
    return MultiPoint(corners).convex_hull


def split(ground: Polygon, *, parts: int, random: Random) -> list[Polygon]:
    """Cut a convex ground into so many convex parts of about equal size, from west to east."""
    points = _scatter(ground, count=parts, random=random)
    for _ in range(ROUNDS):
        points = [cell.centroid for cell in around(points, ground=ground)]
    return around(sorted(points, key=lambda point: (point.x, point.y)), ground=ground)


def around(points: Sequence[Point], *, ground: Polygon) -> list[Polygon]:
    """The part of the ground nearest to each point, in the order of the points."""
    if len(points) == 1:
        return [ground]
    regions = shapely.voronoi_polygons(MultiPoint(points), extend_to=ground, ordered=True)
    return [shapely.intersection(region, ground) for region in regions.geoms]


def _scatter(ground: Polygon, *, count: int, random: Random) -> list[Point]:
    west, south, east, north = ground.bounds
    points: list[Point] = []
    while len(points) < count:
        point = Point(random.uniform(west, east), random.uniform(south, north))
        if ground.contains(point):
            points.append(point)
    return points


def share_borders(cells: Sequence[Polygon]) -> list[BaseGeometry]:
    """The same cells with one common net of borders: every corner of a neighbour is a corner here too."""
    net = shapely.union_all([cell.exterior for cell in cells], grid_size=GRAIN_M)
    pieces = shapely.polygonize(list(shapely.get_parts(net))).geoms
    tree = shapely.STRtree(cells)
    owned: dict[int, list[BaseGeometry]] = {}
    for piece in pieces:
        owner = int(tree.nearest(shapely.point_on_surface(piece)))
        owned.setdefault(owner, []).append(piece)
    return [shapely.union_all(owned[index]) for index in range(len(cells))]


def bend(shape: BaseGeometry, *, phases: Sequence[float]) -> BaseGeometry:
    """Straight borders become winding ones. The ground is moved by a smooth wave, so neighbours go on fitting."""

    def move(points: np.ndarray) -> np.ndarray:
        moved = points.copy()
        for axis in (0, 1):
            for wave, (amplitude, length) in enumerate(WAVES):
                along = points[:, 1 - axis] * 2 * math.pi / length + phases[2 * axis + wave]
                moved[:, axis] += amplitude * np.sin(along)
        return moved

    return shapely.transform(shapely.segmentize(shape, STRIDE_M), move)
