"""Geometry of small areas: GeoJSON in WGS 84 degrees, and a local plane in metres (pure)."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from grids.coordinates import UNREADABLE
from kernel.errors import Invalid

METRES_PER_DEGREE = 111_320.0  # of latitude, and of longitude at the equator
SHAPES = ("Polygon", "MultiPolygon")
MOST_POINTS = 20_000
NUMBER = r"(-?[0-9.]+(?:e-?[0-9]+)?)"
POINT = re.compile(rf"\[{NUMBER} {NUMBER}\]")  # in words such as Self-intersection[117.5 34.7]
DECIMALS = 7  # of a degree: a centimetre


@dataclass(frozen=True, slots=True)
class Plane:
    """An equirectangular plane around one latitude: exact to some per mille over a prefecture."""

    lat: float

    @property
    def metres_per_degree_lng(self) -> float:
        """Length of a degree of longitude at the plane's latitude."""
        return METRES_PER_DEGREE * math.cos(math.radians(self.lat))

    def project(self, geometry: Any) -> Any:
        """Degrees to metres, for one geometry or an array of them."""
        scale = (self.metres_per_degree_lng, METRES_PER_DEGREE)
        return shapely.transform(geometry, lambda points: points * scale)

    def x(self, lng: float) -> float:
        """Metres east of the meridian of Greenwich."""
        return lng * self.metres_per_degree_lng

    def y(self, lat: float) -> float:
        """Metres north of the equator."""
        return lat * METRES_PER_DEGREE

    def degrees(self, *, x: float, y: float) -> tuple[float, float]:
        """Longitude and latitude of a point of the plane."""
        return x / self.metres_per_degree_lng, y / METRES_PER_DEGREE


def distance_m(*, lng: float, lat: float, to_lng: float, to_lat: float) -> float:
    """Metres between two points, each degree of longitude as long as halfway between them."""
    plane = Plane((lat + to_lat) / 2)
    return math.hypot(plane.x(to_lng - lng), plane.y(to_lat - lat))


def read_boundary(*, boundary: Mapping[str, Any]) -> BaseGeometry:
    """The shape of a GeoJSON Polygon or MultiPolygon. Raises Invalid with the reason for anything else."""
    try:
        if boundary.get("type") not in SHAPES:
            raise ValueError(_("A boundary is a Polygon or a MultiPolygon."))
        shape = shapely.geometry.shape(boundary)
    except UNREADABLE as error:
        raise _refused(_("The boundary cannot be read.")) from error
    if shape.is_empty or shapely.get_num_coordinates(shape) > MOST_POINTS:
        raise _refused(_("A boundary has between 4 and 20,000 points."))
    points = shapely.get_coordinates(shape)
    if not np.isfinite(points).all() or (np.abs(points) > (180, 90)).any():
        raise _refused(_("A point of the boundary is not on the earth."))
    if not shape.is_valid:
        raise _refused(_("The boundary crosses itself: %(where)s.") % {"where": _where(shape)})
    return shape


def geojson_of(shape: BaseGeometry) -> dict[str, Any]:
    """A shape in degrees as it is kept: type and numbers, and nothing else that came with it."""
    return dict(shapely.geometry.mapping(shapely.force_2d(shape)))


def area_m2(shape: BaseGeometry) -> int:
    """Area in whole square metres, in the plane of the shape's middle."""
    _west, south, _east, north = shape.bounds
    return round(Plane((south + north) / 2).project(shape).area)


def crossing(shape: BaseGeometry) -> tuple[float, float] | None:
    """The point at which a shape is not valid, as the library names it; None where it names none."""
    named = POINT.search(shapely.is_valid_reason(shape))
    return (float(named[1]), float(named[2])) if named else None


def _where(shape: BaseGeometry) -> str:
    point = crossing(shape)
    return f"{point[0]:.6f}, {point[1]:.6f}" if point else str(shapely.is_valid_reason(shape))


def _refused(why: str) -> Invalid:
    return Invalid(why, fields={"boundary": [why]})
