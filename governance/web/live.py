"""What is open now and nearest to its breach, as rows of a list and as points of a map."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from governance.web.cases import Case, rows_of, with_rows
from governance.web.figures import cases_in
from kernel.actors import Actor
from petitions.choices import OPEN_STATES, State

# What an eye can take in beside the map, and what a canvas can draw without a pause.
LISTED, DRAWN = 12, 800
# Nobody is late with these: they wait for a rating or for another case.
PATIENT = (State.VERIFIED, State.JOINED, State.PLANNED)


def nearest(*, actor: Actor, at: datetime, place: str = "") -> list[Case]:
    """The open petitions that are overdue longest or due soonest."""
    return rows_of(running(actor=actor, place=place)[:LISTED], at=at)


def points(*, actor: Actor, at: datetime) -> dict[str, Any]:
    """Open petitions that have a place, soonest due first, as GeoJSON; the colour is the light."""
    placed = running(actor=actor).filter(lng__isnull=False, lat__isnull=False)[:DRAWN]
    # What comes later is drawn above what comes before: the most pressing last.
    return {"type": "FeatureCollection", "features": [_point(case) for case in reversed(rows_of(placed, at=at))]}


def running(*, actor: Actor, place: str = "") -> Any:
    """The open petitions whose clock somebody can breach, the most pressing first, as rows of a list want them."""
    visible = cases_in(actor=actor, place=place).filter(state__in=OPEN_STATES).exclude(state__in=PATIENT)
    return with_rows(visible).order_by("stage_due_at", "pk")


def _point(case: Case) -> dict[str, Any]:
    one = case.petition
    due = date_format(localtime(one.stage_due_at), "Y-m-d H:i")
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [one.lng, one.lat]},
        "properties": {
            "label": one.title,
            "colour": case.light,
            "href": case.href,
            "lines": [one.number, f"{one.get_state_display()} · {case.unit}", _("due %(moment)s") % {"moment": due}],
        },
    }
