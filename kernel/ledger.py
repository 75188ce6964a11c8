"""The minute ledger: at every instant of a case exactly one holder has it, and the minutes add up to the whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from kernel.worktime import WorkCalendar, working_minutes

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One holder's turn, from `since` up to but not including `until`.

    `minutes` and `working_minutes` are the full minutes that ended in the turn, counted from the first change, so
    the turns of a case sum up exactly. `working_minutes` is None where no calendar was given.
    """

    holder: str
    since: datetime
    until: datetime
    minutes: int
    working_minutes: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """All the turns of one holder together."""

    turns: int
    minutes: int
    working_minutes: int | None


def ledger(
    *, changes: Sequence[tuple[datetime, str]], until: datetime, calendar: WorkCalendar | None = None
) -> list[Segment]:
    """Fold the changes of holder into the turns from the first change to `until`, without gap or overlap.

    A change to "" or to the same holder changes nothing; of several changes at one instant the last one holds.
    Changes need not be in order of time; those at or after `until` are left out.
    """
    turns = _turns(changes, until)
    return [
        Segment(
            holder=holder,
            since=since,
            until=end,
            minutes=(end - turns[0][0]) // _MINUTE - (since - turns[0][0]) // _MINUTE,
            working_minutes=None if calendar is None else working_minutes(start=since, end=end, calendar=calendar),
        )
        for (since, holder), (end, _) in zip(turns, [*turns[1:], (until, "")], strict=False)
    ]


def totals(*, segments: Iterable[Segment]) -> dict[str, Total]:
    """The turns and minutes of each holder, in the order in which they first held the case."""
    sums: dict[str, Total] = {}
    for segment in segments:
        so_far = sums.get(segment.holder, Total(turns=0, minutes=0, working_minutes=0))
        worked = None
        if segment.working_minutes is not None and so_far.working_minutes is not None:
            worked = so_far.working_minutes + segment.working_minutes
        sums[segment.holder] = Total(
            turns=so_far.turns + 1, minutes=so_far.minutes + segment.minutes, working_minutes=worked
        )
    return sums


def _turns(changes: Iterable[tuple[datetime, str]], until: datetime) -> list[tuple[datetime, str]]:
    turns: list[tuple[datetime, str]] = []
    for at, holder in sorted(changes, key=itemgetter(0)):
        if at >= until:
            break
        if not holder:
            continue
        if turns and turns[-1][0] == at:
            turns.pop()
        if not turns or turns[-1][1] != holder:
            turns.append((at, holder))
    return turns
