"""One order as a person may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.utils import timezone

from dispatch.api.decision import decision_of
from dispatch.api.joint_outputs import tally_shown, tasks_shown
from dispatch.api.outputs import OrderOutput, moves_offered
from dispatch.joint.queries import tally_of, tasks_by_order
from dispatch.models import WorkOrder
from dispatch.objections import objection_until, objections_of
from kernel.actors import Actor


def detail_of(order: WorkOrder, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything about one order, its decision explained."""
    shown = cast(WorkOrder, _Shown(order, actor=actor, at=at))  # it answers for the order
    return dict(OrderOutput(shown).data)


class _Shown:
    """An order with what does not stand in its own columns."""

    def __init__(self, order: WorkOrder, *, actor: Actor, at: datetime) -> None:
        self.light = order.light(at=at).value
        self.decision = decision_of(order.decision, on=timezone.localdate(order.assigned_at))
        self.objections = objections_of(petition=order.petition)
        self.object_until = objection_until(order=order, channel=order.petition.channel, at=at)
        self.progress = order.progress.select_related("unit").order_by("reported_at", "pk")
        self.moves = moves_offered(order, actor=actor)
        tasks = tasks_by_order(order_ids=[order.pk]).get(order.pk, [])
        self.tasks, self.joint = tasks_shown(tasks, actor=actor), tally_shown(tally_of(tasks))
        self._order = order

    def __getattr__(self, name: str) -> Any:
        return getattr(self._order, name)
