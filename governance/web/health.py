"""/healthz: the process is alive, the database answers, and nothing that must happen waits too long."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kernel import clock, lanes
from kernel.choices import DeliveryState, TimerState
from kernel.models import Delivery, Timer

# The relay looks every few seconds. Five minutes behind means that nobody is working, not that it is busy.
LATE_AFTER_SECONDS = 300


def _age(oldest: datetime | None, at: datetime) -> int:
    """Seconds by which the oldest waiting row is late, 0 where nothing is due."""
    return max(int((at - oldest).total_seconds()), 0) if oldest is not None else 0


def backlog(*, at: datetime) -> dict[str, int]:
    """How late the oldest armed timer and the oldest pending delivery are, in seconds."""
    lane = lanes.current()  # a history that grows behind us keeps its own time and is nobody's delay
    timers = Timer.objects.filter(state=TimerState.ARMED, lane=lane, due_at__lte=at).aggregate(oldest=Min("due_at"))
    deliveries = Delivery.objects.filter(state=DeliveryState.PENDING, lane=lane, due_at__lte=at).aggregate(
        oldest=Min("due_at")
    )
    return {
        "oldest_due_timer_seconds": _age(timers["oldest"], at),
        "oldest_pending_delivery_seconds": _age(deliveries["oldest"], at),
    }


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when well, 503 when the database does not answer or work lies undone. Says no more to strangers than that."""
    limit = getattr(settings, "HEALTH_LATE_AFTER_SECONDS", LATE_AFTER_SECONDS)
    answer: dict[str, Any] = {"database": "ok"}
    try:
        answer |= backlog(at=clock.now())
    except DatabaseError:
        return JsonResponse({"status": "failing", "database": "unreachable"}, status=503)
    late = [name for name, seconds in answer.items() if isinstance(seconds, int) and seconds > limit]
    status = "late" if late else "ok"
    return JsonResponse({"status": status, **answer}, status=503 if late else 200)
