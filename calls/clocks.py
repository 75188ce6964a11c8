"""The clocks of calls as people read them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from calls.choices import WITH_UNIT, Kind, PartState, State
from calls.deadlines import limit_of
from calls.models import Call, Part
from calls.workflow import CALLS, PARTS
from kernel.calendars import current
from kernel.choices import LimitUnit
from kernel.running import Running, running
from kernel.worktime import Limit

NAMES: dict[str, str | Promise] = {
    "call.sign": gettext_lazy("Signing"),
    "call.triage": gettext_lazy("Triage"),
    "call.answer": gettext_lazy("Answering the call"),
    "call.arrive": gettext_lazy("Being there"),
    "call.work": gettext_lazy("Reporting the result"),
    "call.judge": gettext_lazy("Judging the result"),
    "call.rule": gettext_lazy("Adjudication"),
}
FULL = 100
# A promised hour and an agreed end are plain moments: what is left until then is plain time too.
BY_WORD = frozenset({"call.arrive", "call.work"})
PLAIN = Limit(1, LimitUnit.NATURAL_HOUR)


def stage_clock(*, call: Call, at: datetime) -> Running | None:
    """The clock of the state that a call is in; None where it has ended."""
    kind = CALLS.clocks.get(call.state)
    return _clock(kind, call.kind, call.stage_from, call.stage_due_at, at) if kind else None


def part_clock(*, part: Part, call: Call, at: datetime) -> Running | None:
    """The clock of a cooperating unit; None where it has replied."""
    kind = PARTS.clocks.get(part.state)
    # A holiday notice changes a part that still waits for its answer, and does not begin it anew.
    start = part.called_at if part.state == PartState.CALLED else part.changed_at
    return _clock(kind.replace("part_", ""), call.kind, start, part.stage_due_at, at) if kind else None


def _clock(kind: str, of: str, start: datetime, due_at: datetime, at: datetime) -> Running:
    limit = PLAIN if kind in BY_WORD else limit_of(clock=kind, kind=of)
    calendar = current(at=at)
    return running(kind=kind, name=NAMES[kind], limit=limit, start=start, due_at=due_at, at=at, calendar=calendar)


def faces_of(*, call: Call, at: datetime) -> list[dict[str, Any]]:
    """The countdown of a call: whose time it is, and until when."""
    clock = stage_clock(call=call, at=at)
    if clock is None:
        return []
    return [
        {
            "name": clock.name,
            "holder": str(holder_of(call=call)),
            "due_at": clock.due_at,
            "colour": clock.light,
            "left": clock.left,
            "working": clock.working,
            "share": min(clock.share * FULL, FULL),
            "why": _("plain hours, by day and by night") if call.kind == Kind.EMERGENCY else "",
        }
    ]


def holder_of(*, call: Call) -> Any:
    """The unit whose turn it is."""
    if call.state in WITH_UNIT:
        return call.team or call.lead
    return call.caller if call.state in (State.SIGNING, State.REPORTED) else call.center
