"""Tables of the kernel."""

from kernel.models.calendar import CalendarDay, CalendarVersion
from kernel.models.event import Chain, Delivery, Event
from kernel.models.idempotency import StoredAnswer
from kernel.models.timer import Timer

__all__ = ["CalendarDay", "CalendarVersion", "Chain", "Delivery", "Event", "StoredAnswer", "Timer"]
