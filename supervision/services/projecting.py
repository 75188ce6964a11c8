"""A new holiday notice and supervision orders: receipt, answer, check and decision are due when they are due now."""

from __future__ import annotations

from collections.abc import Iterable

from kernel import timers
from kernel.calendars import numbered
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step, Turn
from kernel.redating import Dated, Redated, move_all, redated, step_of
from supervision.choices import OPEN_STATES, State
from supervision.deadlines import limit_of
from supervision.events import SupervisionReprojected
from supervision.models import SupervisionOrder
from supervision.querysets import OrderQuerySet
from supervision.services.orders import lock_petitions
from supervision.workflow import ORDERS

RECEIVE, ANSWER = "supervision.receive", "supervision.answer"


def count(version: int) -> int:
    """How many orders have dates that this version of the calendar puts elsewhere."""
    return len(redated(rows=_dated(_running()), calendar=numbered(number=version)))


@deed
def take(*, turn: Turn) -> Step:
    """Look at the orders of a turn whose clock has not struck yet, and move the dates that become others."""
    ids = list(turn.of(_running()).values_list("pk", flat=True))
    if turn.write:
        timers.hold(subject_ids=[str(one) for one in ids])
        lock_petitions(petition_ids=_running().filter(pk__in=ids).values_list("petition_id", flat=True))
    rows = _running().filter(pk__in=ids)
    if turn.write:
        rows = rows.select_for_update(of=("self",))
    moving = redated(rows=_dated(rows.order_by("pk")), calendar=turn.calendar)
    if turn.write:
        move_all(moving=moving, calendar=turn.calendar, said=lambda one: _said(one, turn), at=turn.at)
    return step_of(moving=moving, last=str(ids[-1]) if len(ids) == turn.size else "")


def _running() -> OrderQuerySet:
    running: OrderQuerySet = SupervisionOrder.objects.filter(state__in=OPEN_STATES, rung=0)
    return running


def _dated(rows: Iterable[SupervisionOrder]) -> list[Dated]:
    return [_counted(one) for one in rows]


def _counted(order: SupervisionOrder) -> Dated:
    """From when its stage is counted: the answer from the issue on, after it was sent back from then on."""
    clock = ORDERS.clocks[order.state]
    limit, start = limit_of(clock=clock, level=order.level), order.opened_at
    ends = {"stage_due_at": limit}
    last = order.answers.order_by("-number").first()
    if order.state in (State.ISSUED, State.RECEIVED):
        start = order.issued_at or start
        if order.sent_back and last is not None:
            start = last.judged_at or start
        ends["answer_due_at"] = limit_of(clock=ANSWER, level=order.level)
        if clock == RECEIVE:
            ends["receive_due_at"] = limit
    elif last is not None:
        start = last.answered_at
    return Dated(row=order, case_id=order.petition_id, clock=clock, start=start, ends=ends)


def _said(one: Redated, turn: Turn) -> SupervisionReprojected:
    return SupervisionReprojected(
        case_id=one.dated.case_id,
        subject_id=str(one.dated.row.pk),
        unit=one.dated.row.unit_id,
        clock=one.dated.clock,
        from_due=instant(one.before),
        to_due=instant(one.after),
        calendar=turn.calendar.version,
    )
