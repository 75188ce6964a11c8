"""Where a petition is: from a point, an address or an area code to grid, village, township and county."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from grids.queries import locate, locate_address
from kernel.errors import Invalid
from petitions.models import Petition

COLUMNS = {"county_code": 6, "township_code": 9, "village_code": 12, "cell_code": 15}


@dataclass(frozen=True, kw_only=True)
class Place:
    """A code of 6, 9, 12 or 15 digits, the point if there is one, and how far outside of the grid it lies."""

    code: str
    lng: float | None = None
    lat: float | None = None
    distance_m: int = 0


def place_of(*, lng: float | None, lat: float | None, address: str = "", area_code: str = "") -> Place:
    """The narrowest place that can be known. Raises Invalid for half a point, an impossible one or a bad code."""
    if (lng is None) != (lat is None):
        raise Invalid(_("A point needs longitude and latitude."), fields={"lng": [_("Both or neither.")]})
    if lng is not None and lat is not None:
        if not (-180 <= lng <= 180 and -90 <= lat <= 90):
            raise Invalid(_("There is no such point."), fields={"lng": [_("Out of range.")]})
        found = locate(lng=lng, lat=lat)
        if found is not None:
            return Place(code=found.cell_code, lng=lng, lat=lat, distance_m=round(found.distance_m))
    if area_code:
        return Place(code=_checked(area_code), lng=lng, lat=lat)
    named = locate_address(address) if address else None
    if named is not None:
        return Place(code=named.place, lng=lng, lat=lat)
    return Place(code=settings.HOME_AREA, lng=lng, lat=lat)


def _checked(area_code: str) -> str:
    code = area_code.rstrip("0") if len(area_code) == 12 and area_code.endswith("000") else area_code
    if len(area_code) == 12 and len(code) < 12:
        code = area_code[: 6 if area_code.endswith("000000") else 9]
    known = len(code) in COLUMNS.values() and code.startswith(settings.HOME_AREA)
    if not (known and code.isascii() and code.isdigit()):
        raise Invalid(_("There is no such area here."), fields={"area_code": [_("Unknown area.")]})
    return code


def put_at(*, petition: Petition, place: Place) -> None:
    """Write a place into the columns that lists and permissions read."""
    petition.lng, petition.lat, petition.distance_m = place.lng, place.lat, place.distance_m
    for column, digits in COLUMNS.items():
        setattr(petition, column, place.code[:digits] if len(place.code) >= digits else "")
