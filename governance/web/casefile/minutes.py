"""The ledger of minutes as a bar and a table: at every instant somebody has the case, and the parts are the whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from dispatch.times import PauseReason
from kernel.ledger import Segment, Total, ledger, totals
from kernel.models import Event
from kernel.worktime import WorkCalendar

PAUSE, UNIT = "pause:", "unit:"
COLOURS = ("blue", "teal", "violet", "yellow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One turn on the bar: percent from the left and percent wide."""

    name: str
    colour: str
    left: float
    width: float
    segment: Segment


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One holder in the table."""

    name: str
    colour: str
    total: Total
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """Bar, table and the sum that both add up to."""

    parts: list[Part]
    lines: list[Line]
    minutes: int
    working_minutes: int
    adds_up: bool


def ledger_of(
    *, events: Iterable[Event], until: datetime, calendar: WorkCalendar, unit_name: Callable[[int], str]
) -> Ledger | None:
    """The ledger of a case from its events; None where nobody has held it for a minute yet."""
    changes = [(event.occurred_at, event.holder) for event in events if event.holder]
    turns = [one for one in ledger(changes=changes, until=until, calendar=calendar) if one.holder != "nobody"]
    whole = sum(one.minutes for one in turns)
    if not turns or not whole:
        return None
    by_holder = totals(segments=turns)
    colours = _colours(by_holder)
    names = {holder: holder_name(holder=holder, unit_name=unit_name) for holder in by_holder}
    parts, left = [], 0.0
    for turn in turns:
        width = 100 * turn.minutes / whole
        parts.append(Part(name=names[turn.holder], colour=colours[turn.holder], left=left, width=width, segment=turn))
        left += width
    lines = [
        Line(name=names[holder], colour=colours[holder], total=total, share=100 * total.minutes / whole)
        for holder, total in by_holder.items()
    ]
    span = int((turns[-1].until - turns[0].since).total_seconds() // 60)
    return Ledger(
        parts=parts,
        lines=lines,
        minutes=whole,
        working_minutes=sum(one.working_minutes or 0 for one in turns),
        adds_up=whole == span,
    )


def _colours(holders: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for holder in holders:
        steady = "grey" if holder == "citizen" or holder.startswith(PAUSE) else ""
        found[holder] = steady or COLOURS[sum(1 for one in found.values() if one != "grey") % len(COLOURS)]
    return found


def holder_name(*, holder: str, unit_name: Callable[[int], str]) -> str:
    """A holder in words: a unit by its name, the citizen, a pause with its reason."""
    if holder.startswith(UNIT) and holder.removeprefix(UNIT).isdigit():
        return unit_name(int(holder.removeprefix(UNIT)))
    if holder.startswith(PAUSE):
        why = holder.removeprefix(PAUSE)
        reason = PauseReason(why).label if why in PauseReason.values else why
        return _("Paused") + f" · {reason}"
    return {"citizen": _("Citizen"), "nobody": _("Nobody")}.get(holder, holder)
