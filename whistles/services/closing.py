"""A whistle is over when its tasks are done and both sides are scored; it closes by itself."""

from __future__ import annotations

from datetime import datetime

from kernel.actors import Actor
from kernel.events import record
from whistles.choices import Side, State, TaskState
from whistles.events import WhistleClosed
from whistles.models import Task, Whistle
from whistles.queries import open_tasks, unscored
from whistles.services import tellings, whistles
from whistles.services.changing import stop_clocks
from whistles.workflow import WHISTLES


def settle(*, whistle: Whistle, actor: Actor, at: datetime) -> None:
    """Look whether anything is still open. The caller holds the lock.

    When the last task ends, the time to score begins. The issuer's scores are always waited for; those of the units
    until their time is over, so that nobody keeps a whistle open by saying nothing.
    """
    if whistle.state != State.RECORDED or open_tasks(whistle=whistle).exists():
        return
    owed_by_issuer = unscored(whistle=whistle, side=Side.ISSUER).exists()
    owed_by_units = unscored(whistle=whistle, side=Side.UNIT).count()
    if not scoring(whistle=whistle):
        _begin_scoring(whistle, at)
    if owed_by_issuer or (owed_by_units and at < whistle.stage_due_at):
        return
    _close(whistle, owed_by_units, actor=actor, at=at)


def scoring(*, whistle: Whistle) -> bool:
    """Whether the time to score has begun: the last task has ended before now, or there was none."""
    return whistle.scoring_from is not None


def _begin_scoring(whistle: Whistle, at: datetime) -> None:
    whistle.scoring_from = at
    whistles.enter(whistle=whistle, due_at=whistles.end_of_step(clock="whistle.rate", whistle=whistle, at=at))
    whistles.save(whistle=whistle, at=at, columns=("scoring_from",))
    whistles.start_clock(whistle=whistle, at=at)
    tellings.to_score(whistle=whistle, at=at)


def _close(whistle: Whistle, missing: int, *, actor: Actor, at: datetime) -> None:
    WHISTLES.advance(whistle, "close", given={"settled": True})
    whistle.ended_at = at
    whistles.enter(whistle=whistle, due_at=at)
    whistles.save(whistle=whistle, at=at, columns=("ended_at",))
    stop_clocks(whistle=whistle, at=at)
    done = Task.objects.filter(whistle=whistle, state=TaskState.CONFIRMED)
    happened = WhistleClosed(
        **whistles.identity(whistle),
        tasks=done.count(),
        late=done.filter(late=True).count(),
        unscored=missing,
    )
    record(happened, actor=actor, at=at)
