"""Rows of the dispatch desk as they are drawn: which clock runs out, what it is, where, with whom, and how old."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from desk.listing import petition_of
from desk.queues import HANDLING, QUEUES, SIGNING, Queue
from dispatch.clocks import order_clocks
from dispatch.models import WorkOrder
from kernel.calendars import current
from kernel.merging import Entry
from kernel.running import Running
from kernel.worktime import WorkCalendar
from petitions.choices import COLOURS, Urgency
from petitions.clocks import stage_clock
from petitions.models import Petition
from petitions.place_names import area_names, place_name

BY_KEY = {one.key: one for one in QUEUES}
# Of these the unit's own clock is shown, of all others that of the stage.
UNITS_CLOCKS = (SIGNING, HANDLING)
MINUTE = 60


class OnClock:
    """What every line of a list of petitions says of its petition and of the clock that runs."""

    __slots__ = ()
    petition: Petition
    clock: Running | None

    @property
    def light(self) -> str:
        """Colour of the light, grey where no clock runs."""
        return self.clock.light if self.clock is not None else "grey"

    @property
    def urgent(self) -> bool:
        """Whether the urgency is worth a badge."""
        return self.petition.urgency != Urgency.ORDINARY

    @property
    def urgency_colour(self) -> str:
        """Colour of the badge of the urgency."""
        return COLOURS[self.petition.urgency]

    @property
    def unit(self) -> str:
        """Short name of who has it in hand: the lead unit, before that the centre."""
        unit: Any = self.petition.lead_unit or self.petition.center
        return unit.short_name or unit.name


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(OnClock):
    """One line of the desk. `place` is where it lies in words, `cursor` what the list goes on after, `age` minutes."""

    petition: Petition
    queue: Queue
    clock: Running | None
    due_at: datetime
    place: str
    cursor: str
    age: int


def rows_of(entries: Sequence[Entry], *, at: datetime) -> list[Row]:
    """The rows of a page; one query for all the names of their places."""
    calendar, names = current(at=at), area_names([petition_of(one.row) for one in entries])
    return [_row(one, names=names, at=at, calendar=calendar) for one in entries]


def _row(entry: Entry, *, names: dict[str, str], at: datetime, calendar: WorkCalendar) -> Row:
    petition, queue = petition_of(entry.row), BY_KEY[entry.key]
    return Row(
        petition=petition,
        queue=queue,
        clock=_clock(entry, queue, at=at, calendar=calendar),
        due_at=entry.due,
        place=place_name(petition, names),
        cursor=entry.place,
        age=max(int((at - petition.filed_at).total_seconds() // MINUTE), 0),
    )


def _clock(entry: Entry, queue: Queue, *, at: datetime, calendar: WorkCalendar) -> Running | None:
    if isinstance(entry.row, WorkOrder) and queue.due in UNITS_CLOCKS:
        ticking = order_clocks(order=entry.row, at=at, calendar=calendar)
        if ticking:
            return ticking[0].clock
    return stage_clock(petition=petition_of(entry.row), at=at, calendar=calendar)
