"""A new holiday notice lays every open deadline anew: the mechanism. Each app says how its own dates are computed.

A row that was computed with another version of the calendar is due to be looked at; once looked at it names the new
one. So a run needs no memory: stopped anywhere it goes on, and run twice it finds nothing. Two processes walk at once,
one from each end of every table, until they meet.
"""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol, TypeVar

from django.db import connection, connections
from django.db.models import F, Model, QuerySet

from kernel import calendars
from kernel.deeds import deed
from kernel.errors import Busy
from kernel.models import Reprojection
from kernel.worktime import WorkCalendar

M = TypeVar("M", bound=Model)

STEP = 500
TRIES, PATIENCE_SECONDS = 5, 0.5
_END = 0x656E64  # The class of the advisory locks: one process walks from each end.


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """What a step is to look at: so many rows after the last one, from the one end or the other.

    `write` says whether anything is changed; `after` is "" where the walk begins.
    """

    calendar: WorkCalendar
    at: datetime
    write: bool
    size: int = STEP
    after: str = ""
    backwards: bool = False

    def of(self, rows: QuerySet[M]) -> QuerySet[M]:
        """The rows of this turn, in the order of their keys; the caller locks them in one order for both ends."""
        if self.after:
            rows = rows.filter(pk__lt=self.after) if self.backwards else rows.filter(pk__gt=self.after)
        return rows.order_by("-pk" if self.backwards else "pk")[: self.size]


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
    """Look at the rows of a turn, as a deed."""

    def __call__(self, *, turn: Turn) -> Step: ...


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


def steps(*, at: datetime, write: bool, size: int = STEP, backwards: bool = False) -> Iterator[tuple[str, Step]]:
    """Walk over everything that waits, one transaction per step; without `write` nothing changes.

    Ends early, and silently, where another process walks from this end.
    """
    begin = Turn(calendar=calendars.current(at=at), at=at, write=write, size=size, backwards=backwards)
    for name, one in PROJECTORS.items():
        turn = begin
        while True:
            step = _patiently(one, turn)
            if step is None:
                return
            yield name, step
            if not step.last:
                break
            turn = replace(begin, after=step.last)


def _patiently(one: Projector, turn: Turn) -> Step | None:
    """A step that somebody's open deed holds up is tried again: the run is long, and deeds are short."""
    for _attempt in range(TRIES):
        try:
            return _step(one, turn)
        except Busy:
            time.sleep(PATIENCE_SECONDS)
    return _step(one, turn)


@deed
def _step(one: Projector, turn: Turn) -> Step | None:
    """One step; None where another process is at it from this end."""
    if turn.write:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [_END, int(turn.backwards)])
            if not cursor.fetchone()[0]:
                return None
    return one.take(turn=turn)


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
    """Go on with the run of the version in force, to its end or until told to stop; progress is in its row.

    From the end from which nobody walks yet; where both are taken it only looks.
    """
    run = open_run(at=at)
    if run is None:
        return None
    for _name, step in _steps_from_a_free_end(at, size):
        Reprojection.objects.filter(pk=run.pk).update(seen=F("seen") + step.seen, moved=F("moved") + step.moved)
        if until is not None and until():
            break
    _finish(run, at)
    run.refresh_from_db()
    return run


def _steps_from_a_free_end(at: datetime, size: int) -> Iterator[tuple[str, Step]]:
    for backwards in (False, True):
        yield from steps(at=at, write=True, size=size, backwards=backwards)


def _finish(run: Reprojection, at: datetime) -> None:
    """A version that was overtaken before it was carried through has nothing left to do either."""
    if not any(waiting(version=run.calendar_version).values()):
        overtaken = Reprojection.objects.filter(calendar_version__lte=run.calendar_version, finished_at__isnull=True)
        overtaken.update(finished_at=at)


def perform_from_both_ends(*, at: datetime) -> Reprojection | None:
    """The same with a second process. Whatever becomes of that one, this one walks until nothing is left.

    Not inside a transaction: every connection is closed before the process is doubled.
    """
    connections.close_all()
    helper = multiprocessing.get_context("fork").Process(target=perform, kwargs={"at": at})
    helper.start()
    try:
        perform(at=at)
    finally:
        helper.join()
    return perform(at=at)


def unfinished() -> bool:
    """Whether a published version still waits to be carried into the open deadlines."""
    return Reprojection.objects.filter(finished_at__isnull=True).exists()
