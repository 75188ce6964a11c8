"""Petitions as rows that pages of several apps share: state, clock, body, address. No names, no phones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from desk.rows import OnClock
from governance.web import links
from kernel.calendars import current
from kernel.running import Running
from petitions.choices import COLOURS
from petitions.clocks import stage_clock
from petitions.models import Petition

# Columns that no list shows.
UNREAD = ("description", "salt", "rating_note")


@dataclass(frozen=True)
class Case(OnClock):
    """One petition as a row."""

    petition: Petition
    clock: Running | None

    @property
    def due_at(self) -> datetime | None:
        """Until when: of the stage while the case is open, what was promised once it is closed."""
        return self.petition.due_at if self.petition.closed_at else self.petition.stage_due_at

    @property
    def state_colour(self) -> str:
        """Colour of the badge."""
        return COLOURS[self.petition.state]

    @cached_property
    def href(self) -> str:
        """Address of the case."""
        return links.petition(petition_id=self.petition.pk)


def with_rows(petitions: Any) -> Any:
    """What a queryset must carry for its rows: the bodies by join, and not the long texts."""
    return petitions.select_related("lead_unit", "center").defer(*UNREAD)


def rows_of(petitions: Iterable[Petition], *, at: datetime) -> list[Case]:
    """The rows, with their clocks as they stand."""
    calendar = current(at=at)
    return [Case(petition=one, clock=stage_clock(petition=one, at=at, calendar=calendar)) for one in petitions]
