"""Which ground a big screen shows: the seat's own, or an area inside it that somebody drilled to."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from governance.web import links
from kernel.actors import Actor
from kernel.errors import Missing
from organizations.choices import DIGITS, AreaLevel
from organizations.models import Area
from organizations.places import WIDTH

ASKED = re.compile(r"\A(?:[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})\Z")
LEVEL_OF = {digits: level for level, digits in DIGITS.items()}
# The column that divides the ground of a level into parts, and the digits of a part.
BELOW = {
    AreaLevel.CITY: ("county_code", 6),
    AreaLevel.COUNTY: ("township_code", 9),
    AreaLevel.TOWNSHIP: ("village_code", 12),
    AreaLevel.VILLAGE: ("cell_code", 15),
}


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of one screen. `place`: the digits that all its places begin with, "" for whoever oversees none.

    `around`: the areas above it that the person may open, the widest first, as name and address.
    """

    level: str
    code: str
    name: str
    place: str
    around: tuple[tuple[str, str], ...]

    @property
    def column(self) -> str:
        """The column of the petition that names the part of this ground."""
        return BELOW[AreaLevel(self.level)][0]

    @property
    def digits(self) -> int:
        """How many digits name a part of this ground."""
        return BELOW[AreaLevel(self.level)][1]


def ground_of(*, actor: Actor, asked: str) -> Ground:
    """The ground asked for, or the seat's own. Raises Missing for an area that is not there or not the person's.

    Whoever works for a unit and oversees no ground may look at any: what is counted there is the unit's alone.
    """
    own = _own(actor)
    place = asked or (own[0] if own else settings.HOME_AREA)
    if not ASKED.match(place) or (own and not any(place.startswith(one) for one in own)):
        raise Missing(_("There is no such area, or it is not yours."))
    above = _above(place, own)
    wider = [] if asked else [place[:digits] for digits in sorted(LEVEL_OF, reverse=True) if digits < len(place)]
    areas = {one.code: one for one in Area.objects.filter(code__in=[_code(one) for one in (place, *wider, *above)])}
    # A seat in a place that the register does not know yet has the screen of what lies around it.
    area = next((areas[_code(one)] for one in (place, *wider) if _code(one) in areas), None)
    if area is None or area.level not in BELOW:
        raise Missing(_("There is no such area, or it is not yours."))
    around = [(areas[_code(one)].name, links.wall(area=one)) for one in above if _code(one) in areas]
    narrow = place if own or asked else ""
    return Ground(level=area.level, code=area.code, name=area.name, place=narrow, around=tuple(around))


def _own(actor: Actor) -> list[str]:
    """The territories of the seats, the widest first; of a grid its village, where the screen stands."""
    return sorted({one[:WIDTH] for one in actor.territories}, key=lambda one: (len(one), one))


def _above(place: str, own: list[str]) -> list[str]:
    """What lies around a place and is the person's own: the way back from a drill."""
    widths = [digits for digits in sorted(LEVEL_OF) if digits < len(place) and LEVEL_OF[digits] in BELOW]
    return [place[:digits] for digits in widths if any(place[:digits].startswith(one) for one in own)]


def _code(place: str) -> str:
    return place.ljust(WIDTH, "0")
