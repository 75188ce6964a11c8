"""Coordinate systems that grids are drawn in: WGS 84, CGCS2000 in degrees or metres, and the shifted GCJ-02 (pure)."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pyproj
import shapely

# Of the shift that every map published in China carries: an ellipsoid (Krasovsky 1940), and a reference point.
AXIS, FLATNESS = 6_378_245.0, 0.00669342162296594323
REFERENCE_LNG, REFERENCE_LAT = 105.0, 35.0
TURNS = 6  # of the inverse; each leaves a thousandth of the error before it
WGS84, GCJ02 = "wgs84", "gcj02"
# CGCS2000 in degrees, and the Gauss-Krueger zones of three degrees by their central meridian, for eastings without
# the number of the zone (4534-4554: 75° to 135°) and with it (4513-4533).
DEGREES_2000 = 4490
ZONES = {epsg: 75 + 3 * (epsg - 4534) for epsg in range(4534, 4555)}
NUMBERED = {epsg: 75 + 3 * (epsg - 4513) for epsg in range(4513, 4534)}
# What reading a shape from GeoJSON raises, whatever stands there instead of one.
UNREADABLE = (
    ValueError, TypeError, AttributeError, KeyError, IndexError, OverflowError, shapely.errors.ShapelyError
)  # fmt: skip
Points = Any  # an array of [x, y]


def choices() -> list[tuple[str, str]]:
    """The systems that may be chosen: code and name; those of Shandong's longitudes before the others."""
    near = sorted(ZONES, key=lambda epsg: abs(ZONES[epsg] - 117))
    zones = [(str(epsg), f"CGCS2000 / 3-degree Gauss-Kruger CM {ZONES[epsg]}E (EPSG:{epsg})") for epsg in near]
    zones += [(str(epsg), f"CGCS2000 / 3-degree Gauss-Kruger zone {25 + epsg - 4513} (EPSG:{epsg})")
              for epsg in sorted(NUMBERED, key=lambda one: abs(NUMBERED[one] - 117))]  # fmt: skip
    return [(WGS84, "WGS 84 (EPSG:4326)"), (str(DEGREES_2000), "CGCS2000 (EPSG:4490)"), (GCJ02, "GCJ-02"), *zones]


def to_wgs84(system: str) -> Callable[[Points], Points]:
    """What turns an array of [x, y] of a system into longitudes and latitudes. Raises KeyError for another system."""
    if system == WGS84:
        return lambda points: points
    if system == GCJ02:
        return from_gcj02
    if int(system) not in {DEGREES_2000, *ZONES, *NUMBERED}:
        raise KeyError(system)
    turn = pyproj.Transformer.from_crs(int(system), 4326, always_xy=True).transform
    return lambda points: np.column_stack(turn(points[:, 0], points[:, 1]))


def system_of(prj: str) -> str:
    """The system that the .prj of a Shapefile describes; "" where it is none of ours."""
    try:
        found = pyproj.CRS.from_wkt(prj)
    except pyproj.exceptions.CRSError:
        return ""
    epsg = found.to_epsg(min_confidence=20)
    if epsg == 4326:
        return WGS84
    return str(epsg) if epsg in {DEGREES_2000, *ZONES, *NUMBERED} else ""


def to_gcj02(points: Points) -> Points:
    """WGS 84 degrees as a published map of China shows them."""
    lng, lat = points[:, 0], points[:, 1]
    x, y = lng - REFERENCE_LNG, lat - REFERENCE_LAT
    common = (20 * np.sin(6 * x * math.pi) + 20 * np.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * np.sqrt(np.abs(x)) + common
    north += (20 * np.sin(y * math.pi) + 40 * np.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * np.sin(y / 12 * math.pi) + 320 * np.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * np.sqrt(np.abs(x)) + common
    east += (20 * np.sin(x * math.pi) + 40 * np.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * np.sin(x / 12 * math.pi) + 300 * np.sin(x / 30 * math.pi)) * 2 / 3
    radians = np.radians(lat)
    magic = 1 - FLATNESS * np.sin(radians) ** 2
    meridian = AXIS * (1 - FLATNESS) / (magic * np.sqrt(magic))
    parallel = AXIS / np.sqrt(magic) * np.cos(radians)
    return np.column_stack((lng + np.degrees(east / parallel), lat + np.degrees(north / meridian)))


def from_gcj02(points: Points) -> Points:
    """The other way round, by walking back what the shift overshoots: there is no formula for it."""
    found = np.array(points, dtype=float)
    for _turn in range(TURNS):
        found = found - (to_gcj02(found) - points)
    return found
