"""The clocks of development petitions as people read them, and the picture of a plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, pgettext_lazy

from developments.choices import STEP_COLOURS, StepState
from developments.deadlines import LIMITS, limit_of
from developments.models import Development, Step
from developments.workflow import DEVELOPMENTS, STEPS
from kernel.calendars import current
from kernel.choices import LimitUnit
from kernel.running import Running, running
from kernel.worktime import Limit

NAMES: dict[str, str | Promise] = {
    "development.accept": pgettext_lazy("development", "Accepting"),
    "development.run": gettext_lazy("The promised end"),
    "development.rate": gettext_lazy("Rating by the company"),
    "development.step_begin": gettext_lazy("Planned begin"),
    "development.step_sign": pgettext_lazy("step", "Signing for"),
    "development.step_work": gettext_lazy("The unit's limit"),
    "development.step_hold": gettext_lazy("Decision of the centre"),
    "development.step_rule": gettext_lazy("Decision of the centre"),
}
FULL = 100
PLAIN = Limit(1, LimitUnit.NATURAL_HOUR)
# Nobody is late with these: they wait for others.
PATIENT = frozenset({"development.rate", "development.step_begin"})


def stage_clock(*, development: Development, at: datetime) -> Running | None:
    """The clock of the state that a case is in; None where it has ended."""
    kind = DEVELOPMENTS.clocks.get(development.state)
    if kind is None:
        return None
    limit = limit_of(clock=kind, green=development.green) if kind in LIMITS else PLAIN
    return _clock(kind, limit, development.stage_from, development.stage_due_at, at)


def step_clock(*, step: Step, green: bool, at: datetime) -> Running | None:
    """The clock of the state that a step is in; None where it is over or waits for others."""
    kind = STEPS.clocks.get(step.state)
    if kind is None or kind not in NAMES or step.state == StepState.WAITING:
        return None
    if kind == "development.step_work":
        return _clock(kind, step.limit, step.begun_at or step.stage_from, step.stage_due_at, at)
    return _clock(kind, limit_of(clock=kind, green=green), step.stage_from, step.stage_due_at, at)


def _clock(kind: str, limit: Limit, start: datetime, due_at: datetime, at: datetime) -> Running:
    patient = kind in PATIENT
    return running(
        kind=kind,
        name=NAMES[kind],
        limit=limit,
        start=start,
        due_at=due_at,
        at=at,
        calendar=current(at=at),
        patient=patient,
    )


def faces_of(*, development: Development, at: datetime) -> list[dict[str, Any]]:
    """The countdown of a case: whose time it is, and until when."""
    clock = stage_clock(development=development, at=at)
    if clock is None:
        return []
    company = development.state == "finished"
    return [
        {
            "name": clock.name,
            "holder": str(development.enterprise if company else development.center),
            "due_at": clock.due_at,
            "colour": clock.light,
            "left": clock.left,
            "working": clock.working,
            "share": min(clock.share * FULL, FULL),
        }
    ]


def bars_of(*, steps: Sequence[Step], at: datetime) -> list[dict[str, Any]]:
    """The plan as bars from 0 to 100: what was promised, and beneath it what was done; whole numbers, for a picture."""
    if not steps:
        return []
    begin = min(one.planned_from for one in steps)
    end = max([*(one.planned_until for one in steps), *(_seen_until(one, at) for one in steps)])
    whole = max((end - begin).total_seconds(), 1)

    def place(moment: datetime) -> int:
        return round(FULL * min(max((moment - begin).total_seconds() / whole, 0), 1))

    return [_bar(one, place, at) for one in steps]


def _seen_until(step: Step, at: datetime) -> datetime:
    if step.begun_at is None:
        return step.planned_until
    return step.ended_at or max(step.begun_at, at)


def _bar(step: Step, place: Any, at: datetime) -> dict[str, Any]:
    left, right = place(step.planned_from), place(step.planned_until)
    begun = step.begun_at is not None
    since = place(step.begun_at) if begun else 0
    until = place(_seen_until(step, at)) if begun else 0
    return {
        "step": step,
        "colour": STEP_COLOURS[step.state],
        "x": left,
        "width": max(right - left, 2),
        "done_x": since,
        "done_width": max(until - since, 1) if begun else 0,
        "late": is_late(step=step, at=at),
    }


def is_late(*, step: Step, at: datetime) -> bool:
    """Whether a unit is late with its step: its own limit is over, or was when it finished."""
    if step.in_time is not None:
        return not step.in_time
    return step.state in (StepState.STARTED, StepState.SIGNED) and step.due_at is not None and step.due_at < at


def late_of(*, steps: Iterable[Step], at: datetime) -> int:
    """How many units are late just now."""
    return sum(one.in_time is None and is_late(step=one, at=at) for one in steps)
