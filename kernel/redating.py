"""A new holiday notice and tables of few rows: every open row is looked at, and the ends that become others are moved.

Nothing names the version of the calendar that a date was computed with: what comes out the same stays, so a second run
finds nothing. An app leaves out the rows whose clock has struck: what was done about those is on record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from kernel import timers
from kernel.actors import SYSTEM
from kernel.choices import ClockCause
from kernel.clock_journal import Move, note_moves
from kernel.events import DomainEvent, record_many
from kernel.projecting import Step, Turn
from kernel.timers import TimerSpec
from kernel.worktime import Deadline, Limit, Pause, WorkCalendar, deadline

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """An open row whose stage `clock` is counted from `start`. `ends`: each of its dates with the limit it comes from.

    The first of the dates is the one that the clock rings at; none of them may lie after `latest`. `pauses`: when the
    clock stood still, each of them ended.
    """

    row: Any
    case_id: UUID
    clock: str
    start: datetime
    ends: Mapping[str, Limit]
    latest: datetime | None = None
    pauses: Sequence[Pause] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redated:
    """A row with what its dates become."""

    dated: Dated
    ends: Mapping[str, Deadline]

    @property
    def before(self) -> datetime:
        moment: datetime = getattr(self.dated.row, next(iter(self.ends)))
        return moment

    @property
    def after(self) -> datetime:
        end = next(iter(self.ends.values())).at
        assert end is not None  # only a pause leaves a limit without an end
        return end

    @property
    def changed(self) -> bool:
        return any(getattr(self.dated.row, column) != end.at for column, end in self.ends.items())


def redated(*, rows: Iterable[Dated], calendar: WorkCalendar) -> list[Redated]:
    """What ends at another instant with this calendar."""
    found = [
        Redated(
            dated=one,
            ends={name: _end(one, limit, calendar) for name, limit in one.ends.items()},
        )
        for one in rows
    ]
    return [one for one in found if one.changed]


def _end(one: Dated, limit: Limit, calendar: WorkCalendar) -> Deadline:
    end = deadline(start=one.start, limit=limit, calendar=calendar, pauses=one.pauses)
    if one.latest is not None and end.at is not None and end.at > one.latest:
        return replace(end, at=one.latest)
    return end


def step_of(*, moving: Sequence[Redated], last: str) -> Step:
    """The account of one step: only what is to be moved has waited."""
    return Step(
        seen=len(moving),
        moved=len(moving),
        later=sum(one.after > one.before for one in moving),
        provisional=sum(any(end.provisional for end in one.ends.values()) for one in moving),
        last=last,
    )


def look(
    *,
    turn: Turn,
    rows: QuerySet[M],
    lock_cases: Callable[[QuerySet[M]], None],
    dated: Callable[[QuerySet[M]], Iterable[Dated]],
    said: Callable[[Redated], DomainEvent],
) -> Step:
    """Look at the rows of a turn, and move the dates that become others.

    `rows`: those whose clock has not struck yet. `lock_cases` locks the cases of rows, which every deed locks first.
    """
    ids = list(turn.of(rows).values_list("pk", flat=True))
    wanted = rows.filter(pk__in=ids)
    if turn.write:
        timers.hold(subject_ids=[str(one) for one in ids])
        lock_cases(wanted)
        wanted = wanted.select_for_update(of=("self",))
    moving = redated(rows=dated(wanted.order_by("pk")), calendar=turn.calendar)
    if turn.write:
        move_all(moving=moving, calendar=turn.calendar, said=said, at=turn.at)
    return step_of(moving=moving, last=str(ids[-1]) if len(ids) == turn.size else "")


def move_all(
    *, moving: Sequence[Redated], calendar: WorkCalendar, said: Callable[[Redated], DomainEvent], at: datetime
) -> None:
    """Write the journal, the dates, the timers and one event for each; the caller holds the locks of the rows."""
    if not moving:
        return
    note_moves([_noted(one, calendar) for one in moving], cause=ClockCause.REPROJECTED, actor=SYSTEM, at=at)
    events = [said(one) for one in moving]
    for one in moving:
        row = one.dated.row
        for column, end in one.ends.items():
            setattr(row, column, end.at)
        columns = list(one.ends)
        if hasattr(row, "version"):  # a row of another's version has none
            row.version, row.changed_at = row.version + 1, at
            columns += ["version", "changed_at"]
        row.save(update_fields=columns)
    timers.replan([_spec(one) for one in moving], at=at)
    record_many(events, actor=SYSTEM, at=at)


def _noted(one: Redated, calendar: WorkCalendar) -> Move:
    return Move(
        case_id=one.dated.case_id,
        subject_id=str(one.dated.row.pk),
        clock=one.dated.clock,
        from_due=one.before,
        to_due=one.after,
        calendar_version=calendar.version,
    )


def _spec(one: Redated) -> TimerSpec:
    subject = str(one.dated.row.pk)
    return TimerSpec(kind=one.dated.clock, case_id=one.dated.case_id, subject_id=subject, due_at=one.after)
