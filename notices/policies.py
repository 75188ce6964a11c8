"""When a message may leave, and when it is tried again. Pure: no table, no network."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from kernel.worktime import SHANGHAI

# Waits before the second and the third try over one channel; after as many failures the next channel has its turn.
WAITS = (timedelta(seconds=30), timedelta(minutes=3))
URGENT_WAITS = (timedelta(seconds=5),)


def end_of_quiet(*, at: datetime, start: time, end: time) -> datetime | None:
    """When the quiet hours that hold at an instant are over; None where none hold. Equal ends mean no quiet hours.

    They run on the clock of the office, over midnight where the end is earlier than the start.
    """
    here = at.astimezone(SHANGHAI)
    clock = here.time()
    quiet = start <= clock < end if start <= end else clock >= start or clock < end
    if not quiet:
        return None
    over = datetime.combine(here.date(), end, tzinfo=SHANGHAI)
    return over if over > here else over + timedelta(days=1)


def next_try(*, failures: int, urgent: bool, at: datetime) -> datetime | None:
    """When a channel is tried again after so many failures on it; None where the next one has its turn."""
    waits = URGENT_WAITS if urgent else WAITS
    return at + waits[failures - 1] if failures <= len(waits) else None
