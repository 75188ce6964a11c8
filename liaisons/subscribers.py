"""What liaison officials hear from below, their alarm, and what they tell the cards of grids."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from grids.events import CellMerged, CellSplit
from grids.queries import Caring, also_cares
from kernel.events import Fact, subscribe
from kernel.models import Timer
from kernel.timers import on_timer
from liaisons.queries.board import caring_for_cell
from liaisons.services.following import follow_postings, remind
from liaisons.services.keeping import CLOCK
from liaisons.services.regridding import follow_cell
from organizations.events import PostingEnded


@subscribe(PostingEnded, name="liaisons.follow_posting")
def posting_ended(fact: Fact) -> None:
    follow_postings(user_id=fact.event.user_id, at=fact.at)


@subscribe(CellSplit, name="liaisons.follow_split")
def grid_split(fact: Fact) -> None:
    follow_cell(cell_code=fact.event.cell_code, into=fact.event.into, at=fact.at)


@subscribe(CellMerged, name="liaisons.follow_merger")
def grids_merged(fact: Fact) -> None:
    follow_cell(cell_code=fact.event.cell_code, into=[fact.event.into], at=fact.at)


@on_timer(CLOCK)
def ends_soon(timers: list[Timer], at: datetime) -> None:
    remind(assignment_ids=[UUID(timer.subject_id) for timer in timers], at=at)


@also_cares
def officials(cell_code: str, at: datetime) -> list[Caring]:
    return caring_for_cell(cell_code=cell_code, at=at)
