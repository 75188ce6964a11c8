"""What every change of an assignment has in common: the alarm before its end, and who is told."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from kernel import timers
from liaisons.deadlines import ENDS_SOON, SAID_AT
from liaisons.models import Assignment
from notices.services.telling import tell
from organizations.choices import AreaLevel
from organizations.queries import unit_of_place

CLOCK = "liaison.ends_soon"


def arm(assignment: Assignment, *, at: datetime) -> None:
    """Lay the alarm before the end anew; there is none without an end, nor where it is too late for one."""
    subject = str(assignment.pk)
    timers.cancel(subject_id=subject, kinds=[CLOCK], at=at)
    if assignment.valid_until is None:
        return
    due = timezone.make_aware(datetime.combine(assignment.valid_until - ENDS_SOON, SAID_AT))
    if due > at:
        timers.start(kind=CLOCK, case_id=assignment.pk, subject_id=subject, due_at=due, at=at)


def tell_of(assignment: Assignment, *, kind: str, at: datetime, but: int | None = None) -> None:
    """Tell the official, and of an end also whoever assigned him; `but` did it himself and knows."""
    people = {assignment.user_id} if kind == "liaisons.assigned" else {assignment.user_id, assignment.assigned_by_id}
    tell(
        kind=kind,
        people=[one for one in people if one is not None and one != but],
        subject=assignment.place,
        facts=_facts(assignment),
        once=f"{assignment.pk}:{day(assignment.valid_until)}",
        at=at,
    )


def _facts(assignment: Assignment) -> dict[str, Any]:
    village = unit_of_place(place=assignment.area_id, level=AreaLevel.VILLAGE)
    return {
        "unit": village.pk if village is not None else assignment.unit_id,
        "grid": assignment.place[12:],
        "from": assignment.valid_from.isoformat(),
        "until": day(assignment.valid_until),
    }


def day(on: date | None) -> str:
    """A day as events and notices write it; empty where there is none."""
    return on.isoformat() if on is not None else ""
