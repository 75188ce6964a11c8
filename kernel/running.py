"""A clock as people read it: what is left, how much is used, and which light that is. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise

from kernel.choices import LimitUnit
from kernel.worktime import Limit, Pause, WorkCalendar, remaining, share_used

Lights = tuple[tuple[float, str], ...]
LIGHTS: Lights = ((0.8, "yellow"), (0.5, "blue"), (0.0, "green"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """One running clock. `share`: 0 … 1 and more of the limit.

    `left`: minutes of the limit's own unit; once it is late, plain minutes since then, negative.
    """

    kind: str
    name: str | Promise
    limit: Limit
    start: datetime
    due_at: datetime
    left: int
    share: float
    light: str
    provisional: bool
    paused: bool = False

    @property
    def overdue(self) -> bool:
        return self.left < 0

    @property
    def working(self) -> bool:
        """True where `left` counts working time only."""
        return not self.overdue and self.rests

    @property
    def rests(self) -> bool:
        """True where nights and days off do not count."""
        return self.limit.unit in (LimitUnit.WORKDAY, LimitUnit.WORK_HOUR)


def running(
    *,
    kind: str,
    name: str | Promise,
    limit: Limit,
    start: datetime,
    due_at: datetime,
    at: datetime,
    calendar: WorkCalendar,
    provisional: bool = False,
    patient: bool = False,
    pauses: Sequence[Pause] = (),
    lights: Lights = LIGHTS,
) -> Running:
    """Read a clock at an instant. `patient`: its end is an ending and no breach, so that it has no light.

    `pauses`: when it stood still, the end of a running one as it is planned. `lights`: the shares of the limit from
    which a light is another one, where a city has set its own.
    """
    start = min(start, due_at)
    run: dict[str, Any] = {
        "start": start,
        "at": at,
        "limit": limit,
        "calendar": calendar,
        "due": due_at,
        "pauses": pauses,
    }
    share = share_used(**run)
    late = at > due_at
    rest = due_at - at if late else remaining(**run)
    return Running(
        kind=kind,
        name=name,
        limit=limit,
        start=start,
        due_at=due_at,
        left=rest // timedelta(minutes=1),
        share=max(share, 0.0),
        light="grey" if patient else light_of(share=share, late=late, lights=lights),
        provisional=provisional,
        paused=any(since <= at and (until is None or at < until) for since, until in pauses),
    )


def light_of(*, share: float, late: bool, lights: Lights = LIGHTS) -> str:
    """The light for a used share of a limit."""
    return "red" if late else next((light for from_, light in lights if share >= from_), "green")
