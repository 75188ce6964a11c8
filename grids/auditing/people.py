"""Sizes, staff, codes and telephones: what the rows of the map say (pure)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from grids.auditing.seen import Grid, Seen
from grids.auditing.thresholds import lacking, size_of
from grids.choices import FindingKind


def sizes(grids: Iterable[Grid]) -> Iterator[Seen]:
    """Basic grids outside of their range by households and by residents both; nothing where nobody was counted."""
    for one in grids:
        if not one.basic or not one.households:
            continue
        size = size_of(one.code)
        (few, many), (least, most) = size.households, size.residents
        if one.households > many and one.residents > most:
            yield _of(FindingKind.TOO_LARGE, one, value=one.households, limit=many)
        elif one.households < few and one.residents < least:
            yield _of(FindingKind.TOO_SMALL, one, value=one.households, limit=few)


def staffing(grids: Iterable[Grid], *, staff: Mapping[str, Mapping[str, int]]) -> Iterator[Seen]:
    """Grids with no worker at all; basic ones that have one but lack others of the pattern.

    `staff`: of each grid how many heads, police officers, full-time and part-time workers it has.
    """
    for one in grids:
        has = staff.get(one.code, {})
        if not has.get("full_time") and not has.get("part_time"):
            yield _of(FindingKind.NO_WORKER, one, value=0, limit=1)
        elif one.basic and (lacks := lacking(has)):
            yield _of(FindingKind.STAFFING, one, value=len(lacks), limit=0, lacks=",".join(lacks))


def telephones(grids: Iterable[Grid]) -> Iterator[Seen]:
    """Grids without a telephone of supervision, which the card must name (滨州市社会治理网格化服务管理条例 6)."""
    for one in grids:
        if not one.phone.strip():
            yield _of(FindingKind.NO_PHONE, one)


def codes(grids: Iterable[Grid], *, home: str, posted: Mapping[str, int]) -> Iterator[Seen]:
    """Grids with the code of another county, and postings to grids that are not on the map."""
    drawn = set()
    for one in grids:
        drawn.add(one.code)
        if not one.code.startswith(home):
            yield _of(FindingKind.FOREIGN_CODE, one)
    for code, people in sorted(posted.items()):
        if code not in drawn:
            yield Seen(kind=FindingKind.DEAD_CODE, key=f"dead_code:{code}", place=code, name=code, value=people)


def uncovered(grids: Iterable[Grid], *, villages: Mapping[str, str]) -> Iterator[Seen]:
    """Villages without any basic grid. `villages`: name by the 12 digits of the code."""
    covered = {one.code[:12] for one in grids if one.basic}
    for code, name in sorted(villages.items()):
        if code not in covered:
            yield Seen(kind=FindingKind.UNCOVERED, key=f"uncovered:{code}", place=code, name=name)


def _of(kind: str, one: Grid, *, value: int | None = None, limit: int | None = None, lacks: str = "") -> Seen:
    return Seen(
        kind=kind, key=f"{kind}:{one.code}", place=one.code, name=one.name, value=value, limit=limit, lacks=lacks,
        lng=one.lng, lat=one.lat,
    )  # fmt: skip
