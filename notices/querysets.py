"""Who sees a notice: whoever it was told to, and nobody else."""

from __future__ import annotations

from typing import Self

from django.db import models

from kernel.actors import Actor


class NoticeQuerySet(models.QuerySet):
    """Notices by reader and by whether they were read."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own, whatever one's office: not even those who run the system read another's inbox."""
        return self.filter(user_id=actor.user_id or 0)

    def counted(self) -> Self:
        """What the bell counts: unread, and of no muted kind."""
        return self.filter(read_at__isnull=True, muted=False)
