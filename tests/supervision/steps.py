"""Short names for what the stories of supervision do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dispatch.models import WorkOrder
from dispatch.services import working
from kernel.models import Event, Timer
from supervision.models import SupervisionOrder
from supervision.services import answering, issuing, judging
from supervision.services.issuing import Said
from tests.journeys.steps import dispatched
from tests.world import MONDAY, World, at

TUESDAY = at("2026-11-17 09:00")
SAID = Said(reason="overdue", level="ordinary", content="请立即组织力量清理，并书面报告办理情况。")
ANSWER = {"text": "已清理两处摊点。", "measures": "安排专人每日巡查，11月底前复查。"}


def in_hand(world: World, *, at: datetime = MONDAY, **said: Any) -> WorkOrder:
    """A petition about stalls, with the department that signed for it."""
    order = dispatched(world, at=at, **said)
    working.sign(order_id=order.pk, actor=world.actor("urban_handler", on=at), at=at)
    order.refresh_from_db()
    return order


def issued(
    world: World, order: WorkOrder, *, at: datetime = TUESDAY, by: str = "supervisor", said: Said = SAID
) -> SupervisionOrder:
    """A supervision order to the unit of a work order."""
    actor = world.actor(by, on=at)
    return issuing.issue(petition_id=order.petition_id, unit_id=order.unit_id, said=said, actor=actor, at=at)


def received(world: World, order: WorkOrder, *, at: datetime = TUESDAY) -> SupervisionOrder:
    """The same, signed for by the unit."""
    made = issued(world, order, at=at)
    return answering.receive(order_id=made.pk, actor=world.actor("urban_handler", on=at), at=at)


def answered(world: World, order: WorkOrder, *, at: datetime = TUESDAY) -> SupervisionOrder:
    """The same, answered."""
    made = received(world, order, at=at)
    return answering.answer(order_id=made.pk, actor=world.actor("urban_handler", on=at), at=at, **ANSWER)


def sent_back(world: World, made: SupervisionOrder, *, at: datetime) -> SupervisionOrder:
    """The issuer wants more."""
    return judging.send_back(order_id=made.pk, note="未说明责任人。", actor=world.actor("supervisor", on=at), at=at)


def names(petition_id: Any) -> list[str]:
    """What has happened to the supervision of a case, in order."""
    events = Event.objects.filter(case_id=petition_id, name__startswith="supervision.").order_by("seq")
    return [name.removeprefix("supervision.") for name in events.values_list("name", flat=True)]


def armed(petition_id: Any) -> set[str]:
    """The clocks of supervision that run on a case."""
    timers = Timer.objects.filter(case_id=petition_id, state="armed", kind__startswith="supervision.")
    return set(timers.values_list("kind", flat=True))
