"""What a split or a merger would come to: the new grids with their codes, who serves them, what is open in each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import shapely
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from grids.geometry import area_m2
from grids.models import Cell, CellStaff
from grids.queries import index
from grids.queries.topology import Fault, faults_of
from kernel.errors import Conflict
from organizations.choices import Role
from organizations.models import Posting
from organizations.places import WIDTH

HIGHEST = 999
REACH_M = 2.0  # grids so near to each other are offered as neighbours


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One of the new grids; `shape` is in degrees."""

    code: str
    shape: Any
    area_m2: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """Somebody who serves a grid that ends. `key` names the posting, or the entry on the card."""

    key: str
    label: str
    name: str


# Apps above know what is open in a grid and where: for each thing its point, or None. Each says so at start-up.
Point = tuple[float, float] | None
OPEN: list[Callable[[str], Iterable[Point]]] = []


def tells_open_points(source: Callable[[str], Iterable[Point]]) -> Callable[[str], Iterable[Point]]:
    """Have the preview of a split count what the source finds open in a grid."""
    OPEN.append(source)
    return source


def shape_of(cell: Cell) -> Any:
    """The border of a grid, in degrees."""
    return shapely.geometry.shape(cell.boundary)


def pieces_of(*, olds: Sequence[Cell], shapes: Sequence[Any]) -> list[Piece]:
    """The new grids, with the next numbers of the village in the order of the shapes. One query.

    No number is given twice: not even that of a grid that ended. Raises Conflict where a village has none left.
    """
    first = olds[0]
    used = dict(Cell.objects.filter(village_id=first.village_id).values_list("code", "kind"))
    begin = max(int(code[WIDTH:]) for code, kind in used.items() if kind == first.kind) + 1
    free = [n for n in range(begin, HIGHEST + 1) if f"{first.village_id}{n:03d}" not in used]
    free += [n for n in range(1, begin) if f"{first.village_id}{n:03d}" not in used]
    if len(free) < len(shapes):
        raise Conflict(_("The village has no number left for another grid."))
    return [
        Piece(code=f"{first.village_id}{n:03d}", shape=shape, area_m2=area_m2(shape))
        for n, shape in zip(free, shapes, strict=False)
    ]


def faults_in(pieces: Sequence[Piece], *, olds: Sequence[Cell]) -> list[Fault]:
    """Where the new grids would lie over others or leave their village, the old ones gone."""
    instead = [one.code for one in olds]
    found = (faults_of(code=one.code, kind=olds[0].kind, shape=one.shape, instead=instead) for one in pieces)
    return [fault for faults in found for fault in faults if fault.blocking]


def neighbours_of(cell: Cell) -> list[Cell]:
    """The grids of its kind and village that touch it, by code: with these alone it can be merged. One query."""
    held = index.current()
    numbers = {fact[0]: n for n, fact in enumerate(held.facts)}
    own = shapely.buffer(held.shapes[numbers[cell.code]], REACH_M)
    near = [held.facts[int(n)] for n in held.tree.query(own, predicate="intersects")]
    codes = [code for code, _name, kind in near if kind == cell.kind and code != cell.code]
    rows = Cell.objects.drawn().filter(code__in=codes, village_id=cell.village_id, host_kind=cell.host_kind)
    return list(rows.order_by("code"))


def serving(codes: Sequence[str], *, at: datetime) -> list[Served]:
    """Whoever serves the grids, now or from a later day on: those posted, then those of the cards. Two queries."""
    lasting = Q(valid_until__isnull=True) | Q(valid_until__gt=at)
    posted = Posting.objects.filter(lasting, cell_code__in=codes, user__is_active=True).select_related("user")
    found = [
        Served(key=f"posting-{one.pk}", label=str(Role(one.role).label), name=str(one.user))
        for one in posted.order_by("cell_code", "role", "user_id")
    ]
    today = timezone.localtime(at).date()
    carded = CellStaff.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gt=today), cell__code__in=codes)
    return found + [
        Served(key=f"staff-{one.pk}", label=one.get_kind_display(), name=one.name)
        for one in carded.order_by("cell__code", "kind", "pk")
    ]


def open_in(pieces: Sequence[Piece], *, olds: Sequence[Cell], rest: int = 0) -> list[int]:
    """How many open things go on in each of the new grids: by their point, the others in that of the number `rest`."""
    counts = [0] * len(pieces)
    for source in OPEN:
        for old in olds:
            for point in source(old.code):
                counts[rest if point is None else _nearest(pieces, point)] += 1
    return counts


def heir_of(codes: Sequence[str], *, lng: float | None, lat: float | None, rest: str) -> str:
    """In which of the new grids something at a point goes on; `rest` where it has none."""
    if lng is None or lat is None:
        return rest
    held = index.current()
    spot = shapely.Point(held.plane.x(lng), held.plane.y(lat))
    wanted = set(codes)
    away = {fact[0]: shapely.distance(held.shapes[n], spot) for n, fact in enumerate(held.facts) if fact[0] in wanted}
    return min(sorted(away), key=away.__getitem__, default=rest)


def _nearest(pieces: Sequence[Piece], point: tuple[float, float]) -> int:
    spot = shapely.Point(point)
    away = [shapely.distance(one.shape, spot) for one in pieces]
    return away.index(min(away))
