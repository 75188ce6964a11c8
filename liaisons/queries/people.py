"""Who can be assigned to a place: people of the centre, of departments and of townships, unit by unit."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby

from organizations.choices import Role, UnitKind
from organizations.models import Posting
from organizations.roles import OVER_CELL, OVER_NOTHING

OFFICIALS_OF = (UnitKind.COMMAND_CENTER, UnitKind.DEPARTMENT, UnitKind.STATIONED_AGENCY, UnitKind.TOWNSHIP)
NOT_OFFICIALS = OVER_CELL | OVER_NOTHING | {Role.VILLAGE_OFFICER}

Group = tuple[str, list[tuple[int, str]]]


def candidates(*, place: str, at: datetime) -> list[Group]:
    """The people of the units whose area lies around the place, grouped under the names of the units. One query."""
    held = (
        Posting.objects.in_force(at)
        .filter(unit__active=True, unit__kind__in=OFFICIALS_OF, user__is_active=True)
        .exclude(role__in=NOT_OFFICIALS)
        .select_related("unit__area", "user")
        .order_by("unit__level", "unit__code", "user__pk")
    )
    groups: list[Group] = []
    for unit, postings in groupby(held, key=lambda one: one.unit):
        if place.startswith(unit.area.prefix):
            people = {one.user_id: str(one.user) for one in postings}
            groups.append((unit.name, list(people.items())))
    return groups
