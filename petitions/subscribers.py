"""The petition's own clocks, and what it hears from itself. One line of translation, one call."""

from __future__ import annotations

from datetime import datetime

from grids.events import CellMerged, CellSplit
from grids.queries.cards import OpenItems, counts_items
from grids.queries.reshaping import Point, tells_open_points
from kernel.actors import Actor
from kernel.events import Fact, subscribe
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from petitions import on_cards
from petitions.events import PetitionClosed
from petitions.services import following, lapsing, projecting

projector(Projector(name="petitions", count=projecting.count, take=projecting.take))


@subscribe(PetitionClosed, name="petitions.close_joined")
def close_joined(fact: Fact) -> None:
    lapsing.close_joined(main_id=fact.event.case_id, at=fact.at)


@subscribe(CellSplit, name="petitions.follow_split")
def grid_split(fact: Fact) -> None:
    following.follow_cell(cell_code=fact.event.cell_code, into=fact.event.into, rest=fact.event.rest, at=fact.at)


@subscribe(CellMerged, name="petitions.follow_merger")
def grids_merged(fact: Fact) -> None:
    into = fact.event.into
    following.follow_cell(cell_code=fact.event.cell_code, into=[into], rest=into, at=fact.at)


@on_timer("petition.supply")
def supply_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.give_up_waiting(petition_ids=[timer.case_id for timer in timers], at=at)


@on_timer("petition.rate")
def rating_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.close_unrated(petition_ids=[timer.case_id for timer in timers], at=at)


@on_timer("petition.archive")
def archive_due(timers: list[Timer], at: datetime) -> None:
    lapsing.archive_closed(petition_ids=[timer.case_id for timer in timers], at=at)


@on_timer("petition.resolve")
def resolving_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.note_overdue(petition_ids=[timer.case_id for timer in timers], clock="petition.resolve", at=at)


@on_timer("petition.verify")
def verifying_lapsed(timers: list[Timer], at: datetime) -> None:
    lapsing.note_overdue(petition_ids=[timer.case_id for timer in timers], clock="petition.verify", at=at)


@on_timer("petition.planned")
def plan_late(timers: list[Timer], at: datetime) -> None:
    lapsing.note_overdue(petition_ids=[timer.case_id for timer in timers], clock="petition.planned", at=at)


@on_timer("petition.joined")
def joined_for_long(timers: list[Timer], at: datetime) -> None:
    lapsing.note_overdue(petition_ids=[timer.case_id for timer in timers], clock="petition.joined", at=at)


@counts_items
def open_in_grid(actor: Actor, code: str, at: datetime) -> list[OpenItems]:
    return on_cards.open_petitions(actor, code, at)


@tells_open_points
def open_points(code: str) -> list[Point]:
    return on_cards.points_of_open(code)
