"""Who sees which import: one's own, and all for those who keep the lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kernel.actors import Actor
from kernel.querysets import LockingQuerySet
from registry.querysets import keeps_lists

if TYPE_CHECKING:
    from registry.models.sheet import SheetImport


class SheetQuerySet(LockingQuerySet["SheetImport"]):
    """Imports by scope."""

    def visible_to(self, actor: Actor) -> SheetQuerySet:
        """All for those who review or approve, otherwise one's own."""
        if keeps_lists(actor):
            return self
        if actor.user_id is None or not actor.holds("registry.propose"):
            return self.none()
        return self.filter(started_by_id=actor.user_id)
