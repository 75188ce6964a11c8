"""Two lanes of time: what happens now, and a history that is played at a clock of its own beside it.

Timers and deliveries carry the lane in which they were written. The beat serves the live lane only, so a deadline of
the played past is not overrun by the real present; whoever plays the history serves the other lane at the played time.
When the history has reached the present, handover.hand_over() moves what is still open. docs/adr/ says why.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

LIVE, HISTORY = 0, 1

_lane: ContextVar[int] = ContextVar("lane", default=LIVE)


def current() -> int:
    """The lane in which this thread of work reads and writes."""
    return _lane.get()


@contextmanager
def entered(lane: int) -> Iterator[None]:
    """Work in a lane until the end of the block."""
    token = _lane.set(lane)
    try:
        yield
    finally:
        _lane.reset(token)
