"""Which rule on time holds for a unit: its area's before that of a larger one, its kind's before that of every kind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from dispatch.models import TimeRule
from dispatch.times import USUAL, Room
from organizations.models import Unit
from organizations.places import areas_around

EVERYWHERE, EVERY_KIND = "", ""


def rooms_of(*, unit_ids: Iterable[int], at: datetime) -> dict[int, Room]:
    """How much time each of these units may be given. Two queries for any number of units, none for none."""
    wanted = set(unit_ids)
    if not wanted:
        return {}
    found = {(one.area_id or EVERYWHERE, one.unit_kind): one.room for one in _in_force(at)}
    rows = Unit.objects.filter(pk__in=wanted).values_list("pk", "kind", "area_id")
    return {pk: _for(found, kind, area) for pk, kind, area in rows}


def room_of(*, unit_id: int, at: datetime) -> Room:
    """The same for one unit."""
    return rooms_of(unit_ids=[unit_id], at=at).get(unit_id, USUAL)


def all_rules() -> Sequence[TimeRule]:
    """Every rule that was ever set, the newest first."""
    return list(TimeRule.objects.select_related("area", "set_by"))


def _in_force(at: datetime) -> Iterable[TimeRule]:
    return TimeRule.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=at), valid_from__lte=at)


def _for(found: dict[tuple[str, str], Room], kind: str, area: str) -> Room:
    places = (*areas_around(place=area), EVERYWHERE)
    asked = ((place, of) for place in places for of in (kind, EVERY_KIND))
    return next((found[one] for one in asked if one in found), USUAL)
