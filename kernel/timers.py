"""Timers: rows that fire once. A deadline is polled from PostgreSQL, never kept in a broker."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from django.db import connection, transaction

from kernel import faults, lanes
from kernel.arrays import array_text
from kernel.choices import TimerState
from kernel.deeds import deed
from kernel.models import Timer

log = logging.getLogger(__name__)

TimerHandler = Callable[[list[Timer], datetime], None]
TIMER_HANDLERS: dict[str, TimerHandler] = {}
GIVE_UP_AFTER = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class TimerSpec:
    """An alarm to set: at `due_at`, for one subject of one case."""

    kind: str
    case_id: UUID
    subject_id: str
    due_at: datetime


def on_timer(kind: str) -> Callable[[TimerHandler], TimerHandler]:
    """Name the batch handler of a kind of timer; it re-reads the truth under lock before it acts."""

    def declare(handler: TimerHandler) -> TimerHandler:
        if kind in TIMER_HANDLERS:
            raise ValueError(f"timer {kind} has two handlers")
        TIMER_HANDLERS[kind] = handler
        return handler

    return declare


def start(*, kind: str, case_id: UUID, subject_id: str, due_at: datetime, at: datetime) -> None:
    """Arm one timer; an armed one of the same subject and kind is cancelled and its generation passed."""
    start_many([TimerSpec(kind=kind, case_id=case_id, subject_id=subject_id, due_at=due_at)], at=at)


@deed
def start_many(specs: Sequence[TimerSpec], *, at: datetime, fresh: bool = False) -> None:
    """Arm many timers. `fresh` says that their subjects are new, which spares looking for older generations."""
    if not specs:
        return
    if fresh:
        Timer.objects.bulk_create([_armed(spec, at=at) for spec in specs])
        return
    columns = _columns(specs)
    with connection.cursor() as cursor:
        cursor.execute(CANCEL_SAME, [at, *columns[:2]])
        cursor.execute(ARM, [at, lanes.current(), *columns])


def _columns(specs: Sequence[TimerSpec]) -> tuple[str, ...]:
    return (
        array_text(spec.subject_id for spec in specs),
        array_text(spec.kind for spec in specs),
        array_text(spec.case_id for spec in specs),
        array_text(spec.due_at for spec in specs),
    )


def _armed(spec: TimerSpec, *, at: datetime) -> Timer:
    return Timer(
        kind=spec.kind,
        case_id=spec.case_id,
        subject_id=spec.subject_id,
        due_at=spec.due_at,
        started_at=at,
        lane=lanes.current(),
    )


CANCEL_SAME = """
UPDATE kernel_timer SET state = 'cancelled', ended_at = %s
 WHERE state = 'armed' AND (subject_id, kind) IN (SELECT * FROM unnest(%s::text[], %s::text[]))
"""
ARM = """
INSERT INTO kernel_timer (case_id, subject_id, kind, generation, state, started_at, due_at, attempts, error, lane)
SELECT new.case_id, new.subject_id, new.kind,
       1 + coalesce((SELECT max(generation) FROM kernel_timer t
                      WHERE t.subject_id = new.subject_id AND t.kind = new.kind), 0),
       'armed', %s, new.due_at, 0, '', %s
  FROM unnest(%s::text[], %s::text[], %s::uuid[], %s::timestamptz[]) AS new (subject_id, kind, case_id, due_at)
"""
# A timer that is being fired this instant is left to its handler, which waits for the case and finds nothing to do.
CANCEL = """
WITH stopped AS MATERIALIZED (
    SELECT id FROM kernel_timer
     WHERE state = 'armed' AND subject_id = ANY(%s) AND (%s::text[] IS NULL OR kind = ANY(%s))
       FOR UPDATE SKIP LOCKED)
UPDATE kernel_timer SET state = 'cancelled', ended_at = %s FROM stopped WHERE kernel_timer.id = stopped.id
"""


@deed
def cancel(*, subject_id: str | Sequence[str], kinds: Iterable[str] | None = None, at: datetime) -> None:
    """Cancel what is armed for one or several subjects, of the given kinds or of all."""
    subjects = [subject_id] if isinstance(subject_id, str) else list(subject_id)
    wanted = None if kinds is None else list(kinds)
    with connection.cursor() as cursor:
        cursor.execute(CANCEL, [subjects, wanted, wanted, at])


HOLD = "SELECT id FROM kernel_timer WHERE state = 'armed' AND subject_id = ANY(%s::text[]) ORDER BY id FOR UPDATE"


@deed
def hold(*, subject_ids: Sequence[str]) -> None:
    """Lock what is armed for these subjects before their cases are locked, as firing does.

    For deeds that arm a kind again which may be firing this instant: either it has fired before, with its effect, or
    it finds a new plan and nothing to do.
    """
    with connection.cursor() as cursor:
        cursor.execute(HOLD, [array_text(subject_ids)])


@deed
def swap(*, stopped: Iterable[str], specs: Sequence[TimerSpec], at: datetime) -> None:
    """Stop kinds of some subjects' timers and arm others: what a change of stage does, in two statements."""
    if not specs:
        return
    kinds = {*stopped, *(spec.kind for spec in specs)}
    cancel(subject_id=[spec.subject_id for spec in specs], kinds=kinds, at=at)
    with connection.cursor() as cursor:
        cursor.execute(ARM, [at, lanes.current(), *_columns(specs)])


REPLAN = """
WITH new AS (
    SELECT * FROM unnest(%s::text[], %s::text[], %s::timestamptz[]) AS new (subject_id, kind, due_at)),
stopped AS (
    UPDATE kernel_timer SET state = 'cancelled', ended_at = %s FROM new
     WHERE kernel_timer.state = 'armed' AND kernel_timer.subject_id = new.subject_id AND kernel_timer.kind = new.kind
    RETURNING kernel_timer.case_id, kernel_timer.subject_id, kernel_timer.kind, kernel_timer.generation,
              kernel_timer.lane, kernel_timer.started_at, new.due_at)
INSERT INTO kernel_timer (case_id, subject_id, kind, generation, state, started_at, due_at, attempts, error, lane)
SELECT case_id, subject_id, kind, generation + 1, 'armed', started_at, due_at, 0, '', lane FROM stopped
RETURNING subject_id, kind
"""


@deed
def replan(specs: Sequence[TimerSpec], *, at: datetime) -> None:
    """Arm other instants for what is armed, in its lane and with its start; what has fired, anew if it lies ahead.

    The caller has called hold() for the subjects.
    """
    if not specs:
        return
    subjects, kinds, _cases, dues = _columns(specs)
    with connection.cursor() as cursor:
        cursor.execute(REPLAN, [subjects, kinds, dues, at])
        replaced = set(cursor.fetchall())
        if fired := [one for one in specs if (one.subject_id, one.kind) not in replaced and one.due_at > at]:
            cursor.execute(ARM, [at, lanes.current(), *_columns(fired)])


def fire_due(*, at: datetime, limit: int = 500) -> int:
    """Fire what is due, oldest first, in one transaction; returns how many rows were taken up.

    Marking and effect commit together: each timer takes effect exactly once, whatever dies in between.
    """
    with transaction.atomic():
        due = list(
            Timer.objects.filter(state=TimerState.ARMED, lane=lanes.current(), due_at__lte=at)
            .order_by("due_at", "id")
            .select_for_update(skip_locked=True)[:limit]
        )
        if due:
            faults.point("timers_claimed")
        for kind, rows in groupby(sorted(due, key=lambda row: row.kind), key=lambda row: row.kind):
            _fire(kind, list(rows), at)
        if due:
            faults.point("timers_effected")
    if due:
        faults.point("timers_committed")
    return len(due)


def fire_everything(*, at: datetime) -> int:
    """Fire until nothing is due any more; returns how many."""
    total = 0
    while taken := fire_due(at=at):
        total += taken
    return total


def _fire(kind: str, rows: list[Timer], at: datetime) -> None:
    """Run one handler over rows of its kind; a batch that fails is taken apart, so one bad row stops only itself."""
    try:
        with transaction.atomic():
            ids = [row.pk for row in rows]
            Timer.objects.filter(pk__in=ids).update(state=TimerState.FIRED, ended_at=at)
            faults.point("timers_marked")
            TIMER_HANDLERS[kind](rows, at)
    except Exception as error:
        if len(rows) > 1:
            for row in rows:
                _fire(kind, [row], at)
        else:
            _put_off(rows[0], error, at)


def _put_off(row: Timer, error: Exception, at: datetime) -> None:
    """Try again later, ever later; after the last attempt the row is given up and shows on the operations page."""
    log.exception("timer %s failed", row, exc_info=error)
    row.attempts += 1
    given_up = row.attempts >= GIVE_UP_AFTER
    state = TimerState.DEAD if given_up else TimerState.ARMED
    later = at + timedelta(seconds=min(2**row.attempts, 3600))
    Timer.objects.filter(pk=row.pk).update(
        state=state,
        attempts=row.attempts,
        due_at=row.due_at if given_up else later,
        error=type(error).__name__,
        ended_at=at if given_up else None,
    )
