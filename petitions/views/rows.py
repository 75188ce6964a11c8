"""Rows of the list as they are drawn: petition, clock, place, colours and what is withheld."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.calendars import current
from kernel.running import Running
from kernel.worktime import WorkCalendar
from petitions.choices import COLOURS, Urgency
from petitions.clocks import stage_clock
from petitions.models import Petition
from petitions.place_names import area_names, place_name
from petitions.policies import identity_withheld

# What a list never shows is not read for it either.
UNREAD = ("description", "salt", "rating_note")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the list."""

    petition: Petition
    clock: Running | None
    place: str
    colour: str
    urgency_colour: str
    reporter: str

    @property
    def calm(self) -> bool:
        return self.petition.urgency == Urgency.ORDINARY


def rows_of(petitions: Sequence[Petition], *, actor: Actor, at: datetime) -> list[Row]:
    """The rows of a page; one query for all the names of their places."""
    calendar, names = current(at=at), area_names(petitions)
    return [_row(one, names=names, actor=actor, at=at, calendar=calendar) for one in petitions]


def _row(petition: Petition, *, names: dict[str, str], actor: Actor, at: datetime, calendar: WorkCalendar) -> Row:
    return Row(
        petition=petition,
        clock=stage_clock(petition=petition, at=at, calendar=calendar),
        place=place_name(petition, names),
        colour=COLOURS[petition.state],
        urgency_colour=COLOURS[petition.urgency],
        reporter=shown_reporter(petition=petition, actor=actor),
    )


def shown_reporter(*, petition: Petition, actor: Any) -> str:
    """The reporter masked, or that the identity is withheld from this person."""
    if identity_withheld(petition=petition, actor=actor):
        return _("withheld")
    return petition.reporter_masked
