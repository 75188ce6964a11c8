"""Forgetting: an inbox is no archive. What happened stands in the log; that somebody was told is kept for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet

from kernel.deeds import deed
from notices.models import Delivery, Notice

STEP = 1000


def forget_old(*, at: datetime) -> int:
    """Remove notices and messages older than settings.NOTICE_KEEP_DAYS, read or not; returns how many."""
    before = at - timedelta(days=settings.NOTICE_KEEP_DAYS)
    total = 0
    for old in (Notice.objects.filter(told_at__lt=before), Delivery.objects.filter(notice=None, made_at__lt=before)):
        while gone := _step(old):
            total += gone
    return total


@deed
def _step(old: QuerySet[Notice] | QuerySet[Delivery]) -> int:
    ids = list(old.order_by("pk").values_list("pk", flat=True)[:STEP])
    if ids:
        old.model._default_manager.filter(pk__in=ids).delete()
    return len(ids)
