"""Where on the map somebody stands: the place, the way to it, and what lies one level below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, QuerySet
from django.db.models.functions import Left
from django.utils.translation import gettext as _

from grids.choices import CellKind
from grids.models import Cell
from kernel.actors import Actor
from organizations.choices import DIGITS, AreaLevel
from organizations.models import Area
from organizations.places import WIDTH, area_code

CELL = 15
BASIC = CellKind.BASIC.value
# The next level below a place, by its digits.
BELOW = {4: 6, 6: 9, 9: 12, 12: CELL}
LEVELS = {DIGITS[level]: level for level in (AreaLevel.CITY, AreaLevel.COUNTY, AreaLevel.TOWNSHIP, AreaLevel.VILLAGE)}


@dataclass(frozen=True, slots=True)
class Child:
    """A place one level below, with how many basic and dedicated grids it has."""

    code: str
    name: str
    basic: int
    dedicated: int


def below(place: str) -> int:
    """The digits of the places one level below; below everything are the counties."""
    return BELOW[len(place)] if place else DIGITS[AreaLevel.COUNTY]


def known_place(asked: str, *, actor: Actor) -> str:
    """The prefix asked for where there is such an area; otherwise what the person oversees, or the whole map."""
    if len(asked) in LEVELS and asked.isdigit() and Area.objects.filter(pk=asked.ljust(WIDTH, "0")).exists():
        return asked
    own = min(actor.territories, key=len, default="")[:WIDTH]
    return own if len(own) in LEVELS else _common()


def _common() -> str:
    """The smallest area around every grid that is drawn."""
    drawn = Cell.objects.drawn().order_by("code")
    first, last = drawn.first(), drawn.last()
    if first is None or last is None:
        return ""
    shared = [digits for digits in LEVELS if first.code[:digits] == last.code[:digits]]
    return first.code[: max(shared)] if shared else ""


def trail_of(place: str) -> list[tuple[str, str]]:
    """Code and name of the areas from the city down to the place, itself included. One query."""
    if not place:
        return [("", _("All"))]
    codes = {area_code(place=place, level=level): digits for digits, level in LEVELS.items() if digits <= len(place)}
    names = dict(Area.objects.filter(pk__in=codes).values_list("pk", "name"))
    return [(code[:digits], names[code]) for code, digits in codes.items() if code in names]


def children_of(place: str) -> list[Child]:
    """Every place one level below, in the order of the codes, also those without a grid. Two queries."""
    digits = below(place)
    if digits == CELL:
        cells = Cell.objects.drawn().inside(place).order_by("code").values_list("code", "name", "kind")
        return [Child(code, name, int(kind == BASIC), int(kind != BASIC)) for code, name, kind in cells]
    counted: dict[str, dict[str, int]] = {}
    grouped = Cell.objects.drawn().inside(place).order_by().annotate(at=Left("code", digits)).values("at", "kind")
    for code, kind, number in grouped.annotate(n=Count("pk")).values_list("at", "kind", "n"):
        counted.setdefault(code, {})[kind] = number
    areas = Area.objects.inside(place).filter(level=LEVELS[digits]).order_by("code").values_list("code", "name")
    return [_child(code[:digits], name, counted.get(code[:digits], {})) for code, name in areas]


def codes_below(place: str, *, digits: int) -> QuerySet[Any]:
    """The places in a place with so many digits, each with its code as `place_code`."""
    if digits == CELL:
        return Cell.objects.drawn().inside(place).annotate(place_code=F("code"))
    areas = Area.objects.inside(place).filter(level=LEVELS[digits])
    return areas.annotate(place_code=Left("code", digits))


def _child(code: str, name: str, grids: dict[str, int]) -> Child:
    basic = grids.get(BASIC, 0)
    return Child(code, name, basic, sum(grids.values()) - basic)
