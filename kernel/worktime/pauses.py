"""Intervals in which a limit does not run: an approved extension of facts, a hearing, a hang-up for the season."""

from collections.abc import Iterable
from datetime import datetime
from operator import itemgetter

from kernel.worktime.meters import Meter

Pause = tuple[datetime, datetime | None]
"""From and until; None is a pause that has not ended."""

Stretch = tuple[int, int | None]
"""A pause as positions of a meter."""


def stretches(*, pauses: Iterable[Pause], meter: Meter, origin: int) -> list[Stretch]:
    """The pauses in order, joined where they overlap or touch, and cut off before `origin`.

    Whatever follows the beginning of an open pause is part of it. Raises ValueError for a pause that ends before
    it begins.
    """
    joined: list[Stretch] = []
    for since, until in sorted(pauses, key=itemgetter(0)):
        if until is not None and until < since:
            raise ValueError(f"a pause ends before it begins: {since.isoformat()} - {until.isoformat()}")
        begin = max(meter.position(since), origin)
        end = None if until is None else max(meter.position(until), origin)
        if joined:
            last_begin, last_end = joined[-1]
            if last_end is None:
                break
            if begin <= last_end:
                joined[-1] = (last_begin, None if end is None else max(end, last_end))
                continue
        joined.append((begin, end))
    return joined


def paused_before(*, stretched: Iterable[Stretch], position: int) -> int:
    """How much of the way to `position` lies inside pauses, in microseconds of the meter."""
    total = 0
    for begin, end in stretched:
        if begin >= position:
            break
        total += (position if end is None else min(end, position)) - begin
    return total
