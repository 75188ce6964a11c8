"""The clocks of a case as countdowns: whose time it is, why until then, and who is told next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from desk.case.details import limit_words
from dispatch.clocks import order_clocks
from dispatch.models import TimeRequest, WorkOrder
from kernel.choices import LimitUnit
from kernel.running import Running
from kernel.worktime import WorkCalendar, deadline
from petitions.clocks import stage_clock
from petitions.models import Petition

FULL = 100


def faces_of(
    *,
    petition: Petition,
    order: WorkOrder | None,
    holder: str,
    at: datetime,
    calendar: WorkCalendar,
    requests: Sequence[TimeRequest] = (),
) -> list[dict[str, Any]]:
    """The countdowns of a case, that of the order first: it is the one that somebody can act on.

    `requests`: what time was asked for in this round; a suspension among them says since when it stands still.
    """
    stage = stage_clock(petition=petition, at=at, calendar=calendar)
    paused = [one for one in requests if one.since is not None]
    intervals = [one.interval for one in paused]
    still = _still(next((one for one in paused if one.running), None))
    why = {"why_href": reverse("dispatch:why_until", args=[petition.pk])}
    faces = []
    for one in order_clocks(order=order, at=at, calendar=calendar, pauses=intervals) if order else []:
        faces.append(
            {
                **_face(one.clock, holder=str(order.unit) if order else "", calendar=calendar),
                **(still if one.clock.kind == "order.handle" else {}),
                **(why if one.clock.kind == "order.handle" else {}),
                "next_step": _next(one.next_above) if one.clock.due_at > at or one.next_above > 1 else "",
            }
        )
    if stage is not None and not any(one["due_at"] == stage.due_at for one in faces):
        faces.append({**_face(stage, holder=holder, calendar=calendar), **why})
    return faces


def _still(running: TimeRequest | None) -> dict[str, Any]:
    """What a clock says while it stands still: since when, by whose approval, and until when at the latest."""
    if running is None:
        return {}
    return {
        "paused_since": running.since,
        "paused_until": running.until,
        "paused_by": running.decided_by,
        "paused_why": running.get_reason_display(),
        "light_label": _("Suspended"),
    }


def _face(clock: Running, *, holder: str, calendar: WorkCalendar) -> dict[str, Any]:
    return {
        "name": clock.name,
        "holder": holder,
        "due_at": clock.due_at,
        "colour": clock.light,
        "light_label": _("Running") if clock.light == "grey" else "",
        "left": clock.left,
        "working": clock.working,
        "share": min(clock.share * FULL, FULL),
        "provisional": clock.provisional,
        "why": why_until(clock=clock, calendar=calendar),
    }


def why_until(*, clock: Running, calendar: WorkCalendar) -> str:
    """The limit, and what of the calendar lies between its start and its end."""
    parts = [_("Limit: %(limit)s") % {"limit": limit_words(clock.limit.value, clock.limit.unit)}]
    first, last = calendar.local(clock.start).date(), calendar.local(clock.due_at).date()
    if clock.rests:
        days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
        rest = sum(1 for day in days if not calendar.is_workday(day=day))
        if rest:
            said = ngettext("%(n)s day off between is not counted", "%(n)s days off between are not counted", rest)
            parts.append(said % {"n": rest})
    elif clock.limit.unit == LimitUnit.CALENDAR_DAY:
        moved = deadline(start=clock.start, limit=clock.limit, calendar=calendar).moved_by
        if moved:
            parts.append(_("the last day is a day off and gives way to the next working day"))
    return "; ".join(parts)


def _next(above: int) -> str:
    if not above:
        return ""
    return ngettext("the unit above is told", "the unit %(n)s levels above is told", above) % {"n": above}
