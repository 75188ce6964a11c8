"""What nobody answers climbs the ladder by itself: each rung once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from dispatch.services.escalating import ancestor, superiors
from kernel import timers
from kernel.actors import SYSTEM
from kernel.deeds import deed
from kernel.events import record
from kernel.timers import TimerSpec
from petitions.services.stages import end_of
from supervision.choices import Dismissal, State
from supervision.escalation import BY_ISSUER, Rung, rung_of
from supervision.events import SupervisionEscalated
from supervision.models import Escalation, SupervisionOrder
from supervision.queries import STANDING
from supervision.services import ending, orders
from supervision.services.telling import tell_climbed


@deed
def climb(*, order_ids: Sequence[UUID], clock: str, at: datetime) -> int:
    """One rung up for every order that this clock still concerns; returns how many climbed.

    A proposal whose unit has finished meanwhile is not worth deciding any more and ends instead.
    """
    above, count = superiors(), 0
    for order in orders.locked_in(order_ids=order_ids, clock=clock):
        if _is_obsolete(order):
            ending.dismiss(order_id=order.pk, why=Dismissal.OBSOLETE, actor=SYSTEM, at=at)
            continue
        rung = rung_of(clock=clock, rung=order.rung + 1)
        late = order.issuer_id if clock in BY_ISSUER else order.unit_id
        told = ancestor(above, late, rung.above) if rung else None
        if rung is not None and told is not None:
            _tell(order, rung, told, at)
            count += 1
    return count


def _is_obsolete(order: SupervisionOrder) -> bool:
    return order.state == State.PROPOSED and (order.work_order is None or order.work_order.state not in STANDING)


def _tell(order: SupervisionOrder, rung: Rung, told: int, at: datetime) -> None:
    Escalation.objects.create(
        petition_id=order.petition_id,
        subject=order.pk,
        clock=rung.clock,
        generation=order.sent_back,
        rung=rung.rung,
        unit_id=order.unit_id,
        told_unit_id=told,
        what=rung.told,
        told_at=at,
    )
    SupervisionOrder.objects.filter(pk=order.pk).update(rung=rung.rung)
    if rung_of(clock=rung.clock, rung=rung.rung + 1):
        spec = TimerSpec(
            kind=rung.clock,
            case_id=order.petition_id,
            subject_id=str(order.pk),
            due_at=end_of(limit=rung.wait, at=at),
        )
        timers.start_many([spec], at=at)
    happened = SupervisionEscalated(
        **orders.identity(order), clock=rung.clock, rung=rung.rung, unit=order.unit_id, told=told, what=rung.told
    )
    record(happened, actor=SYSTEM, at=at)
    tell_climbed(order=order, clock=rung.clock, rung=rung.rung, told=told, what=rung.told, at=at)
