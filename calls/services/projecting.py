"""A new holiday notice and calls: the steps that are counted in working time are due when they are due now.

What people said stands: the hour that a unit promised and the end that was named to it are moments, not limits.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from calls.choices import PartState, State
from calls.deadlines import limit_of
from calls.events import CallReprojected
from calls.models import Call, Part
from calls.services.calls import identity
from calls.workflow import CALLS, PARTS
from kernel.calendars import numbered
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step, Turn
from kernel.redating import Dated, Redated, look, redated

COUNTED = (State.SIGNING, State.FILED, State.CALLED, State.REPORTED, State.REFUSED)
COUNTED_PARTS = (PartState.CALLED, PartState.REFUSED)


def count(version: int) -> int:
    """How many calls have an end that this version of the calendar puts elsewhere."""
    return len(redated(rows=_dated(_calls()), calendar=numbered(number=version)))


def count_parts(version: int) -> int:
    """The same for cooperating units: their answers, and the rulings on their refusals."""
    return len(redated(rows=_dated_parts(_parts()), calendar=numbered(number=version)))


@deed
def take(*, turn: Turn) -> Step:
    """Look at the calls of a turn whose clock has not struck yet, and move the ends that become others."""
    return look(
        turn=turn,
        rows=_calls(),
        lock_cases=lambda rows: None,  # a call is the first lock of its deeds
        dated=_dated,
        said=lambda one: _said(one, one.dated.row, _waited_for(one.dated.row), turn),
    )


@deed
def take_parts(*, turn: Turn) -> Step:
    """The same for cooperating units, whose calls are locked first."""
    return look(
        turn=turn,
        rows=_parts(),
        lock_cases=_lock_calls,
        dated=_dated_parts,
        said=lambda one: _said(one, one.dated.row.call, _waited_for_of(one.dated.row), turn),
    )


def _calls() -> QuerySet[Call]:
    waiting: QuerySet[Call] = Call.objects.filter(state__in=COUNTED, rung=0)
    return waiting


def _parts() -> QuerySet[Part]:
    waiting: QuerySet[Part] = Part.objects.filter(state__in=COUNTED_PARTS, rung=0).select_related("call")
    return waiting


def _lock_calls(parts: QuerySet[Part]) -> None:
    wanted = list(parts.values_list("call_id", flat=True))
    list(Call.objects.select_for_update(of=("self",)).filter(pk__in=wanted).order_by("pk").values_list("pk"))


def _dated(rows: Iterable[Call]) -> list[Dated]:
    return [_counted(one, one, CALLS.clocks[one.state], one.stage_from) for one in rows]


def _dated_parts(rows: Iterable[Part]) -> list[Dated]:
    return [_counted(one, one.call, PARTS.clocks[one.state], _begun(one)) for one in rows]


def _begun(part: Part) -> datetime | None:
    return part.refused_at if part.state == PartState.REFUSED else part.called_at


def _counted(row: Call | Part, call: Call, clock: str, start: Any) -> Dated:
    limit = limit_of(clock=clock, kind=call.kind)
    ends = {"stage_due_at": limit}
    if row.state == State.CALLED:
        ends["answer_due_at"] = limit
    return Dated(row=row, case_id=call.case_id, clock=clock, start=start, ends=ends)


def _waited_for(call: Call) -> int:
    """Whose step it is: the called unit's, the caller's, or the centre's."""
    if call.state == State.CALLED:
        return call.lead_id or 0
    return call.caller_id if call.state in (State.SIGNING, State.REPORTED) else call.center_id


def _waited_for_of(part: Part) -> int:
    """Whose step a part is: the unit's that was called, or the centre's that rules on its refusal."""
    return part.call.center_id if part.state == PartState.REFUSED else part.unit_id


def _said(one: Redated, call: Call, unit: int, turn: Turn) -> CallReprojected:
    return CallReprojected(
        **identity(call),
        unit=unit,
        clock=one.dated.clock,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
