"""Petitions as rows that pages of several apps share: state, clock, body, address. No names, no phones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from governance.web import links
from kernel.calendars import current
from kernel.running import Running
from petitions.choices import COLOURS, Urgency
from petitions.clocks import stage_clock
from petitions.models import Petition

# Columns that no list shows.
UNREAD = ("description", "salt", "rating_note")


@dataclass(frozen=True)
class Case:
    """One petition as a row."""

    petition: Petition
    clock: Running | None

    @property
    def light(self) -> str:
        """Colour of the light, grey where no clock runs."""
        return self.clock.light if self.clock is not None else "grey"

    @property
    def due_at(self) -> datetime | None:
        """Until when: of the stage while the case is open, what was promised once it is closed."""
        return self.petition.due_at if self.petition.closed_at else self.petition.stage_due_at

    @property
    def state_colour(self) -> str:
        """Colour of the badge."""
        return COLOURS[self.petition.state]

    @property
    def urgent(self) -> bool:
        """Whether the urgency is worth a badge."""
        return self.petition.urgency != Urgency.ORDINARY

    @property
    def urgency_colour(self) -> str:
        """Colour of the badge of the urgency."""
        return COLOURS[self.petition.urgency]

    @cached_property
    def unit(self) -> str:
        """Short name of who has it in hand: the lead unit, before that the centre."""
        unit: Any = self.petition.lead_unit or self.petition.center
        return unit.short_name or unit.name

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
