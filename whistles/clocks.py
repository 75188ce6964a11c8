"""The clocks of whistles as people read them: of the whistle, of a summons, of a task."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kernel.calendars import current
from kernel.running import Running, running
from kernel.worktime import Limit
from whistles.choices import GATHERING, Attendance, State, TaskState
from whistles.deadlines import limit_of
from whistles.models import Summons, Task, Whistle
from whistles.workflow import TASKS, WHISTLES

NAMES: dict[str, str | Promise] = {
    "whistle.decide": gettext_lazy("Deciding on the whistle"),
    "whistle.receipt": gettext_lazy("Signing for the whistle"),
    "whistle.gather": gettext_lazy("Coming together"),
    "whistle.record": gettext_lazy("Writing the minutes"),
    "whistle.finish": gettext_lazy("Carrying it out"),
    "whistle.rate": gettext_lazy("Scoring"),
    "whistle.do": gettext_lazy("Doing the task"),
    "whistle.check": gettext_lazy("Looking at what was done"),
}
FULL = 100


def stage_clock(*, whistle: Whistle, at: datetime) -> Running | None:
    """The clock of the state that a whistle is in; None where it has ended."""
    kind = WHISTLES.clocks.get(whistle.state)
    if kind is None:
        return None
    scoring = whistle.state == State.RECORDED and whistle.scoring_from is not None
    begun = {
        State.ISSUED: whistle.issued_at,
        State.ASSEMBLED: whistle.held_at,
        State.RECORDED: whistle.scoring_from or whistle.minutes_at,
    }.get(State(whistle.state), whistle.opened_at)
    shown = "whistle.rate" if scoring else kind
    limit = limit_of(clock="whistle.meet" if kind == "whistle.gather" else shown, kind=whistle.kind, form=whistle.form)
    # People come to the time that is named; that absence is recorded a little later is the clock's own business.
    due = whistle.meets_at if kind == "whistle.gather" else whistle.stage_due_at
    return _running(shown, limit, begun or whistle.opened_at, due, at)


def receipt_clock(*, summons: Summons, whistle: Whistle, at: datetime) -> Running | None:
    """The time in which a unit signs; None where it has signed, is not awaited, or nothing is gathered any more."""
    if summons.received_at or summons.summoned_at is None or summons.receipt_due_at is None:
        return None
    if summons.attendance != Attendance.AWAITED or whistle.state not in GATHERING:
        return None
    limit = limit_of(clock="whistle.receipt", kind=whistle.kind)
    return _running("whistle.receipt", limit, summons.summoned_at, summons.receipt_due_at, at)


def task_clock(*, task: Task, kind: str, at: datetime) -> Running | None:
    """The clock of the state that a task is in; None where it has ended. `kind` is that of the whistle."""
    clock = TASKS.clocks.get(task.state)
    if clock is None:
        return None
    given = task.state == TaskState.GIVEN
    limit = task.limit if given else limit_of(clock=clock, kind=kind)
    return _running(clock, limit, task.stage_from, task.stage_due_at, at)


def faces_of(*, whistle: Whistle, at: datetime) -> list[dict[str, Any]]:
    """The countdown of a whistle: whose time it is, and until when."""
    clock = stage_clock(whistle=whistle, at=at)
    if clock is None:
        return []
    return [
        {
            "name": clock.name,
            "holder": str(whistle.issuer or whistle.asker),
            "due_at": clock.due_at,
            "colour": clock.light,
            "left": clock.left,
            "working": clock.working,
            "share": min(clock.share * FULL, FULL),
            "why": _("time changed %(n)s times") % {"n": whistle.moved} if whistle.moved else "",
        }
    ]


def _running(kind: str, limit: Limit, start: datetime, due: datetime, at: datetime) -> Running:
    return running(kind=kind, name=NAMES[kind], limit=limit, start=start, due_at=due, at=at, calendar=current(at=at))
