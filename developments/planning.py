"""When each step of a plan is to begin and to end: from what it waits for, its limit and the calendar. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from kernel.worktime import Limit, WorkCalendar, deadline


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A step as planning knows it."""

    code: str
    after: Collection[str]
    limit: Limit


Span = tuple[datetime, datetime]


def planned(*, nodes: Iterable[Node], start: datetime, calendar: WorkCalendar) -> dict[str, Span]:
    """Begin and end of each step, by its code; what waits for nothing begins at `start`, side by side.

    ValueError where steps wait for each other, or for one that is not there.
    """
    found: dict[str, Span] = {}
    left = list(nodes)
    while left:
        ready = [one for one in left if all(code in found for code in one.after)]
        if not ready:
            raise ValueError("these steps wait for each other: " + ", ".join(sorted(one.code for one in left)))
        for one in ready:
            begin = max((found[code][1] for code in one.after), default=start)
            end = deadline(start=begin, limit=one.limit, calendar=calendar).at
            assert end is not None  # nothing stands still in a plan
            found[one.code] = (begin, end)
        left = [one for one in left if one.code not in found]
    return found
