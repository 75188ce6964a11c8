"""Stationed agencies: which agency of a department works at a place. In memory, kept like the list itself."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from organizations.choices import AreaLevel, UnitKind
from organizations.models import Matter, Unit
from organizations.places import area_code
from organizations.queries import snapshot


@dataclass(frozen=True, slots=True)
class Stations:
    """Agencies by (superior, township), in the order of their codes, and matters by code, as of one stamp."""

    stamp: int | None
    agencies: dict[tuple[int, str], tuple[int, ...]]
    matters: dict[str, int]


class _Kept:
    """The last stations read by this process."""

    stations: Stations | None = None


def agencies_at(*, department_id: int, place: str, held: snapshot.Snapshot | None = None) -> tuple[int, ...]:
    """The agencies of a department in the township of a place, by code; none where the place is named wider.

    An agency stands under its department and its township, whichever of the two is written as its first superior.
    """
    township = area_code(place=place, level=AreaLevel.TOWNSHIP)
    return stations(held=held).agencies.get((department_id, township), ())


def matter_id_of(*, code: str, held: snapshot.Snapshot | None = None) -> int | None:
    """The matter of a code, from memory; one that came after the last change of the list is not known yet."""
    return stations(held=held).matters.get(code)


def stations(*, held: snapshot.Snapshot | None = None) -> Stations:
    """All stations as of the list that the caller holds; two queries after a change, none otherwise."""
    stamp = (held or snapshot.current()).stamp
    kept = _Kept.stations
    if kept is None or stamp is None or kept.stamp != stamp:
        kept = _Kept.stations = _read(stamp)
    return kept


def _read(stamp: int | None) -> Stations:
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    rows = Unit.objects.working().filter(kind=UnitKind.STATIONED_AGENCY).order_by("code")
    for unit_id, area, *superiors in rows.values_list("id", "area_id", "superior_id", "second_superior_id"):
        for superior in superiors:
            if superior is not None:
                found[superior, area].append(unit_id)
    return Stations(
        stamp=stamp,
        agencies={key: tuple(ids) for key, ids in found.items()},
        matters=dict(Matter.objects.values_list("code", "id")),
    )
