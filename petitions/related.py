"""What may be the same matter told twice: from the same person, at the same place, or about the same subject."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import cos, radians
from typing import Any

from kernel import personal
from kernel.actors import Actor
from petitions.models import Petition
from petitions.policies import identity_withheld
from petitions.querysets import PetitionQuerySet
from petitions.words import pairs_of

RECENT = timedelta(days=30)
METRES = 200
METRES_PER_DEGREE = 111_320
SHOWN = 5
# Among how many of the newest of a village the same subject is looked for, and how much titles must have in common.
CONSIDERED, ALIKE = 200, 0.5


def by_phone(*, phone: str, among: PetitionQuerySet, actor: Actor) -> list[Petition]:
    """Petitions that the same telephone number was given with. The number itself is compared by its keyed index."""
    index = personal.blind_index(phone, purpose="phone")
    return _told(among.filter(reporter__phone_index=index), actor) if index else []


def near(*, lng: float | None, lat: float | None, among: PetitionQuerySet, at: datetime) -> PetitionQuerySet:
    """Petitions of the last thirty days within two hundred metres of a point."""
    if lng is None or lat is None or not -89 < lat < 89:
        return among.none()
    high = METRES / METRES_PER_DEGREE
    wide = high / cos(radians(lat))
    around = {"lng__range": (lng - wide, lng + wide), "lat__range": (lat - high, lat + high)}
    return _shown(among.filter(filed_at__gte=at - RECENT, **around))


def of_the_same_person(*, petition: Petition, among: PetitionQuerySet, actor: Actor) -> list[Petition]:
    """Other petitions of this one's reporter, by telephone."""
    sealed = getattr(petition, "reporter", None)
    index = bytes(sealed.phone_index) if sealed is not None else b""
    return _told(among.filter(reporter__phone_index=index).exclude(pk=petition.pk), actor) if index else []


def at_the_same_place(*, petition: Petition, among: PetitionQuerySet) -> PetitionQuerySet:
    """Other petitions filed near this one, in the month before it."""
    nearby = near(lng=petition.lng, lat=petition.lat, among=among, at=petition.filed_at)
    return nearby.exclude(pk=petition.pk)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """A petition about the same: of the same category, or with `share` (0 … 1) of the title's pairs of characters."""

    petition: Petition
    category: bool
    share: float


def about_the_same(*, petition: Petition, among: PetitionQuerySet) -> list[Alike]:
    """Petitions of the same village, filed within a month of this one, of its category or with a like title."""
    if not petition.village_code:
        return []
    around = (petition.filed_at - RECENT, petition.filed_at + RECENT)
    rows = among.filter(village_code=petition.village_code, filed_at__range=around).exclude(pk=petition.pk)
    # Hundreds are compared and a handful shown: of the others no more is read than what is compared.
    newest = rows.order_by("-filed_at").values_list("pk", "title", "category_id", "filed_at")[:CONSIDERED]
    own, category = pairs_of(petition.title), petition.category_id
    found = [
        (category is not None and theirs == category, _share(own, pairs_of(title)), at, pk)
        for pk, title, theirs, at in newest
    ]
    best = sorted((one for one in found if one[0] or one[1] >= ALIKE), reverse=True)[:SHOWN]
    shown = {one.pk: one for one in _shown(among.filter(pk__in=[pk for *_, pk in best]))} if best else {}
    return [Alike(petition=shown[pk], category=same, share=share) for same, share, _filed_at, pk in best if pk in shown]


def _share(own: frozenset[str], theirs: frozenset[str]) -> float:
    common, every = len(own & theirs), len(own) + len(theirs)
    return 2 * common / every if every else 0.0


def _shown(found: PetitionQuerySet) -> Any:
    return found.defer("description", "salt", "rating_note").order_by("-filed_at")


def _told(found: PetitionQuerySet, actor: Actor) -> list[Petition]:
    """The newest few, without those whose reporter is kept from this actor: being listed would name the reporter."""
    newest = _shown(found)[: 2 * SHOWN]
    return [one for one in newest if not identity_withheld(petition=one, actor=actor)][:SHOWN]
