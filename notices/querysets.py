"""Who sees a notice: whoever it was told to, and nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from kernel.actors import Actor

if TYPE_CHECKING:
    from notices.models.notice import Notice
    from notices.models.outward import Delivery


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by reader and by whether they were read."""

    def told_to(self, user_id: int | None) -> NoticeQuerySet:
        """Those of one person; nobody has none."""
        return self.filter(user_id=user_id or 0)

    def visible_to(self, actor: Actor) -> NoticeQuerySet:
        """One's own, whatever one's office: not even those who run the system read another's inbox."""
        return self.told_to(actor.user_id)

    def counted(self) -> NoticeQuerySet:
        """What the bell counts: unread, and of no muted kind."""
        return self.filter(read_at__isnull=True, muted=False)


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Messages that leave the product."""

    def visible_to(self, actor: Actor) -> DeliveryQuerySet:
        """All of them for those who run the system: a message says nothing of a case. None for anybody else."""
        return self if actor.holds("operations.view") else self.none()
