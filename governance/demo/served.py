"""Who serves the grids without an account: instructors, police officers, part-time workers; some are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from random import Random

from governance.demo.chance import chance
from governance.demo.people import full_name
from grids.choices import CellKind, StaffKind
from grids.models import Cell, CellStaff
from grids.services.staffing import staffed
from kernel.actors import SYSTEM
from kernel.events import record_many

PART_TIME = 2
# The code of every grid that lacks a police officer, or one of its part-time workers, divides by it.
NO_POLICE, ONE_SHORT = 97, 89


def make_staff(*, seed: int, valid_from: date, at: datetime) -> None:
    """An instructor per township, a police officer per village, two part-time workers per basic grid."""
    random = chance(seed, "served")
    instructors: dict[str, str] = {}
    officers: dict[str, str] = {}
    rows = []
    for held in Cell.objects.filter(kind=CellKind.BASIC).order_by("code"):
        instructor = instructors.setdefault(held.code[:9], full_name(random))
        officer = officers.setdefault(held.code[:12], full_name(random))
        people = _of(held.code, instructor=instructor, officer=officer, random=random)
        rows += [CellStaff(cell=held, kind=kind, name=name, valid_from=valid_from) for kind, name in people]
    made = CellStaff.objects.bulk_create(rows, batch_size=500)
    record_many([staffed(one) for one in made], actor=SYSTEM, at=at)


def _of(code: str, *, instructor: str, officer: str, random: Random) -> Iterator[tuple[str, str]]:
    yield StaffKind.INSTRUCTOR, instructor
    if int(code) % NO_POLICE:
        yield StaffKind.POLICE, officer
    for number in range(PART_TIME):
        name = full_name(random)
        if number or int(code) % ONE_SHORT:
            yield StaffKind.PART_TIME, name
