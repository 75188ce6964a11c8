"""The one clock. Only doors read it; everything below is told the time."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC)


def today() -> date:
    """The day on the clock of the office."""
    return timezone.localtime(now()).date()
