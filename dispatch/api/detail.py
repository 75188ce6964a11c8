"""One order as a person may see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from dispatch.api.decision import decision_of, units_in
from dispatch.api.outputs import OrderOutput, moves_offered
from dispatch.models import WorkOrder
from kernel.actors import Actor
from organizations.queries import unit_names


def detail_of(order: WorkOrder, *, actor: Actor, at: datetime) -> dict[str, Any]:
    """Everything about one order, its decision explained."""
    shown = cast(WorkOrder, _Shown(order, actor=actor, at=at))  # it answers for the order
    return dict(OrderOutput(shown).data)


class _Shown:
    """An order with what does not stand in its own columns."""

    def __init__(self, order: WorkOrder, *, actor: Actor, at: datetime) -> None:
        names = unit_names(unit_ids=units_in(order.decision))
        self.light = order.light(at=at).value
        self.decision = decision_of(order.decision, names=names)
        self.progress = order.progress.select_related("unit").order_by("reported_at", "pk")
        self.moves = moves_offered(order, actor=actor)
        self._order = order

    def __getattr__(self, name: str) -> Any:
        return getattr(self._order, name)
