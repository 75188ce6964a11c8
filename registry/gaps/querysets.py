"""Who sees the gaps: whoever keeps, proposes or dispatches by the list. A gap names no person and no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from registry.gaps.choices import GapState

if TYPE_CHECKING:
    from registry.models.gap import Gap

READERS = ("registry.propose", "registry.review", "registry.approve", "order.assign", "order.adjudicate")


class GapQuerySet(LockingQuerySet["Gap"]):
    """Gaps by scope and state."""

    def visible_to(self, actor: Actor) -> GapQuerySet:
        """All of them, or none."""
        return self if any(actor.holds(name) for name in READERS) else self.none()

    def open(self) -> GapQuerySet:
        """Those that the list does not answer yet."""
        return self.filter(state=GapState.OPEN)
