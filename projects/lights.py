"""THE TABLE of lights: what a project shows on a day. One table, read by Python for one and by PostgreSQL for all.

A project has one end that comes next: of a drafted one its first day, of a running one its last day or, when that is
sooner, the day of the first milestone that nobody has reported yet. A row holds for some states and, where `left` is
given, while no more days than that are left until that end: -1 is the day after it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db.models import Case, CharField, DateField, F, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Least
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from projects.choices import Light, MilestoneState, State

NEAR_DAYS = 15
"""Calendar days before an end from which it is near: half a month, so that each monthly dispatch sees it coming."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One light, with the states in which it may show, its colour and the reason that is told with it."""

    light: Light
    states: tuple[str, ...]
    colour: str
    why: str | Promise
    left: int | None = None


# fmt: off
OPEN = (State.DRAFTED, State.RUNNING)
TABLE = (
    Row(light=Light.DONE,      states=(State.DONE,), colour="green", why=_("checked and done")),
    Row(light=Light.STOPPED,   states=(State.SUSPENDED, State.ENDED), colour="grey", why=_("suspended or ended")),
    Row(light=Light.ON_COURSE, states=(State.ASKED,), colour="blue", why=_("waits to be checked")),
    Row(light=Light.BEHIND,    states=OPEN, colour="red",    left=-1,        why=_("late by %(days)s days")),
    Row(light=Light.NEAR,      states=OPEN, colour="yellow", left=NEAR_DAYS, why=_("%(days)s days left")),
    Row(light=Light.NOT_BEGUN, states=(State.DRAFTED,), colour="teal", why=_("begins in %(days)s days")),
    Row(light=Light.ON_COURSE, states=(State.RUNNING,), colour="blue", why=_("%(days)s days to the next end")),
)
# fmt: on
COLOURS: dict[str, str] = {row.light.value: row.colour for row in TABLE}
# The order in which people ask about them: what is late first.
ORDER = (Light.BEHIND, Light.NEAR, Light.ON_COURSE, Light.NOT_BEGUN, Light.STOPPED, Light.DONE)


class Standing(Protocol):
    """Of a project what its light follows from, besides its milestones."""

    state: str
    starts_on: date
    ends_on: date


class Promised(Protocol):
    """Of a milestone what its light follows from."""

    state: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Shown:
    """A light with its reason in words."""

    light: Light
    colour: str
    why: str

    @property
    def label(self) -> str:
        """The light in a word."""
        return str(self.light.label)


def next_end(*, project: Standing, milestones: Iterable[Promised]) -> date:
    """The end that comes next for a project."""
    if project.state == State.DRAFTED:
        return project.starts_on
    open_days = [one.due_on for one in milestones if one.state == MilestoneState.PLANNED]
    return min([project.ends_on, *open_days])


def light_of(*, state: str, end: date, day: date) -> Shown:
    """The light of a project in a state whose next end is known, on a day."""
    left = (end - day).days
    row = next(row for row in TABLE if state in row.states and (row.left is None or left <= row.left))
    return Shown(row.light, row.colour, str(row.why) % {"days": abs(left)} if "%(" in str(row.why) else str(row.why))


def project_light(*, project: Standing, milestones: Iterable[Promised], day: date) -> Shown:
    """The light of a project on a day, from its state and its milestones."""
    return light_of(state=project.state, end=next_end(project=project, milestones=milestones), day=day)


def milestone_colour(*, milestone: Promised, day: date) -> str:
    """The colour of one milestone on a day: by the same days as its project's."""
    if milestone.state != MilestoneState.PLANNED:
        return "green" if milestone.state == MilestoneState.CONFIRMED else "violet"
    return light_of(state=State.RUNNING, end=milestone.due_on, day=day).colour


def with_next_end(projects: QuerySet[Any], *, milestones: QuerySet[Any]) -> QuerySet[Any]:
    """The projects, each with `next_end`; `milestones` are those of the table, whichever project they belong to."""
    planned = milestones.filter(project=OuterRef("pk"), state=MilestoneState.PLANNED).order_by()
    first = planned.values("project").annotate(first=Min("due_on")).values("first")
    return projects.annotate(
        next_end=Case(
            When(state=State.DRAFTED, then=F("starts_on")),
            # LEAST leaves NULLs out: without an open milestone the last day stands alone.
            default=Least(F("ends_on"), Subquery(first, output_field=DateField())),
            output_field=DateField(),
        )
    )


def light_column(*, day: date) -> Case:
    """The same table as an expression over projects with `next_end`."""
    return Case(
        *(When(_holds(row, day), then=Value(row.light.value)) for row in TABLE),
        output_field=CharField(),
    )


def _holds(row: Row, day: date) -> Q:
    within = Q() if row.left is None else Q(next_end__lte=day + timedelta(days=row.left))
    return Q(state__in=row.states) & within
