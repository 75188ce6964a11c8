"""Tables of the kernel."""

from kernel.models.calendar import CalendarDay, CalendarVersion
from kernel.models.clock import ClockChange, Reprojection
from kernel.models.event import Chain, Delivery, Event
from kernel.models.idempotency import StoredAnswer
from kernel.models.timer import Timer

__all__ = [
    "CalendarDay",
    "CalendarVersion",
    "Chain",
    "ClockChange",
    "Delivery",
    "Event",
    "Reprojection",
    "StoredAnswer",
    "Timer",
]
