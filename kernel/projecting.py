"""A new holiday notice lays every open deadline anew: the mechanism. Each app says how its own dates are computed.

A row that was computed with another version of the calendar is due to be looked at; once looked at it names the new
one. So a run needs no memory: stopped anywhere it goes on, and run twice it finds nothing.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.db.models import F

from kernel import calendars
from kernel.deeds import deed
from kernel.errors import Busy
from kernel.models import Reprojection
from kernel.worktime import WorkCalendar

STEP = 500
TRIES, PATIENCE_SECONDS = 5, 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one step did: rows looked at, dates moved, of these later, dates provisional now, and the last row's key.

    `last` is "" where nothing is left.
    """

    seen: int = 0
    moved: int = 0
    later: int = 0
    provisional: int = 0
    last: str = ""


class Take(Protocol):
    """Look at the next rows after a key; `write` says whether anything is changed."""

    def __call__(self, *, calendar: WorkCalendar, after: str, size: int, at: datetime, write: bool) -> Step: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Projector:
    """One table of open deadlines."""

    name: str
    count: Callable[[int], int]
    take: Take


PROJECTORS: dict[str, Projector] = {}


def projector(declared: Projector) -> Projector:
    """Declare a table; a name may be taken once."""
    if declared.name in PROJECTORS:
        raise ValueError(f"projector {declared.name} is declared twice")
    PROJECTORS[declared.name] = declared
    return declared


def waiting(*, version: int) -> dict[str, int]:
    """How many open rows of each table were computed with another version."""
    return {name: one.count(version) for name, one in PROJECTORS.items()}


def steps(*, at: datetime, write: bool, size: int = STEP) -> Iterator[tuple[str, Step]]:
    """Walk over everything that waits, one transaction per step; without `write` nothing changes."""
    calendar = calendars.current(at=at)
    for name, one in PROJECTORS.items():
        after = ""
        while True:
            step = _patiently(one, calendar=calendar, after=after, size=size, at=at, write=write)
            yield name, step
            if not step.last:
                break
            after = step.last


def _patiently(one: Projector, **said: Any) -> Step:
    """A step that somebody's open deed holds up is tried again: the run is long, and deeds are short."""
    for _attempt in range(TRIES):
        try:
            return one.take(**said)
        except Busy:
            time.sleep(PATIENCE_SECONDS)
    return one.take(**said)


@deed
def open_run(*, at: datetime) -> Reprojection | None:
    """The run of the version in force, begun now if there was none; None while no calendar has been published."""
    version = calendars.current(at=at).version
    if not version:
        return None
    run, _created = Reprojection.objects.get_or_create(calendar_version=version, defaults={"started_at": at})
    total = run.seen + sum(waiting(version=version).values())
    Reprojection.objects.filter(pk=run.pk).update(total=total, finished_at=None)
    run.refresh_from_db()
    return run


def perform(*, at: datetime, until: Callable[[], bool] | None = None, size: int = STEP) -> Reprojection | None:
    """Go on with the run of the version in force, to its end or until told to stop; progress is in its row."""
    run = open_run(at=at)
    if run is None:
        return None
    for _name, step in steps(at=at, write=True, size=size):
        Reprojection.objects.filter(pk=run.pk).update(seen=F("seen") + step.seen, moved=F("moved") + step.moved)
        if until is not None and until():
            break
    else:
        # A version that was overtaken before it was carried through has nothing left to do either.
        overtaken = Reprojection.objects.filter(calendar_version__lte=run.calendar_version, finished_at__isnull=True)
        overtaken.update(finished_at=at)
    run.refresh_from_db()
    return run


def unfinished() -> bool:
    """Whether a published version still waits to be carried into the open deadlines."""
    return Reprojection.objects.filter(finished_at__isnull=True).exists()
