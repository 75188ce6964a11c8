"""What the beat wakes: look now. Each may run never, once or five times over, in any order."""

from __future__ import annotations

from typing import Any

from celery import shared_task

from kernel import clock, relay, timers


@shared_task(name="kernel.deliver_events", ignore_result=True)
def deliver_events(**_kwargs: Any) -> int:
    return relay.deliver_due(at=clock.now(), limit=2000)


@shared_task(name="kernel.fire_due_timers", ignore_result=True)
def fire_due_timers(**_kwargs: Any) -> int:
    return timers.fire_everything(at=clock.now())
