"""What is open in a grid that was split or merged goes on in the grid that stands there now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from grids.queries import forget
from grids.queries.reshaping import heir_of
from kernel.actors import SYSTEM
from kernel.bulk import write_columns
from kernel.deeds import deed
from kernel.events import record_many
from petitions.events import PetitionRegridded
from petitions.models import Petition

COLUMNS = ("cell_code", "version", "changed_at")


@deed
def follow_cell(*, cell_code: str, into: Sequence[str], rest: str, at: datetime) -> int:
    """Move the open petitions of a grid that ended, each by its point, those without one to `rest`; returns how many.

    Again it finds none. What is closed stays where it was: its grid stood there then.
    """
    forget()  # another process has drawn the new grids a moment ago
    rows = Petition.objects.select_for_update(of=("self",)).open().filter(cell_code=cell_code).order_by("pk")
    held = list(rows.only("lng", "lat", *COLUMNS))
    for one in held:
        one.cell_code = heir_of(into, lng=one.lng, lat=one.lat, rest=rest)
        one.version, one.changed_at = one.version + 1, at
    write_columns(held, columns=COLUMNS)
    moved = [
        PetitionRegridded(case_id=one.pk, subject_id=str(one.pk), from_cell=cell_code, place=one.cell_code)
        for one in held
    ]
    record_many(moved, actor=SYSTEM, at=at)
    return len(held)
