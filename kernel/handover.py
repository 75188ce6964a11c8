"""Moving open timers and deliveries from one lane to the other."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from kernel.choices import DeliveryState, TimerState
from kernel.deeds import deed
from kernel.models import Delivery, Timer


@deed
def hand_over(*, source: int, target: int, cases: Iterable[UUID] | None = None) -> int:
    """Hand over what is armed or pending, of all cases or of some; returns how many rows moved."""
    timers = Timer.objects.filter(lane=source, state=TimerState.ARMED)
    deliveries = Delivery.objects.filter(lane=source, state=DeliveryState.PENDING)
    if cases is not None:
        wanted = list(cases)
        timers, deliveries = timers.filter(case_id__in=wanted), deliveries.filter(case_id__in=wanted)
    return timers.update(lane=target) + deliveries.update(lane=target)
