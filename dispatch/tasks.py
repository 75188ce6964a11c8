"""What the beat wakes for dispatch."""

from __future__ import annotations

import logging
import time
from typing import Any

from celery import shared_task
from django.core.management import call_command

from dispatch.services import replaying
from kernel import clock

log = logging.getLogger(__name__)
TURN_SECONDS = 20.0


@shared_task(name="dispatch.continue_replays", ignore_result=True)
def continue_replays(**_kwargs: Any) -> int:
    """Take the next steps of the replays that run, by turns; returns how many steps."""
    end, steps = time.monotonic() + TURN_SECONDS, 0
    while time.monotonic() < end and (waiting := replaying.running_ids()):
        for replay_id in waiting:
            _step(replay_id)
            steps += 1
    return steps


@shared_task(name="dispatch.train_triage", ignore_result=True, soft_time_limit=500, time_limit=560)
def train_triage(*, if_none: bool = False, **_kwargs: Any) -> None:
    """Learn anew; called as a command, so that only a worker that learns loads what learning needs."""
    call_command("train_triage", if_none=if_none, verbosity=0)


def _step(replay_id: Any) -> None:
    try:
        replaying.step(replay_id=replay_id, at=clock.now())
    except Exception as error:  # a trial that cannot go on ends and says so, instead of being tried for ever
        log.exception("replay %s failed", replay_id)
        replaying.stop(replay_id=replay_id, fault=type(error).__name__, at=clock.now())
