"""Who stands above whom, and which body stands for a place."""

from __future__ import annotations

from organizations.choices import AreaLevel, UnitKind
from organizations.models import Unit
from organizations.places import area_code
from organizations.queries import snapshot

GOVERNING = {AreaLevel.VILLAGE.value: UnitKind.VILLAGE, AreaLevel.TOWNSHIP.value: UnitKind.TOWNSHIP}


def superior_of(*, unit_id: int) -> Unit | None:
    """The unit that is told when this one does not answer; None at the top or for an unknown unit. One query."""
    above = Unit.objects.filter(pk=unit_id).values("superior_id")
    return Unit.objects.working().filter(pk__in=above).first()


def unit_of_place(*, place: str, level: str) -> Unit | None:
    """The body that governs the place: village committee, township government, or from county up the centre."""
    return _standing_for(place=place, level=level, kind=GOVERNING.get(level, UnitKind.COMMAND_CENTER))


def center_of(*, place: str, level: str) -> Unit | None:
    """The command centre of a level around the place; at village level the village unit, which is its workstation."""
    kind = UnitKind.VILLAGE if level == AreaLevel.VILLAGE else UnitKind.COMMAND_CENTER
    return _standing_for(place=place, level=level, kind=kind)


def _standing_for(*, place: str, level: str, kind: str) -> Unit | None:
    code = area_code(place=place, level=level)
    if not code:
        return None
    return Unit.objects.working().filter(area_id=code, kind=kind).order_by("id").first()


def center_id_of(*, place: str, level: str) -> int | None:
    """The id of center_of(), from the list in memory: what filing asks thousands of times an hour."""
    kind = UnitKind.VILLAGE if level == AreaLevel.VILLAGE else UnitKind.COMMAND_CENTER
    return snapshot.current().standing.get((kind.value, area_code(place=place, level=level)))


def unit_name(*, unit_id: int) -> str:
    """The name of a working unit, from the list in memory; empty for any other."""
    return snapshot.latest().names.get(unit_id, "")
