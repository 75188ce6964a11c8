"""Reading: one's own notices only. A mark in one's own inbox is no deed on a case, so it leaves no event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from kernel.actors import Actor
from kernel.deeds import deed
from kernel.errors import Missing
from notices.models import Notice


@deed
def read(*, notice_id: Any, actor: Actor, at: datetime) -> Notice:
    """Mark one notice as read; a second time changes nothing. Raises Missing for a notice of somebody else."""
    mine = Notice.objects.visible_to(actor).filter(pk=notice_id)
    found = mine.first()
    if found is None:
        raise Missing(_("This does not exist, or not for you."))
    if found.read_at is None:
        _mark(mine, at)
        found.refresh_from_db(fields=["read_at"])
    return found


@deed
def read_all(*, actor: Actor, at: datetime, kind: str = "") -> int:
    """Mark everything that is unread as read, or everything of one kind; returns how many that were."""
    mine = Notice.objects.visible_to(actor)
    return _mark(mine.filter(kind=kind) if kind else mine, at)


@deed
def read_before(*, before: datetime, at: datetime) -> int:
    """Mark what anybody was told before an instant as read: for a history that was played and not lived."""
    return _mark(Notice.objects.filter(told_at__lt=before), at)


def _mark(notices: Any, at: datetime) -> int:
    # Never before it was told: the clocks of two machines may differ by a moment.
    changed: int = notices.filter(read_at__isnull=True).update(read_at=Greatest(Value(at), "told_at"))
    return changed
