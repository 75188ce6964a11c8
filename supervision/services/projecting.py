"""A new holiday notice and supervision orders: receipt, answer, check and decision are due when they are due now."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from kernel.calendars import numbered
from kernel.deeds import deed
from kernel.events import instant
from kernel.projecting import Step, Turn
from kernel.redating import Dated, Redated, look, redated
from supervision.choices import OPEN_STATES, State
from supervision.deadlines import limit_of
from supervision.events import SupervisionReprojected
from supervision.models import Answer, SupervisionOrder
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
    return look(turn=turn, rows=_running(), lock_cases=_lock_cases, dated=_dated, said=lambda one: _said(one, turn))


def _lock_cases(rows: QuerySet[SupervisionOrder]) -> None:
    lock_petitions(petition_ids=rows.values_list("petition_id", flat=True))


def _running() -> OrderQuerySet:
    running: OrderQuerySet = SupervisionOrder.objects.filter(state__in=OPEN_STATES, rung=0)
    return running


def _dated(rows: Iterable[SupervisionOrder]) -> list[Dated]:
    orders = list(rows)
    answers = Answer.objects.filter(order__in=orders).order_by("order_id", "-number").distinct("order_id")
    last = {one.order_id: one for one in answers}
    return [_counted(one, last.get(one.pk)) for one in orders]


def _counted(order: SupervisionOrder, last: Answer | None) -> Dated:
    """From when its stage is counted: the answer from the issue on, after it was sent back from then on."""
    clock = ORDERS.clocks[order.state]
    limit, start = limit_of(clock=clock, level=order.level), order.opened_at
    ends = {"stage_due_at": limit}
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
