"""What may be the same matter told twice: from the same person, or at the same place."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import cos, radians
from typing import Any

from kernel import personal
from petitions.models import Petition
from petitions.querysets import PetitionQuerySet

RECENT = timedelta(days=30)
METRES = 200
METRES_PER_DEGREE = 111_320
SHOWN = 5


def by_phone(*, phone: str, among: PetitionQuerySet) -> PetitionQuerySet:
    """Petitions that the same telephone number was given with. The number itself is compared by its keyed index."""
    index = personal.blind_index(phone, purpose="phone")
    if not index:
        return among.none()
    return _shown(among.filter(reporter__phone_index=index))


def near(*, lng: float | None, lat: float | None, among: PetitionQuerySet, at: datetime) -> PetitionQuerySet:
    """Petitions of the last thirty days within two hundred metres of a point."""
    if lng is None or lat is None or not -89 < lat < 89:
        return among.none()
    high = METRES / METRES_PER_DEGREE
    wide = high / cos(radians(lat))
    around = {"lng__range": (lng - wide, lng + wide), "lat__range": (lat - high, lat + high)}
    return _shown(among.filter(filed_at__gte=at - RECENT, **around))


def of_the_same_person(*, petition: Petition, among: PetitionQuerySet) -> PetitionQuerySet:
    """Other petitions of this one's reporter, by telephone or identity number."""
    sealed = getattr(petition, "reporter", None)
    index = bytes(sealed.phone_index) if sealed is not None else b""
    if not index:
        return among.none()
    return _shown(among.filter(reporter__phone_index=index).exclude(pk=petition.pk))


def at_the_same_place(*, petition: Petition, among: PetitionQuerySet) -> PetitionQuerySet:
    """Other petitions filed near this one, in the month before it."""
    nearby = near(lng=petition.lng, lat=petition.lat, among=among, at=petition.filed_at)
    return nearby.exclude(pk=petition.pk)


def _shown(found: PetitionQuerySet) -> Any:
    return found.defer("description", "salt", "rating_note").order_by("-filed_at")
