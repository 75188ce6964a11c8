"""What the beat wakes: look now. Each may run never, once or five times over, in any order."""

from __future__ import annotations

import time
from typing import Any

from celery import shared_task

from kernel import clock, projecting, relay, timers


@shared_task(name="kernel.deliver_events", ignore_result=True)
def deliver_events(**_kwargs: Any) -> int:
    return relay.deliver_due(at=clock.now(), limit=2000)


@shared_task(name="kernel.fire_due_timers", ignore_result=True)
def fire_due_timers(**_kwargs: Any) -> int:
    return timers.fire_everything(at=clock.now())


# Two tasks may be at it at once, one from each end: short enough that timers and deliveries get their turn in between.
TURN_SECONDS = 5.0


@shared_task(name="kernel.continue_reprojection", ignore_result=True)
def continue_reprojection(**_kwargs: Any) -> int:
    """Carry a newly published calendar on into the open deadlines for a while; returns how many rows it looked at."""
    if not projecting.unfinished():
        return 0
    end = time.monotonic() + TURN_SECONDS
    run = projecting.perform(at=clock.now(), until=lambda: time.monotonic() >= end)
    return run.seen if run else 0
