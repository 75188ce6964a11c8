"""What a play leaves in the log: every event of it says so, so that its last instant is found again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db.models import Max

from kernel.context import request_id
from kernel.models import Event


def mark_of(source: str) -> str:
    """What stands for a request in the events of a play."""
    return f"play:{source}"


@contextmanager
def marked(source: str) -> Iterator[None]:
    """Mark every event that is recorded inside of the block."""
    token = request_id.set(mark_of(source))
    try:
        yield
    finally:
        request_id.reset(token)


def last_instant(source: str) -> datetime | None:
    """How far a play has come; None where it has not begun."""
    found: datetime | None = Event.objects.filter(request_id=mark_of(source)).aggregate(last=Max("occurred_at"))["last"]
    return found
