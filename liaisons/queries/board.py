"""The board: places in somebody's scope, who looks after each, and which have nobody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.utils import timezone
from django.utils.translation import gettext as _

from grids.models import Cell
from grids.queries import Caring
from kernel.actors import Actor
from liaisons.choices import CELL_DIGITS
from liaisons.models import Assignment
from liaisons.querysets import VIEW
from organizations.choices import AreaLevel
from organizations.models import Area
from organizations.places import WIDTH


def communities_of(*, actor: Actor) -> QuerySet[Area]:
    """Communities and villages that somebody oversees, or that he or a colleague looks after."""
    every = Area.objects.inside(settings.HOME_AREA).filter(level=AreaLevel.VILLAGE)
    if actor.is_system:
        return every
    mine = Q(code__in=Assignment.objects.visible_to(actor).values("area_id"))
    for prefix in _territories(actor):
        mine |= Q(code__startswith=prefix[:WIDTH])
    return every.filter(mine)


def cells_of(*, actor: Actor) -> QuerySet[Cell]:
    """Grids that somebody oversees, or that he or a colleague looks after, alone or with the community."""
    every = Cell.objects.drawn().inside(settings.HOME_AREA)
    if actor.is_system:
        return every
    held = Assignment.objects.visible_to(actor)
    whole = held.filter(cell__isnull=True).annotate(code=Left("place", WIDTH)).values("code")
    mine = Q(pk__in=held.filter(cell__isnull=False).values("cell_id")) | Q(village_id__in=whole)
    for prefix in _territories(actor):
        mine |= Q(code__startswith=prefix)
    return every.filter(mine)


def communities_without(rows: QuerySet[Area], *, on: date) -> QuerySet[Area]:
    """Those of the communities that nobody looks after on a day."""
    held = Assignment.objects.in_force(on).filter(area=OuterRef("pk"), cell__isnull=True)
    return rows.filter(~Exists(held))


def cells_without(rows: QuerySet[Cell], *, on: date) -> QuerySet[Cell]:
    """Those of the grids that have neither an official of their own nor one of their community on a day."""
    held = Assignment.objects.in_force(on)
    whole = held.filter(area=OuterRef("village_id"), cell__isnull=True)
    return rows.filter(~Exists(held.filter(cell=OuterRef("pk"))), ~Exists(whole))


def officials_at(*, places: Iterable[str], on: date) -> dict[str, list[Assignment]]:
    """Who looks after each of these places on a day, by its code, with person and unit. One query, none for none.

    As of gridworkers, name and unit of an official in office are published: whoever sees the place sees them.
    """
    wanted = set(places)
    found: dict[str, list[Assignment]] = defaultdict(list)
    if not wanted:
        return found
    rows = Assignment.objects.in_force(on).filter(place__in=wanted).select_related("user", "unit")
    for one in rows.order_by("place", "valid_from", "pk"):
        found[one.place].append(one)
    return found


def grids_in(*, areas: Iterable[str], on: date) -> dict[str, tuple[int, int]]:
    """Of each community how many grids it has, and how many of them an official of their own. Two queries."""
    codes = list(areas)
    own = set(
        Assignment.objects.in_force(on).filter(area_id__in=codes, cell__isnull=False).values_list("place", flat=True)
    )
    counts: dict[str, tuple[int, int]] = dict.fromkeys(codes, (0, 0))
    for code in Cell.objects.drawn().filter(village_id__in=codes).values_list("code", flat=True):
        every, with_own = counts[code[:WIDTH]]
        counts[code[:WIDTH]] = (every + 1, with_own + (code in own))
    return counts


def caring_for_cell(*, cell_code: str, at: datetime) -> list[Caring]:
    """The officials of a grid, then those of its community, as the card of the grid publishes them. One query."""
    held = officials_at(places=[cell_code, cell_code[:WIDTH]], on=timezone.localtime(at).date())
    rows = [(_("Official of the grid"), one) for one in held[cell_code]]
    rows += [(_("Official of the community"), one) for one in held[cell_code[:WIDTH]]]
    return [Caring(label, str(one.user), str(one.unit), one.user.work_phone) for label, one in rows]


def _territories(actor: Actor) -> list[str]:
    held = [one.territory for one in actor.seats if VIEW in one.capabilities and one.territory]
    return [one for one in held if len(one) <= CELL_DIGITS]
