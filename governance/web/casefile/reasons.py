"""Why this unit and why not the others: the decision as it was recorded, in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dispatch.choices import PassedOver
from dispatch.explaining import label_of
from dispatch.models import WorkOrder
from organizations.choices import Duty


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row of the list that was looked at and passed over."""

    entry: str
    unit: str
    duty: str
    reason: str


def refused_of(*, decision: dict[str, Any], unit_name: Callable[[int], str]) -> list[Refused]:
    """The candidates that did not get it, with the reason of each."""
    return [
        Refused(
            entry=str(one.get("entry") or "—"),
            unit=unit_name(one["unit"]) if one.get("unit") else "—",
            duty=str(Duty(one["duty"]).label) if one.get("duty") in Duty.values else "",
            reason=label_of(str(one.get("reason", "")), PassedOver),
        )
        for one in decision.get("refused", ())
    ]


def units_named(order: WorkOrder) -> set[int]:
    """The ids of every unit that an order's decision speaks of."""
    refused = {one.get("unit") for one in order.decision.get("refused", ())}
    return {unit for unit in {*refused, *order.assists} if isinstance(unit, int)}
