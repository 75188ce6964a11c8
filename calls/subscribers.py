"""What calls hear from below, and their clocks. One line of translation, one call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from calls.services import ending, escalating, projecting
from calls.workflow import CALLS, PARTS
from kernel.events import Fact, subscribe
from kernel.models import Timer
from kernel.projecting import Projector, projector
from kernel.timers import on_timer
from petitions.events import PetitionWithdrawn

projector(Projector(name="calls", count=projecting.count, take=projecting.take))
projector(Projector(name="call_parts", count=projecting.count_parts, take=projecting.take_parts))


@subscribe(PetitionWithdrawn, name="calls.end_withdrawn")
def withdrawn(fact: Fact) -> None:
    ending.follow_withdrawal(petition_id=fact.event.case_id, at=fact.at)


def _climbing(clock: str) -> Callable[[list[Timer], datetime], None]:
    def late(timers: list[Timer], at: datetime) -> None:
        escalating.climb(call_ids=[UUID(timer.subject_id) for timer in timers], clock=clock, at=at)

    return late


def _parts_climbing(clock: str) -> Callable[[list[Timer], datetime], None]:
    def late(timers: list[Timer], at: datetime) -> None:
        escalating.climb_parts(part_ids=[UUID(timer.subject_id) for timer in timers], clock=clock, at=at)

    return late


for _clock in sorted(set(CALLS.clocks.values())):
    on_timer(_clock)(_climbing(_clock))
for _clock in sorted(set(PARTS.clocks.values())):
    on_timer(_clock)(_parts_climbing(_clock))
