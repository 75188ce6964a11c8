"""How far two points lie apart, on a sphere: good to half a per cent, which is better than any telephone."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

EARTH_METRES = 6_371_008.8


def metres_apart(*, lng: float, lat: float, other_lng: float, other_lat: float) -> int:
    """Whole metres along the great circle between two points in WGS 84 degrees (haversine)."""
    there, here = radians(other_lat), radians(lat)
    height, width = sin((there - here) / 2), sin(radians(other_lng - lng) / 2)
    return round(2 * EARTH_METRES * asin(min(sqrt(height**2 + cos(here) * cos(there) * width**2), 1.0)))
